"""Our side: a record on a fresh database, with its log, its read models and its deciders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.databases import Medium
from bench.story import STEPS_OF_A_LIFE, step
from events.action import (
    ActionCompleted,
    ActionCreated,
    ActionProgressNoted,
    ActionStarted,
    ActionSubmitted,
    TargetDateMoved,
)
from events.catalogue import Event
from events.database import create_log_tables, open_engine
from events.directory import HolderAppointed, PersonRegistered, RoleCreated
from events.log import EventLog
from events.plan import PlanAdopted, PriorityAdded
from events.values import Precision, TargetDate
from projections.catalogue import FOLD
from projections.ledger import Ledger, Transaction
from projections.tables import create_indexes, create_read_tables, create_versions_table
from workflow.deciders import DECIDERS
from workflow.working_days import england

BEGINNING = dt.datetime(2024, 4, 1, 8, tzinfo=dt.UTC)
LEAD = "person-1"

TARGET = TargetDate(
    as_written="March 2025",
    precision=Precision.MONTH,
    earliest=dt.date(2025, 3, 1),
    latest=dt.date(2025, 3, 31),
    due=dt.date(2025, 3, 31),
)
MOVED_TARGET = TargetDate(
    as_written="May 2025",
    precision=Precision.MONTH,
    earliest=dt.date(2025, 5, 1),
    latest=dt.date(2025, 5, 31),
    due=dt.date(2025, 5, 31),
)


class StoryClock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = BEGINNING

    def __call__(self) -> dt.datetime:
        """Return the time of the story."""
        return self.now


@dataclass(frozen=True, slots=True)
class Record:
    """An open record."""

    url: str
    clock: StoryClock
    log: EventLog
    ledger: Ledger


@contextmanager
def open_record(medium: Medium) -> Iterator[Record]:
    """Make a record on a fresh database, with somebody who leads its actions."""
    with begun(medium.fresh_url()) as record:
        yield record


@contextmanager
def begun(url: str) -> Iterator[Record]:
    """Make a record on an empty database."""
    with opened(url) as record:
        with record.log.engine.connect() as connection:
            create_log_tables(connection)
            create_read_tables(connection)
            create_indexes(connection, mark="first")
            create_versions_table(connection)
        record.log.open_with("example.org/bench")
        with record.ledger.transaction(actor="system") as transaction:
            _furnish(transaction)
        yield record


@contextmanager
def opened(url: str) -> Iterator[Record]:
    """Open a record that is there already."""
    engine, clock = open_engine(url), StoryClock()
    log = EventLog(engine, clock)
    yield Record(url, clock, log, Ledger(log, FOLD, DECIDERS, england()))
    log.close()
    engine.dispose()


def _furnish(transaction: Transaction) -> None:
    appointed = HolderAppointed(person=LEAD, from_on=dt.date(2020, 1, 1))
    transaction.append(LEAD, 0, [PersonRegistered(name="A. Lead", email="lead@example.org")])
    transaction.append("role-1", 0, [RoleCreated(title="Lead for practice"), appointed])
    priority = PriorityAdded(number=1, title="Everybody knows the pathway")
    transaction.append("plan-1", 0, [PlanAdopted(title="Plan for 2024"), priority])


def create_actions(record: Record, numbers: range, turns: int = STEPS_OF_A_LIFE) -> None:
    """Write the first turns of the lives of some actions, action by action, in one transaction."""
    with record.ledger.transaction(actor=LEAD) as transaction:
        for number in numbers:
            stream = transaction.new_stream("action")
            assert stream == f"action-{number}"
            transaction.append(stream, 0, [event_of(number, turn) for turn in range(turns)])


def event_of(number: int, turn: int) -> Event:
    """Return the event of one turn in the life of an action."""
    told = step(number, turn)
    match told.kind:
        case "created":
            return ActionCreated(
                text=told.words,
                lead_roles=("role-1",),
                target=TARGET,
                plan="plan-1",
                priority=1,
            )
        case "started":
            return ActionStarted()
        case "noted":
            return ActionProgressNoted(note=told.words)
        case "moved":
            return TargetDateMoved(target=MOVED_TARGET, reason=told.words)
        case "submitted":
            return ActionSubmitted(what_we_did=told.words)
        case _:
            return ActionCompleted(confirmed_by="person-2")
