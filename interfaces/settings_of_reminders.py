"""The section `[reminders]`: when emails leave, what is told to whom, and where it is otherwise."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.settings_section import Section
from notifications.rules import (
    DEFAULT_RULES,
    FURTHEST_DAYS,
    LADDER,
    NAME,
    Addressee,
    NamedRole,
    Occasion,
    Recipient,
    Rule,
    checked,
    laid_over,
)

_ROLE: Final = "role:"
_LADDER: Final = tuple(occasion for occasion in Occasion if occasion in LADDER)
_OF_A_PLACE: Final = LADDER | {Occasion.CLOCK, Occasion.DECISION}
_HAS_RULES: Final = {"plan", "audit"}


class Weekday(StrEnum):
    """A day on which emails may leave."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def _addressee(given: object) -> Addressee:
    """Read whom a rule tells: one of the recipients, or "role: " and what a role is called."""
    if isinstance(given, NamedRole):
        return given
    words = str(given).strip()
    if words.lower().startswith(_ROLE):
        return _named_role(words[len(_ROLE) :].strip())
    try:
        return Recipient(words)
    except ValueError:
        known = ", ".join(recipient.value for recipient in Recipient)
        message = (
            f"nobody is called '{words}'. It is one of {known}; or a role by its title, an alias or"
            f' its reference, written "{_ROLE} {words or "Head of Learning"}"'
        )
        raise ValueError(message) from None


def _named_role(words: str) -> NamedRole:
    if not words:
        message = f'"{_ROLE}" names no role; write its title, such as "{_ROLE} Head of Learning"'
        raise ValueError(message)
    return NamedRole(words)


def _rule_name(name: str) -> str:
    if not NAME.fullmatch(name):
        message = (
            f"a rule cannot be called {name!r}. Use up to 40 small letters, digits and hyphens,"
            " such as after-5"
        )
        raise ValueError(message)
    return name


class ReminderRule(Section):
    """One row of the rules: how far from the date, who is told, and of what kinds of date."""

    name: Annotated[str, AfterValidator(_rule_name)]
    days: Annotated[int, Field(ge=-FURTHEST_DAYS, le=FURTHEST_DAYS)]
    tell: Annotated[
        tuple[Annotated[Addressee, PlainValidator(_addressee)], ...], Field(min_length=1)
    ]
    of: Annotated[tuple[Occasion, ...], Field(min_length=1)] = _LADDER

    @classmethod
    def from_rule(cls, rule: Rule) -> Self:
        """Return the row that says what a rule says."""
        of = tuple(occasion for occasion in Occasion if occasion in rule.occasions)
        return cls(name=rule.name, days=rule.offset_days, tell=rule.recipients, of=of)

    def to_rule(self, within: str | None = None) -> Rule:
        """Return the rule that the row says, for all or for the items of one plan or audit."""
        return Rule(self.name, self.days, self.tell, frozenset(self.of), within)


def _place(given: object) -> str:
    """Read the plan or audit for which an override is. Returns its reference."""
    try:
        ref = read_ref(str(given))
    except UnknownReference:
        ref = ""
    if category_of(ref) not in _HAS_RULES or "/" in ref:
        message = (
            f"'{given}' is neither a plan nor an audit; write the reference of one, such as P1 or"
            " AU3, as `goldthread board` shows it"
        )
        raise ValueError(message)
    return ref


class ReminderOverride(Section):
    """Rules of their own for whatever belongs to one plan or audit.

    They hold in place of the general rules for the occasions that they name; for every other
    occasion the general ones go on.
    """

    place: Annotated[str, PlainValidator(_place), Field(alias="for")]
    rules: Annotated[tuple[ReminderRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _be_for_what_belongs_there(self) -> Self:
        for rule in self.rules:
            for occasion in rule.of:
                if occasion not in _OF_A_PLACE:
                    message = (
                        f"rule '{rule.name}' is of '{occasion}', which belongs to no plan or audit;"
                        " write it among the general rules"
                    )
                    raise ValueError(message)
        return self


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        message = f"there is no time zone called '{name}'; one is Europe/London"
        raise ValueError(message)
    return name


def _without_zone(time: dt.time) -> dt.time:
    if time.tzinfo is not None:
        message = 'the time has a zone of its own; write it as "08:00" and the zone in time_zone'
        raise ValueError(message)
    return time


def _consistent(rows: tuple[ReminderRule, ...]) -> tuple[ReminderRule, ...]:
    checked(row.to_rule() for row in rows)
    return rows


class ReminderSettings(Section):
    """When reminders leave, and what is due to whom."""

    at: Annotated[dt.time, AfterValidator(_without_zone)] = dt.time(8, 0)
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "Europe/London"
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = tuple(Weekday)[:5]
    rules: Annotated[tuple[ReminderRule, ...], AfterValidator(_consistent)] = tuple(
        ReminderRule.from_rule(rule) for rule in DEFAULT_RULES
    )
    overrides: tuple[ReminderOverride, ...] = ()

    @model_validator(mode="after")
    def _tell_reminders_apart(self) -> Self:
        places = [override.place for override in self.overrides]
        for place in places:
            if places.count(place) > 1:
                message = f"overrides are there twice for {quoted(place)}; put them into one"
                raise ValueError(message)
        checked(self.all_rules())
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which `at` is meant."""
        return ZoneInfo(self.time_zone)

    @property
    def weekdays(self) -> frozenset[int]:
        """Return the days on which emails may leave, where 0 is a Monday."""
        return frozenset(tuple(Weekday).index(day) for day in self.days)

    def all_rules(self) -> tuple[Rule, ...]:
        """Return every rule that holds: the defaults for what no row names, rows, and overrides."""
        general = laid_over(DEFAULT_RULES, (row.to_rule() for row in self.rules))
        own = (row.to_rule(one.place) for one in self.overrides for row in one.rules)
        return (*general, *own)
