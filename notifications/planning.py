"""What is due to be told to whom on a day: pure, so that the same day gives the same answer.

Of the rules that were triggered for an item up to the day, each person is told under the latest
that names them, unless exactly that was planned before. So after an outage there is one catch-up
and never a burst, and a date that moves away and back brings nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, field

from events.refs import order_of
from notifications.audiences import Audiences, Told
from notifications.directory import Directory
from notifications.fair_start import FairStart, Tellings
from notifications.ladder import Ladder
from notifications.rules import Addressee, Occasion, Rule, Triggered
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
class Declined:
    """A digest that somebody would be told, and has switched off."""

    person: str
    item: str
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A date of which people above are not told yet, so that its leads can answer first.

    `until`: the day on which they are told if nothing changes and all goes well.
    """

    item: str
    target_on: dt.date
    people: tuple[str, ...]
    until: dt.date


@dataclass(frozen=True, slots=True)
class PlanningReport:
    """What came of planning a day.

    `waiting`: people with something new whose mailbox has an email of this day already, and who are
    told on the next working day. `unreachable`: people without an address, with the roles in which
    they should have been told; whoever is next was told instead. `untold`: what a recipient should
    be told, for whom nobody can be found, however far it falls; digests are left out. `declined`:
    digests that were switched off. `held_back`: those above who wait until the leads had a week.
    """

    day: dt.date
    is_working_day: bool
    emails: tuple[PlannedEmail, ...] = ()
    waiting: tuple[str, ...] = ()
    unreachable: tuple[tuple[str, tuple[str, ...]], ...] = ()
    untold: tuple[Untold, ...] = ()
    declined: tuple[Declined, ...] = ()
    held_back: tuple[HeldBack, ...] = ()


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
    found = _Found()
    ladder = Ladder(rules, day, calendar)
    written: dict[dt.date, str] = {}
    for subject in subjects:
        triggered = ladder.triggered(subject)
        if triggered.rules:
            on = subject.target_on
            dated = written.get(on) or written.setdefault(on, on.isoformat())
            begins = f"{subject.item}|{dated}|"
            holding = start.rules_for(subject, begins, triggered)
            _plan_subject(subject, begins, holding, audiences, already, found)
            if holding is not triggered:
                found.held_back.extend(_held_back(subject, triggered, holding, start))
    by_person = found.by_person
    new = [_email(person, day, items) for person, items in by_person.items()]
    emails = _one_for_each_mailbox(new, already.busy, directory)
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
        untold=tuple(found.untold),
        declined=tuple(found.declined),
        held_back=tuple(found.held_back),
    )


@dataclass(slots=True)
class _Found:
    """What planning a day has found so far."""

    by_person: dict[str, list[PlannedItem]] = field(default_factory=dict)
    untold: list[Untold] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)


def _plan_subject(
    subject: Subject,
    begins: str,
    triggered: Triggered,
    audiences: Audiences,
    already: Already,
    found: _Found,
) -> None:
    assigned = audiences.assigned(subject.audience, triggered)
    may_decline = subject.occasion in DIGESTS
    # A digest that nobody can be told is no deadline that anybody misses.
    for missed, recipient in () if may_decline else assigned.nobody_for:
        found.untold.append(Untold(subject.item, subject.target_on, missed.name, recipient))
    for assignment in assigned.assignments:
        told, rule = assignment.told, assignment.rule.name
        key = f"{begins}{rule}|{told.person}"
        if key in already.keys:
            continue
        person = audiences.directory.people[told.person]
        if may_decline and declines(person, subject.occasion):
            found.declined.append(Declined(told.person, subject.item, subject.occasion))
        else:
            item = PlannedItem(subject, rule, told, key)
            found.by_person.setdefault(told.person, []).append(item)


def _held_back(
    subject: Subject, triggered: Triggered, holding: Triggered, start: FairStart
) -> Iterator[HeldBack]:
    """Yield who would be told of a date today, were it not for its leads, and is not."""
    step = start.next_step(subject, triggered)
    all_told, told_now = (
        dict.fromkeys(
            one.told.person for one in start.audiences.assigned(subject.audience, rules).assignments
        )
        for rules in (triggered, holding)
    )
    waiting = tuple(person for person in all_told if person not in told_now)
    if step is not None and waiting:
        yield HeldBack(subject.item, subject.target_on, waiting, step[0])


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
