"""Some hundred of the tampers of which `python -m tests.events.attack` tries a hundred thousand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import psycopg
import pytest
from sqlalchemy import make_url
from typing_extensions import override

from events.fault_finding import Fault
from tests.events import tampers
from tests.events.attack import Missed, attack, in_memory, one_try, table, whole_program
from tests.events.attacked_log import Attacked, fill
from tests.events.logs import new_log
from tests.events.tampers import WAYS, Tamper

EVENTS = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("attacked")


@pytest.fixture(scope="module")
def log(folder: Path) -> Iterator[Attacked]:
    attacked = in_memory(folder, EVENTS, seed=1)
    with closing(attacked.connection):
        yield attacked


def outcomes(counted: Counter[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, outcome), count in counted.items():
        found[outcome] += count
    return found


def test_every_tamper_that_is_covered_is_found(log: Attacked, folder: Path) -> None:
    counted = attack(log, 500, seed=7, also=whole_program(log, folder))
    found = outcomes(counted)
    assert found["MISSED"] == 0, table(counted)
    assert found.total() == 500
    assert found["by verification"] > 300
    assert found["by a held head"]
    assert found["by the high-water mark"]
    assert {way for way, _ in counted} == {way.__name__ for way in WAYS}


def test_the_same_on_postgresql(postgres_url: str) -> None:
    url = make_url(postgres_url).set(drivername="postgresql")
    plain = url.render_as_string(hide_password=False)
    with new_log(postgres_url) as new:
        held, high_water = fill(new, EVENTS, seed=1)
    with psycopg.connect(plain, autocommit=True) as connection:
        attacked = Attacked(connection, is_sqlite=False, held=held, high_water=high_water)
        counted = attack(attacked, 300, seed=8)
        assert outcomes(counted)["MISSED"] == 0, table(counted)
        assert outcomes(counted)["by verification"] > 200


def test_only_what_came_after_the_last_head_elsewhere_can_be_rewritten(log: Attacked) -> None:
    chance = random.Random(3)  # noqa: S311 - to be repeated
    seen = set()
    for _ in range(60):
        log.begin()
        done = tampers.a_rewritten_tail(log, chance)
        by = log.trusted_fault()
        if log.fault() is None:
            seen.add((done.first <= log.held.size, done.first <= log.high_water.size, by))
        log.undo()
    assert seen <= {
        (True, True, "held head"),
        (False, True, "high-water mark"),
        (False, False, None),
    }
    assert len(seen) == 3


def test_every_try_is_undone(log: Attacked) -> None:
    chance = random.Random(4)  # noqa: S311 - to be repeated
    for way in WAYS:
        one_try(log, way, chance, None)
    assert log.fault() is None
    assert log.trusted_fault() is None


@pytest.mark.parametrize("column", ["stream", "type", "body", "leaf", "texts", "event_id"])
def test_the_same_bytes_stored_as_another_kind_are_found(log: Attacked, column: str) -> None:
    """A stream that is stored as a blob is found by no query for the stream."""
    kind = "TEXT" if column in {"body", "leaf", "texts"} else "BLOB"
    position = next(row.position for row in log.rows if row.texts)
    log.begin()
    statement = f"UPDATE events SET {column} = CAST({column} AS {kind}) WHERE position = ?"  # noqa: S608
    log.execute(statement, position)
    found = log.fault()
    log.undo()
    assert found
    assert found.position == position
    said = f"its column '{column}' holds bytes that are stored as another kind of value, which"
    assert found.what.startswith(said)


def test_a_text_that_is_stored_as_another_kind_is_not_quoted(log: Attacked) -> None:
    row = next(row for row in log.rows if row.texts)
    log.begin()
    log.execute("UPDATE events SET texts = CAST(texts AS TEXT) WHERE position = ?", row.position)
    found = log.fault()
    log.undo()
    assert found
    for _, words in orjson.loads(row.texts or b"{}").values():
        assert words not in found.what


def test_texts_that_are_empty_are_found(log: Attacked) -> None:
    position = next(row.position for row in log.rows if row.texts is None)
    log.begin()
    log.put("texts", b"{}", position)
    found = log.fault()
    log.undo()
    assert found
    assert "there but empty" in found.what


def test_the_whole_program_is_compared_with_the_quick_way(log: Attacked, folder: Path) -> None:
    log.begin()
    with pytest.raises(Missed):
        whole_program(log, folder)("by verification")
    log.undo()


def test_what_verification_does_not_see_counts_as_missed(log: Attacked) -> None:
    def unseen(attacked: Attacked, _: random.Random) -> Tamper:
        attacked.put("leaf", b"\0" * 32, 1)
        return Tamper([], 1, consistent=True, size=attacked.size)

    class Blind(Attacked):
        @override
        def fault(self) -> Fault | None:
            return None

        @override
        def trusted_fault(self) -> str | None:
            return None

    blind = Blind(log.connection, is_sqlite=True, held=log.held, high_water=log.high_water)
    assert one_try(blind, unseen, random.Random(1), None) == "MISSED"  # noqa: S311
