"""Who is told how many working days before or after a date: the ladder of reminders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self, TypeAlias

FURTHEST_DAYS: Final = 250
"""The most working days, about a year, by which a reminder may lie before or after its date."""

NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.+-]{0,39}")
"""What a rule may be called."""


class Recipient(StrEnum):
    """Whom a rule tells; the people are found anew on each day.

    `decider`: who can decide a request for more time; the third request goes to the executive.
    """

    LEAD = "lead"
    SUBGROUP_CHAIR = "subgroup_chair"
    BUSINESS_MANAGER = "business_manager"
    DELEGATED_PARTNER = "delegated_partner"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"
    DECIDER = "decider"


@dataclass(frozen=True, slots=True)
class NamedRole:
    """A role that a rule names itself, by its title, an alias or its reference, such as RO4."""

    words: str


Addressee: TypeAlias = Recipient | NamedRole


class Occasion(StrEnum):
    """What falls on the date of which somebody is reminded."""

    TARGET = "target"
    REVIEW = "review"
    IMPACT = "impact"
    RE_AUDIT = "re_audit"
    CLOCK = "clock"
    DECISION = "decision"
    ADDRESS = "address"
    VACANCY = "vacancy"
    WEEKLY_DIGEST = "weekly_digest"
    MONTHLY_DIGEST = "monthly_digest"


LADDER: Final = frozenset({Occasion.TARGET, Occasion.REVIEW, Occasion.IMPACT, Occasion.RE_AUDIT})
"""The occasions for which a rule is unless it names others: deadlines of work."""

_FALL_ON_ONE_ITEM: Final = (
    # Of the dates of work only one falls on a day, so those may share their rules.
    *((occasion, Occasion.DECISION) for occasion in sorted(LADDER)),
    (Occasion.VACANCY, Occasion.MONTHLY_DIGEST),
)


class UnclearRule(ValueError):
    """A rule for reminders cannot be followed as it is written."""

    def __init__(self, field: str, what: str, mend: str) -> None:
        self.field, self.what, self.mend = field, what, mend
        super().__init__(f"A reminder's {field} {what}. {mend}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the ladder. `offset_days` counts working days; it is negative before the date.

    `name` is part of a reminder's unique key: under another name the same reminder would leave
    again, so it stays when the rule's recipients change. `within`: the plan or audit for whose
    items alone it holds, in place of the general rules for the same occasions; None for all.
    Raises `UnclearRule`.
    """

    name: str
    offset_days: int
    recipients: tuple[Addressee, ...]
    occasions: frozenset[Occasion] = LADDER
    within: str | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise UnclearRule(
                "name",
                f"cannot be {self.name!r}",
                "Use up to 40 small letters, digits and hyphens, such as after-5.",
            )
        if abs(self.offset_days) > FURTHEST_DAYS:
            raise UnclearRule(
                "days",
                f"are {self.offset_days}, more than a year",
                f"Write a number of working days from -{FURTHEST_DAYS} to {FURTHEST_DAYS}.",
            )
        if not self.recipients or not self.occasions:
            raise UnclearRule(
                "recipients", f"are missing in '{self.name}'", "Name at least one, such as lead."
            )

    @classmethod
    def on(
        cls, offset_days: int, *recipients: Addressee, occasions: Iterable[Occasion] = ()
    ) -> Self:
        """Make a rule named after its day, such as `before-5`; without occasions for the ladder."""
        return cls(name_of(offset_days), offset_days, recipients, frozenset(occasions) or LADDER)

    @classmethod
    def of(
        cls, occasion: Occasion, offset_days: int, *recipients: Addressee, name: str | None = None
    ) -> Self:
        """Make a rule for one occasion, named after it and its day, such as `clock-before-5`."""
        named = name or f"{occasion}-{name_of(offset_days)}"
        return cls(named, offset_days, recipients, frozenset({occasion}))


@dataclass(frozen=True, slots=True, eq=False)
class Triggered:
    """The rules that were triggered for a date, the latest first; equal only to itself."""

    rules: tuple[Rule, ...]


def name_of(offset_days: int) -> str:
    """Name a rule after its day: -20 gives `before-20`, 0 `on-day`, 5 `after-5`."""
    if offset_days == 0:
        return "on-day"
    return f"{'before' if offset_days < 0 else 'after'}-{abs(offset_days)}"


_WATCH: Final = (Recipient.LEAD, Recipient.SUBGROUP_CHAIR, Recipient.BUSINESS_MANAGER)

DEFAULT_RULES: Final = (
    # A review that comes round every 60 working days needs no word a month ahead.
    Rule.on(-20, Recipient.LEAD, occasions=LADDER - {Occasion.REVIEW}),
    Rule.on(-5, Recipient.LEAD),
    Rule.on(1, Recipient.LEAD),
    Rule.on(5, Recipient.LEAD, Recipient.SUBGROUP_CHAIR),
    Rule.on(15, Recipient.BUSINESS_MANAGER),
    Rule.on(30, Recipient.DELEGATED_PARTNER),
    Rule.on(60, Recipient.EXECUTIVE, Recipient.SCRUTINEER),
    # A clock may be shorter than the ladder; what would lie before its start is told at the start.
    Rule.of(Occasion.CLOCK, -20, Recipient.LEAD),
    Rule.of(Occasion.CLOCK, -5, *_WATCH),
    Rule.of(Occasion.CLOCK, -1, *_WATCH),
    Rule.of(Occasion.CLOCK, 0, *_WATCH),
    Rule.of(Occasion.CLOCK, 1, *_WATCH),
    Rule.of(Occasion.CLOCK, 5, *_WATCH, Recipient.DELEGATED_PARTNER),
    Rule.of(Occasion.CLOCK, 15, Recipient.BUSINESS_MANAGER, Recipient.EXECUTIVE),
    Rule.of(Occasion.DECISION, 2, Recipient.DECIDER),
    Rule.of(Occasion.DECISION, 5, Recipient.DECIDER),
    Rule.of(Occasion.DECISION, 10, Recipient.BUSINESS_MANAGER),
    Rule.of(Occasion.ADDRESS, 0, Recipient.BUSINESS_MANAGER, name="address-refused"),
    Rule.of(Occasion.VACANCY, 0, Recipient.BUSINESS_MANAGER, name="role-vacant"),
    Rule.of(Occasion.WEEKLY_DIGEST, 0, Recipient.SUBGROUP_CHAIR, name="weekly-digest"),
    Rule.of(Occasion.MONTHLY_DIGEST, 0, Recipient.BUSINESS_MANAGER, name="monthly-digest"),
)
"""The rules that hold for each occasion unless the configuration has others for it."""


def checked(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules in the order of their days.

    Raises `UnclearRule` where one name would stand for two reminders of an item on one day, since
    the second would be taken for the first and never leave.
    """
    ordered = tuple(sorted(rules, key=lambda rule: rule.offset_days))
    named: dict[str, list[Rule]] = {}
    for rule in ordered:
        named.setdefault(rule.name, []).append(rule)
    for name, same in named.items():
        _require_one_place(name, same)
        _require_apart(name, frozenset[Occasion]().union(*(rule.occasions for rule in same)))
    return ordered


def laid_over(below: Iterable[Rule], above: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules that hold when some are given: for each occasion they name, they alone."""
    given = tuple(above)
    taken = frozenset[Occasion]().union(*(rule.occasions for rule in given))
    kept = (
        replace(rule, occasions=rule.occasions - taken)
        for rule in below
        if not rule.occasions <= taken
    )
    return (*kept, *given)


def _require_one_place(name: str, same: list[Rule]) -> None:
    for at, rule in enumerate(same):
        for other in same[:at]:
            if rule.within == other.within and rule.occasions & other.occasions:
                raise UnclearRule(
                    "name", f"'{name}' is used twice", "Give each rule a name of its own."
                )


def _require_apart(name: str, occasions: frozenset[Occasion]) -> None:
    for one, other in _FALL_ON_ONE_ITEM:
        if {one, other} <= occasions:
            raise UnclearRule(
                "name",
                f"'{name}' stands for both '{one}' and '{other}', which can fall on one day",
                f"Make a rule of its own, with another name, for '{other}'.",
            )
