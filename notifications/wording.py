"""Words that every email and listing about reminders shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from notifications.directory import Directory
from notifications.rules import Addressee, NamedRole, Recipient
from workflow.civil_dates import MONTHS, WEEKDAYS

RECIPIENTS: Final = {
    Recipient.LEAD: "whoever leads it",
    Recipient.SUBGROUP_CHAIR: "the chair of the subgroup",
    Recipient.BUSINESS_MANAGER: "the business manager",
    Recipient.DELEGATED_PARTNER: "the delegated partners",
    Recipient.EXECUTIVE: "the executive",
    Recipient.SCRUTINEER: "the independent scrutineer",
    Recipient.DECIDER: "whoever decides on more time",
}
"""What each recipient of a rule is called."""


def called(addressee: Addressee, directory: Directory | None = None) -> str:
    """Say whom a rule names; a role that it names itself by its title where that is known."""
    if isinstance(addressee, NamedRole):
        return f"whoever holds the role of {_title(addressee.words, directory)}"
    return RECIPIENTS[addressee]


def joined(parts: Iterable[str]) -> str:
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Count things: "1 action", "2 actions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def weekday_and_day(day: dt.date) -> str:
    """Write a day that is near: "Wednesday 4 December"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def shortened(words: str, most: int) -> str:
    """Return words on one line, cut between two words where they are longer than `most`."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    kept = line[:most].rsplit(" ", 1)[0]
    return f"{kept.rstrip(' ,.;:')}…"


def _title(words: str, directory: Directory | None) -> str:
    role = directory.role_called(words) if directory else None
    return role.title if role else words
