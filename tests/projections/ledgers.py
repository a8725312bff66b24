"""Ledgers on real databases, for tests: freshly furnished ones, and stories written into them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from events.action import ActionCreated, ActionStarted
from events.database import create_log_tables, open_engine
from events.directory import Access, AccessGranted, HolderAppointed, PersonRegistered, RoleCreated
from events.log import EventLog
from events.reading import Reader
from projections.catalogue import FOLD
from projections.ledger import Ledger
from projections.projection import Fold
from projections.tables import (
    CLOSED,
    STANDING,
    create_indexes,
    create_read_tables,
    create_versions_table,
)
from tests.events.logs import SetClock
from tests.projections.folds import CALENDAR, target
from tests.projections.story_world import Step
from workflow.deciders import DECIDERS

MANAGER = "person-1"
"""Who may do everything in a furnished ledger."""


@contextmanager
def existing_ledger(url: str, clock: SetClock | None = None, fold: Fold = FOLD) -> Iterator[Ledger]:
    """Open the ledger of a database that has one: as another process would."""
    engine = open_engine(url)
    log = EventLog(engine, clock or SetClock())
    try:
        yield Ledger(log, fold, DECIDERS, CALENDAR)
    finally:
        log.close()
        engine.dispose()


@contextmanager
def new_ledger(url: str, clock: SetClock | None = None, fold: Fold = FOLD) -> Iterator[Ledger]:
    """Make an empty ledger in an empty database."""
    with existing_ledger(url, clock, fold) as ledger:
        with ledger.log.engine.connect() as connection:
            create_log_tables(connection)
            create_read_tables(connection)
            create_indexes(connection, mark="first")
            create_versions_table(connection)
        ledger.log.open_with("example.org/record")
        yield ledger


def furnish(ledger: Ledger, actions: int = 2) -> None:
    """Append somebody who may do everything, and running actions that a role of theirs leads."""
    with ledger.transaction(actor="system") as transaction:
        manager = PersonRegistered(name="A. Manager", email="manager@example.org")
        granted = AccessGranted(access=Access.BUSINESS_MANAGER)
        transaction.append(MANAGER, 0, [manager, granted])
        appointed = HolderAppointed(person=MANAGER, from_on=dt.date(2020, 1, 1))
        transaction.append("role-1", 0, [RoleCreated(title="Lead"), appointed])
        for number in range(1, actions + 1):
            transaction.append(f"action-{number}", 0, [action(number), ActionStarted()])


def action(number: int = 1) -> ActionCreated:
    """Make the first event of an action."""
    due = target("31 March 2026")
    return ActionCreated(text=f"Review the pathway {number}", lead_roles=("role-1",), target=due)


def write(ledger: Ledger, clock: SetClock, steps: Sequence[Step], chance: random.Random) -> None:
    """Write a story, a few steps to a transaction."""
    coming = list(steps)
    while coming:
        some, coming = _next_together(coming, chance.randint(1, 4))
        clock.now = some[0].recorded_at
        with ledger.transaction(actor=some[0].actor) as transaction:
            for step in some:
                version = transaction.writing.version_of(step.stream)
                transaction.append(step.stream, version, [step.event], step.effective_on)


def _next_together(steps: list[Step], most: int) -> tuple[list[Step], list[Step]]:
    """Split off the first steps, as far as one actor took them at one time."""
    first = steps[0]
    taken = 1
    while (
        taken < min(most, len(steps))
        and steps[taken].actor == first.actor
        and steps[taken].recorded_at == first.recorded_at
    ):
        taken += 1
    return steps[:taken], steps[taken:]


def tables(reader: Reader, suffix: str = "") -> tuple[list[Any], list[Any]]:
    """Return everything in the two tables of rows, in an order of its own."""
    return _sorted(reader, STANDING + suffix), _sorted(reader, CLOSED + suffix)


def _sorted(reader: Reader, table: str) -> list[Any]:
    rows = reader.query(f"SELECT * FROM {table}")  # noqa: S608 - our own names
    return sorted((*row[:-1], bytes(row[-1])) for row in rows)
