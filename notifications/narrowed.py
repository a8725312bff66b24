"""Rules of one plan or audit that leave out people whom the general rules tell.

That may well be meant, and is easily overlooked: one step of its own takes the place of the whole
ladder. So it is told in a line wherever reminders start and are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from events.refs import quoted
from notifications.ladder import holding
from notifications.reasons import rule_in_words
from notifications.rules import LADDER, Addressee, Occasion, Rule, name_of
from notifications.wording import called, joined

_DATES: Final = {
    Occasion.TARGET: "target dates",
    Occasion.REVIEW: "reviews",
    Occasion.IMPACT: "impact dates",
    Occasion.RE_AUDIT: "re-audits",
    Occasion.CLOCK: "clocks",
    Occasion.DECISION: "requests for more time",
}


def narrowed(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return a sentence for each plan or audit whose own rules tell fewer people."""
    given = tuple(sorted(rules, key=lambda rule: rule.offset_days))
    places = dict.fromkeys(rule.within for rule in given if rule.within is not None)
    return tuple(said for place in places for said in _of_place(given, place))


def _of_place(rules: Sequence[Rule], place: str) -> Iterator[str]:
    """Say what is left out for each kind of date; those of which the same holds are one."""
    found: dict[tuple[str, str], list[Occasion]] = {}
    for occasion in Occasion:
        own, general = holding(rules, occasion, place), holding(rules, occasion, None)
        missing = [one for one in _recipients(general) if one not in _recipients(own)]
        if missing:
            says = (_steps(own), joined(called(one) for one in missing))
            found.setdefault(says, []).append(occasion)
    for (steps, left_out), occasions in found.items():
        yield (
            f"For {_dates(occasions)}{quoted(place)} only {steps}, and nobody else, since"
            f" config.toml overrides the ladder there: not {left_out}. If that is not meant, add"
            f" their steps to the entry for {quoted(place)} in [reminders] overrides."
        )


def _dates(occasions: Sequence[Occasion]) -> str:
    if frozenset(occasions) == LADDER:
        return ""
    return f"the {joined(_DATES.get(one, one.value) for one in occasions)} of "


def _steps(rules: Sequence[Rule]) -> str:
    """Say who is told when: "whoever leads it is told 10 working days before"."""
    parts = []
    for rule in rules:
        verb = "are" if len(rule.recipients) > 1 else "is"
        who = joined(called(one) for one in rule.recipients)
        parts.append(f"{who} {verb} told {rule_in_words(name_of(rule.offset_days))}")
    return joined(parts)


def _recipients(rules: Iterable[Rule]) -> dict[Addressee, None]:
    return dict.fromkeys(recipient for rule in rules for recipient in rule.recipients)
