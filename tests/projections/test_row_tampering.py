"""No row of a read model can be changed, added or taken away unseen, on either database."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from projections.checking import check
from projections.ledger import Ledger
from projections.tables import CLOSED, STANDING
from tests.events.logs import SetClock
from tests.projections.ledgers import new_ledger, tables, write
from tests.projections.row_tampers import WAYS, Tables
from tests.projections.stories import random_story

EVENTS = 60
TRIES = 80


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    clock = SetClock()
    with new_ledger(database_url, clock) as ledger:
        write(ledger, clock, random_story(5, EVENTS), random.Random(5))  # noqa: S311 - to be repeated
        yield ledger


def executed(ledger: Ledger, statement: str, parameters: tuple[Any, ...] = ()) -> None:
    with ledger.log.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        marked = statement if is_sqlite else statement.replace("?", "%s")
        connection.exec_driver_sql(marked, parameters)


def put_back(ledger: Ledger, kept: Tables) -> None:
    for table, rows in kept.rows.items():
        executed(ledger, f"DELETE FROM {table}")  # noqa: S608 - our own names
        for row in rows:
            kept.insert(table, row)


def test_every_change_of_what_is_read_is_found(ledger: Ledger) -> None:
    for table in (STANDING, CLOSED):
        # A tamper that a unique index refuses would be none.
        executed(ledger, f"DROP INDEX {table}_key_first")
    standing, closed = tables(ledger.log)
    kept = Tables(lambda *one: executed(ledger, *one), {STANDING: standing, CLOSED: closed})
    chance = random.Random(1)  # noqa: S311 - to be repeated
    tried: Counter[str] = Counter()
    for number in range(TRIES):
        way = WAYS[number % len(WAYS)]
        if way(kept, chance):
            found = check(ledger.log, ledger.fold)
            assert found, way.__name__
            assert [one.position for one in found] == sorted(one.position for one in found)
            tried[way.__name__] += 1
        put_back(ledger, kept)
    assert tried.keys() == {way.__name__ for way in WAYS}
    assert check(ledger.log, ledger.fold) == ()


@pytest.mark.parametrize("table", [STANDING, CLOSED])
def test_a_table_that_is_gone_is_a_difference(ledger: Ledger, table: str) -> None:
    executed(ledger, f"DROP TABLE {table}")
    (found,) = check(ledger.log, ledger.fold)
    assert (found.model, found.what) == (table, "is a table that is missing")


def test_tables_that_cannot_be_read_are_a_difference_that_quotes_nobody(ledger: Ledger) -> None:
    executed(ledger, f"ALTER TABLE {CLOSED} RENAME COLUMN node TO somewhere")
    (found,) = check(ledger.log, ledger.fold)
    assert found.model == "read models"
    assert "cannot be read" in found.what
    assert "node" not in found.what
