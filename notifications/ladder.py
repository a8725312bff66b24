"""Which rules are triggered for a date by a day, and which are still ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from notifications.rules import Occasion, Rule, Triggered, checked
from notifications.subject import Subject
from workflow.working_days import WorkingDays

_Key: TypeAlias = tuple[dt.date, Occasion, str | None]
"""A date, what falls on it, and the plan or audit whose own rules hold, if any."""


class Ladder:
    """The rules by the date on which they fall; few dates are distinct, so each is worked out once.

    `day`: the rules that were triggered by then are of interest.
    """

    def __init__(self, rules: Iterable[Rule], day: dt.date, calendar: WorkingDays) -> None:
        self._rules = checked(rules)
        self._day, self._calendar = day, calendar
        self._own = frozenset(rule.within for rule in self._rules if rule.within is not None)
        self._by_date: dict[_Key, Triggered] = {}
        self._interned: dict[tuple[Rule, ...], Triggered] = {}
        self._ahead: dict[_Key, tuple[tuple[dt.date, Rule], ...]] = {}
        self._holding: dict[tuple[Occasion, str | None], tuple[Rule, ...]] = {}

    def triggered(self, subject: Subject) -> Triggered:
        """Return the rules that were triggered by the day, the same object for the same rules."""
        key = self._key_of(subject)
        found = self._by_date.get(key)
        if found is None:
            found = self._by_date[key] = self._find(*key)
        return found

    def ahead(self, subject: Subject) -> tuple[tuple[dt.date, Rule], ...]:
        """Return the rules still to come with their days, the next first."""
        key = self._key_of(subject)
        found = self._ahead.get(key)
        if found is None:
            rules = self._rules_for(subject.occasion, key[2])
            days = ((trigger_day(subject.target_on, rule, self._calendar), rule) for rule in rules)
            found = self._ahead[key] = tuple(one for one in days if one[0] > self._day)
        return found

    def rule_of(self, subject: Subject, name: str) -> Rule | None:
        """Return the rule of a name that holds for a subject, None if there is none any more."""
        rules = self._rules_for(subject.occasion, self._place_of(subject))
        return next((rule for rule in rules if rule.name == name), None)

    def occasions_of(self, name: str) -> frozenset[Occasion]:
        """Return the occasions for which there is a rule of a name; none for an unknown name."""
        named = (rule.occasions for rule in self._rules if rule.name == name)
        return frozenset[Occasion]().union(*named)

    def _key_of(self, subject: Subject) -> _Key:
        return subject.target_on, subject.occasion, self._place_of(subject)

    def _rules_for(self, occasion: Occasion, place: str | None) -> tuple[Rule, ...]:
        key = (occasion, place)
        if key not in self._holding:
            self._holding[key] = holding(self._rules, occasion, place)
        return self._holding[key]

    def _place_of(self, subject: Subject) -> str | None:
        if not self._own:
            return None
        return next((place for place in subject.within if place in self._own), None)

    def _find(self, target_on: dt.date, occasion: Occasion, place: str | None) -> Triggered:
        rules = tuple(
            rule
            for rule in reversed(self._rules_for(occasion, place))
            if trigger_day(target_on, rule, self._calendar) <= self._day
        )
        return self._interned.setdefault(rules, Triggered(rules))


def holding(rules: Iterable[Rule], occasion: Occasion, place: str | None) -> tuple[Rule, ...]:
    """Return the rules that hold for an occasion, in the plan or audit that has rules of its own.

    Where the place says nothing of the occasion the general rules hold.
    """
    of_occasion = [rule for rule in rules if occasion in rule.occasions]
    own = [rule for rule in of_occasion if place is not None and rule.within == place]
    return tuple(own or (rule for rule in of_occasion if rule.within is None))


def trigger_day(target_on: dt.date, rule: Rule, calendar: WorkingDays) -> dt.date:
    """Return the working day on which a rule is triggered for a date."""
    if rule.offset_days == 0:
        return calendar.on_or_after(target_on)
    return calendar.add(target_on, rule.offset_days)
