"""Finding entries of the directory by what they are called, and who looks after the whole of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from events.directory import Access, Office
from projections.projection import Row
from projections.role_rows import role_facts
from workflow.directory_names import folded

Directory = Mapping[str, Row]
"""The rows of the read model "directory" by reference."""


def managers_on(directory: Directory, day: dt.date) -> frozenset[str]:
    """Return who acts as business manager for the whole partnership on a day."""
    acting: set[str] = set()
    for ref, row in directory.items():
        if row["kind"] == "person" and _manages_by_name(row):
            acting.add(ref)
        elif row["kind"] == "role" and row["office"] == Office.BUSINESS_MANAGER:
            acting.update(role_facts(ref, row).held_by_on(day))
    return frozenset(ref for ref in acting if is_here_on(directory[ref], day))


def holder_of_address(directory: Directory, email: str, today: dt.date) -> str | None:
    """Return who has an address today, whatever its capitals; None if nobody has."""
    sought = folded(email)
    for ref, row in directory.items():
        here = row["kind"] == "person" and is_here_on(row, today)
        if here and row["email"] and folded(row["email"]) == sought:
            return ref
    return None


def entry_called(directory: Directory, category: str, words: str) -> str | None:
    """Return the current entry of a category that has a name, title or alias; or None."""
    sought = folded(words)
    for ref, row in directory.items():
        current = row["kind"] == category and row["standing"] == "current"
        if current and any(folded(name) == sought for name in _names_of(row)):
            return ref
    return None


def is_here_on(person: Row, day: dt.date) -> bool:
    """Tell whether somebody belongs to the partnership on a day."""
    return person["last_day_on"] is None or day.isoformat() <= person["last_day_on"]


def _manages_by_name(person: Row) -> bool:
    return any(
        grant["access"] == Access.BUSINESS_MANAGER and not (grant["subgroup"] or grant["agency"])
        for grant in person["grants"]
    )


def _names_of(row: Row) -> Iterator[str]:
    if row["kind"] == "role":
        yield row["title"]
        yield from row["aliases"].values()
    else:
        yield row["name"]
