"""What is due to be told to whom on a day: pure, so that the same day gives the same answer.

Of the rules that were triggered for an item up to the day, each person is told under the latest
that names them, unless exactly that was planned before. So after an outage there is one catch-up
and never a burst, and a date that moves away and back brings nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass

from events.refs import order_of
from notifications.audiences import Audiences, Told
from notifications.directory import Directory
from notifications.fair_start import FairStart, Tellings
from notifications.ladder import Ladder
from notifications.rules import Addressee, Rule, Triggered
from notifications.subject import Subject
from notifications.subjects_of_digests import DIGESTS, declines
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Already:
    """What was planned before: the keys that are held, and who is not to be written to this day.

    `keys` are as `reminder_key` writes them. `busy` are people who have an email of this day, or
    one of an earlier day that is still on its way. `tellings` looks up which emails were ever
    planned about a date; without it nobody waits until the leads had their days (see `FairStart`).
    """

    keys: Container[str] = frozenset()
    busy: Collection[str] = frozenset()
    tellings: Tellings | None = None


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One thing of which an email reminds, under which rule, and why it comes to this person."""

    subject: Subject
    rule: str
    told: Told
    key: str


@dataclass(frozen=True, slots=True)
class PlannedEmail:
    """Everything of which one person is reminded on a day."""

    person: str
    send_on: dt.date
    items: tuple[PlannedItem, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """Something due of which a recipient should be told, and nobody can be.

    Neither `recipient` nor a business manager in their place can be reached; others may be told.
    """

    item: str
    target_on: dt.date
    rule: str
    recipient: Addressee


@dataclass(frozen=True, slots=True)
class PlanningReport:
    """What came of planning a day.

    `waiting`: people with something new whose mailbox has an email of this day already, and who are
    told on the next working day. `unreachable`: people without an address, with the roles in which
    they should have been told; whoever is next was told instead. `untold`: what a recipient should
    be told, for whom nobody can be found, however far it falls; digests are left out.
    """

    day: dt.date
    is_working_day: bool
    emails: tuple[PlannedEmail, ...] = ()
    waiting: tuple[str, ...] = ()
    unreachable: tuple[tuple[str, tuple[str, ...]], ...] = ()
    untold: tuple[Untold, ...] = ()


def plan(
    subjects: Iterable[Subject],
    directory: Directory,
    already: Already,
    rules: Iterable[Rule],
    day: dt.date,
    calendar: WorkingDays,
) -> PlanningReport:
    """Plan the emails of a day: at most one for each mailbox, none where nobody is written to."""
    if not calendar.is_contact_day(day):
        return PlanningReport(day, is_working_day=False)
    audiences = Audiences(directory, day)
    start = FairStart(audiences, already.keys, already.tellings, calendar)
    by_person: dict[str, list[PlannedItem]] = {}
    untold: list[Untold] = []
    ladder = Ladder(rules, day, calendar)
    written: dict[dt.date, str] = {}
    for subject in subjects:
        triggered = ladder.triggered(subject)
        if triggered.rules:
            on = subject.target_on
            dated = written.get(on) or written.setdefault(on, on.isoformat())
            begins = f"{subject.item}|{dated}|"
            holding = start.rules_for(subject, begins, triggered)
            _plan_subject(subject, begins, holding, audiences, already, by_person, untold)
    found = [_email(person, day, items) for person, items in by_person.items()]
    emails = _one_for_each_mailbox(found, already.busy, directory)
    written_to = {email.person for email in emails}
    return PlanningReport(
        day,
        is_working_day=True,
        emails=tuple(emails),
        waiting=tuple(sorted(by_person.keys() - written_to, key=_number)),
        unreachable=tuple(
            (person, tuple(sorted(roles, key=_number)))
            for person, roles in sorted(audiences.unreachable.items())
        ),
        untold=tuple(untold),
    )


def _plan_subject(
    subject: Subject,
    begins: str,
    triggered: Triggered,
    audiences: Audiences,
    already: Already,
    by_person: dict[str, list[PlannedItem]],
    untold: list[Untold],
) -> None:
    assigned = audiences.assigned(subject.audience, triggered)
    may_decline = subject.occasion in DIGESTS
    # A digest that nobody can be told is no deadline that anybody misses.
    for missed, recipient in () if may_decline else assigned.nobody_for:
        untold.append(Untold(subject.item, subject.target_on, missed.name, recipient))
    for assignment in assigned.assignments:
        told, rule = assignment.told, assignment.rule.name
        key = f"{begins}{rule}|{told.person}"
        if key in already.keys:
            continue
        person = audiences.directory.people[told.person]
        if not (may_decline and declines(person, subject.occasion)):
            by_person.setdefault(told.person, []).append(PlannedItem(subject, rule, told, key))


def _one_for_each_mailbox(
    emails: Iterable[PlannedEmail], busy: Collection[str], directory: Directory
) -> list[PlannedEmail]:
    """Leave out who waits. Of several people who share a mailbox the most urgent email goes first.

    It is not put together into one, since who was told what is kept for each person.
    """
    taken = set(directory.mailboxes_of(busy))
    chosen = []
    for email in sorted(emails, key=lambda one: (_earliest(one), _number(one.person))):
        mailbox = directory.people[email.person].mailbox
        if email.person not in busy and mailbox is not None and mailbox not in taken:
            taken.add(mailbox)
            chosen.append(email)
    return sorted(chosen, key=lambda one: _number(one.person))


def _earliest(email: PlannedEmail) -> dt.date:
    return email.items[0].subject.target_on


def _email(person: str, day: dt.date, items: list[PlannedItem]) -> PlannedEmail:
    def urgency(item: PlannedItem) -> tuple[dt.date, tuple[str, int, int]]:
        return item.subject.target_on, order_of(item.subject.item)

    return PlannedEmail(person, day, tuple(sorted(items, key=urgency)))


def _number(ref: str) -> int:
    return int(ref.rpartition("-")[2])
