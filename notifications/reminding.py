"""Settling what is due: the emails of a day are planned, and wait in the outbox to be sent.

Planning reads at leisure, outside every lock. What it found is looked at once more under the
log's lock, where emails, keys and outbox are stored together. So two workers, a second run or a
restart never settle the same reminder twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from events.email import EmailPlanned, ReminderItem
from events.log import EventLog
from events.sessions import Change
from notifications.digest_period import stirred_before
from notifications.directory import Directory
from notifications.outbox import INSERT, Query, busy_people, left_on
from notifications.passing_rows import keys_of, passing_rows
from notifications.planning import Already, PlannedEmail, PlanningReport, plan
from notifications.rules import Rule
from notifications.subject import Standpoint
from notifications.subjects import subjects_of
from notifications.told_days import tellings_of
from projections.ledger import Ledger, Transaction
from projections.store import ViewOfToday
from workflow.circumstances import SYSTEM
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Reminded:
    """What came of a day: the plan, and the emails settled from it, by reference."""

    report: PlanningReport
    emails: tuple[tuple[str, PlannedEmail], ...] = ()


class _Settled(NamedTuple):
    ref: str
    email: PlannedEmail
    message_id: str


def preview(
    log: EventLog, rules: Iterable[Rule], day: dt.date, calendar: WorkingDays
) -> PlanningReport:
    """Return what would be settled for a day as things stand, and store nothing."""
    report, _, _ = _plan(log, rules, (day, day), calendar)
    return report


def remind(
    ledger: Ledger,
    rules: Iterable[Rule],
    day: dt.date,
    *,
    domain: str,
    leaves_on: dt.date | None = None,
) -> Reminded:
    """Settle the emails of a day, and put them into the outbox.

    `domain` ends the message ids: the sender's own. Doing it again on the same day settles only
    what is new and for whom nothing was settled that day. `leaves_on`: the day on which they
    really leave, when an earlier one is caught up on; nobody has two emails on that day either.
    """
    days = (day, leaves_on or day)
    report, directory, position = _plan(ledger.log, rules, days, ledger.calendar)
    if not report.emails:
        return Reminded(report)
    with ledger.transaction(actor=SYSTEM) as transaction:
        unchanged = transaction.writing.head.size == position
        emails = report.emails if unchanged else _still_new(transaction, report.emails)
        # Whoever stalls on the way here may go on a day later, on which there are other emails.
        written_on = (*days, max(*days, transaction.today))
        busy = _busy(transaction.writing.query, written_on)
        mailboxes = directory.mailboxes_of(busy) | _written_to(transaction, written_on)
        settled = [
            _settle(transaction, email, domain, ledger.calendar.version)
            for email in emails
            if email.person not in busy and directory.people[email.person].mailbox not in mailboxes
        ]
        rows = [_outbox_row(one) for one in settled]
        transaction.writing.also(Change(INSERT, rows))
    return Reminded(report, tuple((one.ref, one.email) for one in settled))


def message_id_of(keys: Iterable[str], domain: str) -> str:
    """Return the message id of an email: a digest of its reminders' keys, and nobody's name."""
    digest = sha256("\n".join(sorted(keys)).encode()).hexdigest()
    return f"<gt-{digest[:32]}@{domain}>"


def _plan(
    log: EventLog, rules: Iterable[Rule], days: tuple[dt.date, dt.date], calendar: WorkingDays
) -> tuple[PlanningReport, Directory, int]:
    with log.snapshot() as reader:
        view = ViewOfToday(reader)
        directory = Directory.of(view)
        keys, busy = keys_of(reader, "reminder_keys"), _busy(reader.query, days)
        already = Already(keys, busy, tellings_of(view))
        now = Standpoint(days[0], calendar, directory, stirred_before(reader, days[0]))
        subjects = subjects_of(partial(passing_rows, reader), now)
        report = plan(subjects, directory, already, rules, days[0], calendar)
        return report, directory, view.position


def _busy(query: Query, days: Iterable[dt.date]) -> frozenset[str]:
    return frozenset[str]().union(*(busy_people(query, day) for day in dict.fromkeys(days)))


def _written_to(transaction: Transaction, days: Iterable[dt.date]) -> frozenset[str]:
    """Return the mailboxes to which emails of some days left, whoever has the address by now."""
    found = [one for day in dict.fromkeys(days) for one in left_on(transaction.writing.query, day)]
    sent = ((ref, transaction.get("reminders", ref)) for ref, open_to in found if open_to is None)
    addresses = [*(to for _, to in found), *(row["sent_to"] for _, row in sent if row)]
    return frozenset(address.casefold() for address in addresses if address is not None)


def _still_new(transaction: Transaction, emails: Sequence[PlannedEmail]) -> Sequence[PlannedEmail]:
    """Take out what somebody else settled since; whoever has nothing left gets no email."""
    remaining = (
        replace(
            email,
            items=tuple(
                item for item in email.items if transaction.get("reminder_keys", item.key) is None
            ),
        )
        for email in emails
    )
    return [email for email in remaining if email.items]


def _settle(transaction: Transaction, email: PlannedEmail, domain: str, calendar: str) -> _Settled:
    message_id = message_id_of((item.key for item in email.items), domain)
    ref = transaction.new_stream("email")
    items = tuple(
        ReminderItem(
            item=planned.subject.item,
            target_on=planned.subject.target_on,
            rule=planned.rule,
            role=planned.told.role,
        )
        for planned in email.items
    )
    event = EmailPlanned(
        person=email.person,
        send_on=email.send_on,
        items=items,
        message_id=message_id,
        calendar=calendar,
    )
    transaction.append(ref, 0, [event])
    return _Settled(ref, email, message_id)


def _outbox_row(one: _Settled) -> tuple[str, str, str, str]:
    return one.ref, one.email.person, one.email.send_on.isoformat(), one.message_id
