"""What an email is about in a few words, with nothing sensitive: its headline and its subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from notifications.letter_digest import DigestSection
from notifications.letter_item import DATED, LetterItem, Section
from notifications.rules import Occasion
from notifications.wording import counted
from workflow.civil_dates import MONTHS, format_date

YEAR_AFTER_DAYS: Final = 180
"""Days from which a date is named with its year; nearer ones are clear without."""

_MIXED: Final = "item"
_REVIEW: Final = "review"
_OTHERS: Final = (
    (
        Occasion.DECISION,
        Section.DECISION,
        "1 decision waits for you",
        "{} decisions wait for you",
    ),
    (
        Occasion.DECISION,
        Section.ATTENTION,
        "1 request waits for a decision",
        "{} requests wait for a decision",
    ),
    (
        Occasion.TARGET,
        Section.DECISION,
        "1 report waits for you to confirm it",
        "{} reports wait for you to confirm them",
    ),
    (
        Occasion.TARGET,
        Section.ATTENTION,
        "1 report waits to be confirmed",
        "{} reports wait to be confirmed",
    ),
    (Occasion.ADDRESS, Section.ATTENTION, "1 address refused", "{} addresses refused"),
    (Occasion.VACANCY, Section.ATTENTION, "1 vacant role", "{} vacant roles"),
)
"""What is said of what has no deadline: for one, and for many."""


def headline(items: Sequence[LetterItem], digests: Sequence[DigestSection], day: dt.date) -> str:
    """Say what an email is about: "2 actions due by 31 December".

    It is made of counts, kinds and dates alone: no name, no title and no other words of people.
    """
    said = [*_of_dates(items, day), *_of_the_rest(items)]
    if digests and not said:
        return f"Digest for {digests[0].period}" if len(digests) == 1 else f"{len(digests)} digests"
    return ", ".join([*said, *([counted(len(digests), "digest")] if digests else [])])


def _of_dates(items: Sequence[LetterItem], day: dt.date) -> Iterator[str]:
    dated = [item for item in items if item.section in DATED]
    late = [item for item in dated if item.section is Section.OVERDUE]
    ahead = [item for item in dated if item.section is not Section.OVERDUE]
    noun = _noun(dated)
    if late:
        yield f"{counted(len(late), noun)} overdue"
    if ahead:
        number = f"{len(ahead)}" if late else counted(len(ahead), noun)
        yield f"{number} due by {_short(max(item.target_on for item in ahead), day)}"


def _of_the_rest(items: Sequence[LetterItem]) -> Iterator[str]:
    for occasion, section, one, many in _OTHERS:
        number = sum((item.occasion, item.section) == (occasion, section) for item in items)
        if number:
            yield one if number == 1 else many.format(number)


def _noun(items: Sequence[LetterItem]) -> str:
    kinds = {_REVIEW if item.occasion is Occasion.REVIEW else item.kind for item in items}
    return kinds.pop() if len(kinds) == 1 else _MIXED


def _short(on: dt.date, day: dt.date) -> str:
    """Write a day without its year where nobody can mistake it."""
    if abs((on - day).days) > YEAR_AFTER_DAYS:
        return format_date(on)
    return f"{on.day} {MONTHS[on.month - 1]}"
