"""Rules of one plan or audit that leave out people whom the general rules tell.

That may well be meant, and is easily overlooked: one step of its own takes the place of the whole
ladder. So it is told in a line wherever reminders start and are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from events.directory import Office
from events.refs import quoted
from notifications.directory import Directory
from notifications.ladder import holding
from notifications.reasons import rule_in_words
from notifications.rules import (
    LADDER,
    Addressee,
    NamedRole,
    Occasion,
    Recipient,
    Rule,
    name_of,
)
from notifications.wording import called, joined
from projections.store import View

_DATES: Final = {
    Occasion.TARGET: "target dates",
    Occasion.REVIEW: "reviews",
    Occasion.IMPACT: "impact dates",
    Occasion.RE_AUDIT: "re-audits",
    Occasion.CLOCK: "clocks",
    Occasion.DECISION: "requests for more time",
}

_OFFICES: Final = {
    Recipient(office.value): office for office in Office if office is not Office.LEAD
}
"""The recipients who are told by their office; a lead is whoever leads the item."""

_SOME_OF_THEM: Final = {Recipient.SUBGROUP_CHAIR, Recipient.DELEGATED_PARTNER}
"""Of these not all are told of an item, but those whom it concerns."""


def narrowed(rules: Iterable[Rule], view: View | None = None) -> tuple[str, ...]:
    """Return a sentence for each plan or audit whose own rules tell fewer people.

    `view`: shows who is who. Without it a role that rules name themselves is taken for no office.
    """
    given = tuple(sorted(rules, key=lambda rule: rule.offset_days))
    places = dict.fromkeys(rule.within for rule in given if rule.within is not None)
    directory = Directory.of(view) if places and view is not None else None
    return tuple(said for place in places for said in _of_place(given, place, directory))


def _of_place(rules: Sequence[Rule], place: str, directory: Directory | None) -> Iterator[str]:
    """Say what is left out for each kind of date; those of which the same holds are one."""
    found: dict[tuple[str, str], list[Occasion]] = {}
    for occasion in Occasion:
        own, general = holding(rules, occasion, place), holding(rules, occasion, None)
        told = _recipients(own)
        missing = [one for one in _recipients(general) if not _is_told(one, told, directory)]
        if missing:
            says = (_steps(own, directory), joined(called(one, directory) for one in missing))
            found.setdefault(says, []).append(occasion)
    for (steps, left_out), occasions in found.items():
        yield (
            f"For {_dates(occasions)}{quoted(place)} only {steps}, and nobody else, since"
            f" config.toml overrides the ladder there: not {left_out}. If that is not meant, add"
            f" their steps to the entry for {quoted(place)} in [reminders] overrides."
        )


def _is_told(one: Addressee, told: Collection[Addressee], directory: Directory | None) -> bool:
    """Tell whether somebody is among those told: as they are called, or by each of their roles."""
    if one in told or directory is None:
        return one in told
    some = {
        role for other in told if other not in _SOME_OF_THEM for role in _roles(other, directory)
    }
    meant = _roles(one, directory)
    return bool(meant) and meant <= some


def _roles(addressee: Addressee, directory: Directory) -> set[str]:
    if isinstance(addressee, NamedRole):
        role = directory.role_called(addressee.words)
        return {role.ref} if role else set()
    office = _OFFICES.get(addressee)
    return {role.ref for role in directory.roles_in(office)} if office else set()


def _dates(occasions: Sequence[Occasion]) -> str:
    if frozenset(occasions) == LADDER:
        return ""
    return f"the {joined(_DATES.get(one, one.value) for one in occasions)} of "


def _steps(rules: Sequence[Rule], directory: Directory | None) -> str:
    """Say who is told when: "whoever leads it is told 10 working days before"."""
    parts = []
    for rule in rules:
        several = len(rule.recipients) > 1 or rule.recipients[0] is Recipient.DELEGATED_PARTNER
        who = joined(called(one, directory) for one in rule.recipients)
        when = rule_in_words(name_of(rule.offset_days))
        parts.append(f"{who} {'are' if several else 'is'} told {when}")
    return joined(parts)


def _recipients(rules: Iterable[Rule]) -> dict[Addressee, None]:
    return dict.fromkeys(recipient for rule in rules for recipient in rule.recipients)
