"""What the tables say of any position is what a fresh fold of that much of the log says."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from events.reading import Reader
from projections.catalogue import FOLD
from projections.ledger import Ledger
from projections.store import ViewOfThen, ViewOfToday, after, stored_versions
from projections.timeline import timeline
from tests.events.logs import SetClock
from tests.projections.folds import Folded
from tests.projections.ledgers import new_ledger, write
from tests.projections.stories import random_story

SIZE = 160


@pytest.fixture(params=[1, 2, 3])
def ledger(database_url: str, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Lend a ledger with a random story in it."""
    seed: int = request.param
    clock = SetClock()
    with new_ledger(database_url, clock) as ledger:
        write(ledger, clock, random_story(seed, SIZE), random.Random(seed))  # noqa: S311
        yield ledger


def test_as_at_equals_a_fresh_fold_of_the_prefix_at_every_position(ledger: Ledger) -> None:
    prefix = Folded()
    with ledger.log.snapshot() as reader:
        assert_same(reader, 0, prefix)
        for event in reader.read():
            prefix.take(event)
            assert_same(reader, event.position, prefix)


def test_one_row_and_those_under_a_prefix_are_found_at_every_position(ledger: Ledger) -> None:
    keys = [("actions", "action-1"), ("directory", "role-1"), ("plans", "plan-1")]
    prefix = Folded()
    with ledger.log.snapshot() as reader:
        for event in reader.read():
            prefix.take(event)
            then, fresh = ViewOfThen(reader, event.position), prefix.view()
            for model, key in keys:
                assert then.get(model, key) == fresh.get(model, key)
            assert then.under("directory", "role-") == fresh.under("directory", "role-")
            assert timeline(then, event.stream) == timeline(fresh, event.stream)


def test_today_is_the_fold_of_the_whole_log(ledger: Ledger) -> None:
    today, fresh = ViewOfToday(ledger.log), Folded(ledger.log.read()).view()
    assert today.position == fresh.position == SIZE
    for model in FOLD.versions:
        assert list(today.all(model).items()) == list(fresh.all(model).items())
    assert today.under("directory", "role-") == fresh.under("directory", "role-")
    assert timeline(today, "role-1") == timeline(fresh, "role-1")
    assert today.get("directory", "person-1") == fresh.get("directory", "person-1") is not None
    assert today.get("directory", "person-999") is None


def test_a_position_knows_where_it_stands(ledger: Ledger) -> None:
    assert ViewOfThen(ledger.log, 7).position == 7


def test_tables_that_nobody_filled_have_no_versions(ledger: Ledger) -> None:
    assert stored_versions(ledger.log) == {}


@pytest.mark.parametrize(("prefix", "end"), [("a", "b"), ("action-1/", "action-10")])
def test_the_keys_under_a_prefix_end_before_the_next(prefix: str, end: str) -> None:
    assert prefix + "\uffff" < after(prefix) == end


def assert_same(reader: Reader, position: int, prefix: Folded) -> None:
    then, fresh = ViewOfThen(reader, position), prefix.view()
    for model in FOLD.versions:
        assert list(then.all(model).items()) == list(fresh.all(model).items()), (model, position)
