"""Records with something to remind of, and with emails that wait in the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bench.databases import Medium
from bench.record import LEAD, Record, open_record
from events.action import ActionCreated
from events.directory import HolderAppointed, PersonRegistered, RoleCreated
from events.values import Precision, TargetDate
from notifications.letters import Letterhead
from notifications.outbox_table import create_outbox_table
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES

HEAD = Letterhead("Example Partnership", "remind@example.org", "manager@example.org")
DAY = dt.date(2024, 4, 2)
DUE_ON = dt.date(2024, 4, 9)
"""Five working days after `DAY`, so that each lead is told on it."""

LONG_AGO = dt.date(2020, 1, 1)
BATCH = 5_000


@contextmanager
def record_of_leads(medium: Medium, leads: int, actions: int, days: int = 1) -> Iterator[Record]:
    """Make a record in which so many people lead so many open actions in turn.

    They are due on so many different days, `DUE_ON` and those after it.
    """
    with open_record(medium) as record:
        with record.log.engine.connect() as connection:
            create_outbox_table(connection)
        record.clock.now = dt.datetime.combine(DAY, dt.time(8), dt.UTC)
        with record.ledger.transaction(actor="system") as transaction:
            for number in range(101, 101 + leads):
                person, role = f"person-{number}", f"role-{number}"
                registered = PersonRegistered(
                    name=f"Lead {number}", email=f"lead{number}@example.org"
                )
                appointed = HolderAppointed(person=person, from_on=LONG_AGO)
                transaction.append(person, 0, [registered])
                transaction.append(role, 0, [RoleCreated(title=f"Lead {number}"), appointed])
        for first in range(1, actions + 1, BATCH):
            with record.ledger.transaction(actor=LEAD) as transaction:
                for number in range(first, min(first + BATCH, actions + 1)):
                    due_on = DUE_ON + dt.timedelta(days=number % days)
                    created = _action(number, f"role-{101 + number % leads}", due_on)
                    transaction.append(f"action-{number}", 0, [created])
        yield record


def settle_reminders(medium: Medium, emails: int) -> str:
    """Make a record in which so many reminders wait, one for each person; return its URL."""
    with record_of_leads(medium, emails, emails) as record:
        settled = remind(record.ledger, DEFAULT_RULES, DAY, domain=HEAD.domain)
        assert len(settled.emails) == emails
        url = record.url
    medium.settle()
    return url


def _action(number: int, role: str, due_on: dt.date) -> ActionCreated:
    target = TargetDate(
        as_written=due_on.strftime("%d.%m.%Y"),
        precision=Precision.DAY,
        earliest=due_on,
        latest=due_on,
        due=due_on,
    )
    return ActionCreated(
        text=f"Share the pathway with every school of area {number}, and hear what they need",
        lead_roles=(role,),
        target=target,
        plan="plan-1",
        priority=1,
    )
