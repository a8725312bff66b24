"""Who is told how many working days before or after a date: the ladder of reminders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

FURTHEST_DAYS: Final = 250
"""The most working days, about a year, by which a reminder may lie before or after its date."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.+-]{0,39}")


class Recipient(StrEnum):
    """Whom a rule tells; the people are found anew on each day."""

    LEAD = "lead"
    SUBGROUP_CHAIR = "subgroup_chair"
    BUSINESS_MANAGER = "business_manager"
    DELEGATED_PARTNER = "delegated_partner"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"


class Occasion(StrEnum):
    """What falls on the date of which somebody is reminded."""

    TARGET = "target"
    REVIEW = "review"
    IMPACT = "impact"


class UnclearRule(ValueError):
    """A rule for reminders cannot be followed as it is written."""

    def __init__(self, field: str, what: str, mend: str) -> None:
        self.field, self.what, self.mend = field, what, mend
        super().__init__(f"A reminder's {field} {what}. {mend}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the ladder. `offset_days` counts working days; it is negative before the date.

    `name` is part of a reminder's unique key: under another name the same reminder would leave
    again, so it stays when the rule's recipients change. Raises `UnclearRule`.
    """

    name: str
    offset_days: int
    recipients: tuple[Recipient, ...]
    occasions: frozenset[Occasion] = frozenset(Occasion)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
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
        cls, offset_days: int, *recipients: Recipient, occasions: Iterable[Occasion] = ()
    ) -> Self:
        """Make a rule named after its day, such as `before-5`; without occasions it is for all."""
        chosen = frozenset(occasions) or frozenset(Occasion)
        return cls(name_of(offset_days), offset_days, recipients, chosen)


@dataclass(frozen=True, slots=True, eq=False)
class Triggered:
    """The rules that were triggered for a date, the latest first; equal only to itself."""

    rules: tuple[Rule, ...]


def name_of(offset_days: int) -> str:
    """Name a rule after its day: -20 gives `before-20`, 0 `on-day`, 5 `after-5`."""
    if offset_days == 0:
        return "on-day"
    return f"{'before' if offset_days < 0 else 'after'}-{abs(offset_days)}"


DEFAULT_RULES: Final = (
    # A review that comes round every 60 working days needs no word a month ahead.
    Rule.on(-20, Recipient.LEAD, occasions=(Occasion.TARGET, Occasion.IMPACT)),
    Rule.on(-5, Recipient.LEAD),
    Rule.on(1, Recipient.LEAD),
    Rule.on(5, Recipient.LEAD, Recipient.SUBGROUP_CHAIR),
    Rule.on(15, Recipient.BUSINESS_MANAGER),
    Rule.on(30, Recipient.DELEGATED_PARTNER),
    Rule.on(60, Recipient.EXECUTIVE, Recipient.SCRUTINEER),
)
"""The ladder that holds unless the configuration has another."""


def checked(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules in the order of their days. Raises `UnclearRule` for a name given twice."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.offset_days))
    names = [rule.name for rule in ordered]
    for name in names:
        if names.count(name) > 1:
            raise UnclearRule(
                "name", f"'{name}' is used twice", "Give each rule a name of its own."
            )
    return ordered
