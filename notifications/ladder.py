"""Which rules are triggered for a date by a day, and which are still ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from notifications.rules import Occasion, Rule, Triggered, checked
from notifications.subjects import Subject
from workflow.working_days import WorkingDays


class Ladder:
    """The rules by the date on which they fall; few dates are distinct, so each is worked out once.

    `day`: the rules that were triggered by then are of interest.
    """

    def __init__(self, rules: Iterable[Rule], day: dt.date, calendar: WorkingDays) -> None:
        self._rules = checked(rules)
        self._day, self._calendar = day, calendar
        self._by_date: dict[tuple[dt.date, Occasion], Triggered] = {}
        self._interned: dict[tuple[str, ...], Triggered] = {}

    def triggered(self, subject: Subject) -> Triggered:
        """Return the rules that were triggered by the day, the same object for the same rules."""
        key = (subject.target_on, subject.occasion)
        if key not in self._by_date:
            self._by_date[key] = self._find(subject.target_on, subject.occasion)
        return self._by_date[key]

    def ahead(self, subject: Subject) -> tuple[tuple[dt.date, Rule], ...]:
        """Return the rules still to come with their days, the next first."""
        days = (
            (trigger_day(subject.target_on, rule, self._calendar), rule)
            for rule in self._rules
            if subject.occasion in rule.occasions
        )
        return tuple((day, rule) for day, rule in days if day > self._day)

    def _find(self, target_on: dt.date, occasion: Occasion) -> Triggered:
        rules = tuple(
            rule
            for rule in reversed(self._rules)
            if occasion in rule.occasions
            and trigger_day(target_on, rule, self._calendar) <= self._day
        )
        names = tuple(rule.name for rule in rules)
        return self._interned.setdefault(names, Triggered(rules))


def trigger_day(target_on: dt.date, rule: Rule, calendar: WorkingDays) -> dt.date:
    """Return the working day on which a rule is triggered for a date."""
    if rule.offset_days == 0:
        return calendar.on_or_after(target_on)
    return calendar.add(target_on, rule.offset_days)
