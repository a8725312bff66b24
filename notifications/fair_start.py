"""A fair start: those above hear of a date only some days after whoever leads the work.

So on the first morning after an old plan was taken in leads, chairs and the business manager hear
of it, and partners, executive and scrutineer not before the leads had a week to answer. It puts
off, and never takes away: nobody waits for a lead whom no email reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias

from notifications.audiences import Audiences
from notifications.rules import LADDER, Recipient, Rule, Triggered
from notifications.subject import Subject
from workflow.working_days import WorkingDays

FAIR_START_DAYS: Final = 5
"""Working days between telling whoever leads something and telling those above."""

LONGEST_WAIT_DAYS: Final = 10
"""Working days after which nobody waits any more, counted from the first email about a date."""

ABOVE: Final = frozenset({Recipient.DELEGATED_PARTNER, Recipient.EXECUTIVE, Recipient.SCRUTINEER})
"""Who is told only after whoever leads it."""


class Telling(NamedTuple):
    """An email about one date of one thing, to whom and in which role.

    `settled_on`: when it was sent, failed for good or became uncertain; None while it waits, and
    where no mail server ever took it.
    """

    person: str
    role: str | None
    planned_on: dt.date
    settled_on: dt.date | None


Tellings: TypeAlias = Callable[[str, dt.date], Iterable[Telling]]
"""Gives the emails that were ever planned about one date of an item."""


@dataclass(slots=True)
class FairStart:
    """Finds which rules hold on one day as long as those above have to wait.

    `keys` are those that are held; without `tellings` nobody waits.
    """

    audiences: Audiences
    keys: Container[str]
    tellings: Tellings | None
    calendar: WorkingDays
    _below: dict[Triggered, Triggered | None] = field(default_factory=dict)
    _last: tuple[tuple[str, dt.date], Sequence[Telling]] | None = None

    def rules_for(self, subject: Subject, begins: str, triggered: Triggered) -> Triggered:
        """Return the rules that were triggered, without those above while they have to wait.

        `begins`: how the subject's keys begin. A clock is short and waits for nobody, and neither
        does whatever rules tell no lead.
        """
        if self.tellings is None or subject.occasion not in LADDER:
            return triggered
        below = self._without_those_above(triggered)
        if below is None or not self._is_news_above(subject, begins, triggered):
            return triggered
        return triggered if self._had_their_days(subject, self.tellings) else below

    def next_step(self, subject: Subject, triggered: Triggered) -> tuple[dt.date, Rule] | None:
        """Return when those above who have to wait are told at the latest if all goes well.

        The rule names all of them. None where nobody waits.
        """
        begins = f"{subject.item}|{subject.target_on.isoformat()}|"
        if self.tellings is None or self.rules_for(subject, begins, triggered) is triggered:
            return None
        day, told = self.audiences.day, self._told(subject, self.tellings)
        left = min((one.settled_on for one in told if one.settled_on), default=day)
        begun = min((one.planned_on for one in told), default=day)
        on = min(
            self.calendar.add(left, FAIR_START_DAYS), self.calendar.add(begun, LONGEST_WAIT_DAYS)
        )
        waiting = [one for rule in reversed(triggered.rules) for one in rule.recipients]
        above = tuple(dict.fromkeys(one for one in waiting if one in ABOVE))
        return max(on, self.calendar.add(day, 1)), replace(triggered.rules[0], recipients=above)

    def _without_those_above(self, triggered: Triggered) -> Triggered | None:
        if triggered not in self._below:
            named = {recipient for rule in triggered.rules for recipient in rule.recipients}
            waits = Recipient.LEAD in named and not named.isdisjoint(ABOVE)
            self._below[triggered] = Triggered(tuple(_below(triggered.rules))) if waits else None
        return self._below[triggered]

    def _is_news_above(self, subject: Subject, begins: str, triggered: Triggered) -> bool:
        """Tell whether nobody above was told yet: once somebody was, the start is over."""
        assigned = self.audiences.assigned(subject.audience, triggered)
        above = [one for one in assigned.assignments if one.told.meant_for in ABOVE]
        keys = (f"{begins}{one.rule.name}|{one.told.person}" for one in above)
        return bool(above) and not any(key in self.keys for key in keys)

    def _had_their_days(self, subject: Subject, tellings: Tellings) -> bool:
        leads = {one.person for one in self.audiences.told(subject.audience, Recipient.LEAD)}
        if not leads:
            return True
        day, offices = self.audiences.day, subject.audience.lead_roles
        told_by = self.calendar.add(day, -FAIR_START_DAYS)
        begun_by = self.calendar.add(day, -LONGEST_WAIT_DAYS)
        # Whoever took over from a lead who was told comes into what is under way.
        return any(
            one.planned_on <= begun_by
            or (
                one.settled_on is not None
                and one.settled_on <= told_by
                and (one.person in leads or one.role in offices)
            )
            for one in self._told(subject, tellings)
        )

    def _told(self, subject: Subject, tellings: Tellings) -> Sequence[Telling]:
        """Return the emails about a date; the last are remembered, being asked for twice."""
        key = (subject.item, subject.target_on)
        if self._last is None or self._last[0] != key:
            self._last = (key, tuple(tellings(*key)))
        return self._last[1]


def _below(rules: Iterable[Rule]) -> Iterable[Rule]:
    for rule in rules:
        recipients = tuple(one for one in rule.recipients if one not in ABOVE)
        if recipients:
            yield replace(rule, recipients=recipients)
