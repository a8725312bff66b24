from __future__ import annotations

import random
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.catalogue import registered
from projections.catalogue import FOLD, PROJECTIONS
from projections.late import LATE, NEVER_LATE
from projections.projection import Fold, PoisonEvent, Projection
from projections.sentences import told_types
from projections.versions import MemoryRows, read_row
from tests.projections.folds import Folded
from tests.projections.stories import random_story, recorded_story

OURS = [kind for kind in registered() if kind.__module__.startswith("events.")]
"""Event types of the project, without those that other tests register."""


def standing_at(folded: Folded, position: int) -> dict[str, dict[str, Any]]:
    """Return the rows that stood at a position, from versions alone."""
    stood: dict[str, dict[str, Any]] = {model: {} for model in folded.models}
    for closed in folded.closed:
        if closed.from_position <= position < closed.until_position:
            stood[closed.model][closed.key] = read_row(closed.row)
    for model, rows in folded.models.items():
        for key, standing in rows.standing.items():
            if standing.from_position <= position:
                stood[model][key] = standing.row
    return stood


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(0, 150))
def test_the_rows_at_every_position_equal_a_fresh_fold_of_the_prefix(seed: int, size: int) -> None:
    events = recorded_story(seed, size)
    folded = Folded(events)
    prefix = Folded()
    assert standing_at(folded, 0) == prefix.rows()
    for event in events:
        prefix.take(event)
        assert standing_at(folded, event.position) == prefix.rows()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(0, 400))
def test_rows_hold_json_values_only_and_never_change_once_they_stand(seed: int, size: int) -> None:
    folded = Folded()
    for event in recorded_story(seed, size):
        before = (
            {
                (model, key): (standing.row, orjson.dumps(standing.row))
                for model, rows in folded.models.items()
                for key, standing in rows.standing.items()
            }
            if event.position % 40 == 0
            else {}
        )
        folded.take(event)
        for row, written in before.values():
            assert orjson.dumps(row) == written
    for rows in folded.rows().values():
        for row in rows.values():
            assert orjson.loads(orjson.dumps(row)) == row


def test_a_long_story_touches_every_event_type() -> None:
    told = {type(step.event) for step in random_story(2, 12_000)}
    assert {kind.type_name for kind in OURS} == {kind.type_name for kind in told}


def test_the_same_seed_tells_the_same_story() -> None:
    assert random_story(5, 300) == random_story(random.Random(5), 300)  # noqa: S311
    assert random_story(5, 300) != random_story(6, 300)


def test_every_event_type_is_told_in_the_timeline() -> None:
    assert set(told_types()) == set(OURS)


TIMELINE_ONLY = {
    "log.opened": "the record is no item of anybody's",
    "log.continued": "what was kept stands as it stood",
    "log.erasure_asked": "nothing is erased by asking",
    "log.text_erased": "the other read models are rebuilt after an erasure",
}


def test_every_event_type_changes_a_read_model_besides_the_timeline_or_says_why_not() -> None:
    # "late" notes of every event whether it was told late, and nothing of what it says.
    telling = [projection for projection in PROJECTIONS if projection is not LATE]
    wanting = {kind.type_name for projection in telling for kind in projection.handlers}
    assert wanting | set(TIMELINE_ONLY) == {kind.type_name for kind in OURS}
    assert not wanting & set(TIMELINE_ONLY)


def test_whatever_people_tell_may_be_late() -> None:
    told = {kind for kind in OURS if kind.type_name.partition(".")[0] not in NEVER_LATE}
    assert set(LATE.handlers) == told


def test_no_two_projections_fill_the_same_read_model() -> None:
    assert len(FOLD.versions) == len(PROJECTIONS)


def test_zero_events_leave_every_read_model_empty() -> None:
    assert set(Folded().rows()) == set(FOLD.versions)
    assert not any(Folded().rows().values())


def test_an_event_that_a_projection_cannot_take_is_named_by_its_position() -> None:
    events = recorded_story(1, 200)
    orphan = next(event for event in events if event.event.type_name == "action.progress_noted")
    with pytest.raises(PoisonEvent, match=f"position {orphan.position}.*action.progress_noted"):
        Folded([orphan])


def test_a_poison_event_is_named_whatever_the_projection_raised() -> None:
    broken = Projection("broken", version=1)
    event = recorded_story(1, 1)[0]

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    broken.on(type(event.event))(fails)
    with pytest.raises(PoisonEvent, match="position 1") as caught:
        Fold([broken]).apply(event, {"broken": MemoryRows("broken")})
    assert (caught.value.model, caught.value.position) == ("broken", 1)


def test_a_view_in_memory_answers_as_the_rows_say() -> None:
    view = Folded(recorded_story(3, 2_000)).view()
    assert view.position == 2_000
    assert list(view.all("actions")) == sorted(view.all("actions"))
    first = view.under("directory", "role-1")
    assert set(first) == {key for key in view.all("directory") if key.startswith("role-1")}
    assert len(first) > 1
