"""Records to remind from: a small partnership on a real database, under a clock that tests set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from events.action import ActionCreated
from events.catalogue import Event
from events.database import create_log_tables, open_engine
from events.directory import HolderAppointed, Office, PersonRegistered, RoleCreated, SubgroupFormed
from events.log import EventLog
from events.plan import PlanAdopted, PriorityAdded
from events.values import TargetDate
from notifications.outbox_table import create_outbox_table
from projections.catalogue import FOLD
from projections.ledger import Ledger
from projections.store import ViewOfToday
from projections.tables import create_indexes, create_read_tables, create_versions_table
from workflow.deciders import DECIDERS
from workflow.target_dates import read_target_date
from workflow.working_days import england

CALENDAR = england()
LONG_AGO = dt.date(2020, 1, 1)
MORNING = dt.datetime(2024, 12, 2, 8, 0, tzinfo=dt.UTC)

LEAD, CO_LEAD, CHAIR, MANAGER, PARTNER, EXECUTIVE, SCRUTINEER = (
    f"person-{number}" for number in range(1, 8)
)
LEAD_ROLE, CO_LEAD_ROLE, CHAIR_ROLE = "role-1", "role-2", "role-3"
OFFICES = (
    (LEAD, "Lead for practice", Office.LEAD),
    (CO_LEAD, "Lead for training", Office.LEAD),
    (CHAIR, "Chair of practice", Office.SUBGROUP_CHAIR),
    (MANAGER, "Business manager", Office.BUSINESS_MANAGER),
    (PARTNER, "Delegated partner", Office.DELEGATED_PARTNER),
    (EXECUTIVE, "Executive", Office.EXECUTIVE),
    (SCRUTINEER, "Scrutineer", Office.SCRUTINEER),
)


class SetClock:
    """A clock that shows what the test set it to."""

    def __init__(self, now: dt.datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@dataclass(frozen=True, slots=True)
class House:
    """An open record."""

    url: str
    clock: SetClock
    log: EventLog
    ledger: Ledger

    def tell(self, stream: str, *events: Event, actor: str = LEAD) -> None:
        """Append events to a stream, wherever it stands."""
        with self.ledger.transaction(actor=actor) as transaction:
            version = transaction.writing.version_of(stream)
            transaction.append(stream, version, events)

    def events_of(self, stream: str) -> list[Event]:
        """Return what happened in a stream."""
        return [recorded.event for recorded in self.log.read_stream(stream)]

    @property
    def view(self) -> ViewOfToday:
        """Return the read models as they stand."""
        return ViewOfToday(self.log)


@contextmanager
def opened(url: str, clock: SetClock | None = None) -> Iterator[House]:
    """Open a record that is there already."""
    engine, clock = open_engine(url), clock or SetClock()
    log = EventLog(engine, clock)
    try:
        yield House(url, clock, log, Ledger(log, FOLD, DECIDERS, CALENDAR))
    finally:
        log.close()
        engine.dispose()


@contextmanager
def new_record(url: str, clock: SetClock | None = None) -> Iterator[House]:
    """Begin a record in an empty database, with a directory and a plan."""
    with opened(url, clock) as house:
        with house.log.engine.connect() as connection:
            create_log_tables(connection)
            create_outbox_table(connection)
            create_read_tables(connection)
            create_indexes(connection, mark="first")
            create_versions_table(connection)
        house.log.open_with("example.org/record")
        furnish(house)
        yield house


def furnish(house: House) -> None:
    """Fill the directory: everybody holds one role since long ago."""
    house.tell("subgroup-1", SubgroupFormed(name="Practice subgroup", chair_role=CHAIR_ROLE))
    for number, (person, title, office) in enumerate(OFFICES, start=1):
        name, email = f"Person {number}", f"person{number}@example.org"
        subgroup = "subgroup-1" if number <= 3 else None
        house.tell(person, PersonRegistered(name=name, email=email))
        house.tell(
            f"role-{number}",
            RoleCreated(title=title, office=office, subgroup=subgroup),
            HolderAppointed(person=person, from_on=LONG_AGO),
        )
    title = "Everybody knows the pathway"
    house.tell("plan-1", PlanAdopted(title="Plan for 2024"), PriorityAdded(number=1, title=title))


def add_action(
    house: House,
    number: int,
    written: str,
    *,
    lead_roles: Sequence[str] = (LEAD_ROLE,),
    text: str = "Share the pathway with every school",
) -> str:
    """Take on an action; its target date is read from words."""
    ref = f"action-{number}"
    created = ActionCreated(
        text=text,
        lead_roles=tuple(lead_roles),
        target=target(written),
        plan="plan-1",
        priority=1,
    )
    house.tell(ref, created)
    return ref


def target(written: str) -> TargetDate:
    """Read a target date."""
    return read_target_date(written)
