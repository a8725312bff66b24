"""What an email says of the calendar files that it brings, and of entries that are to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from events.refs import quoted
from notifications.letter_calendar import CalendarChanges, Entry

MOST_ENDED: Final = 20
"""So many entries are taken out by files at most, each being one of its own; the rest is named."""

_DATES: Final = (
    "The attached deadlines.ics has the dates ahead. Open it to take them into your calendar; a"
    " date that you have already is put right."
)


def calendar_sentences(changes: CalendarChanges, *, has_dates: bool) -> Iterator[str]:
    """Yield what there is to say, nothing where no file is attached.

    `has_dates`: deadlines.ics is attached.
    """
    if has_dates:
        yield _DATES
    if changes.moved:
        yield f"Moved since you were told: {_refs(changes.moved)}."
    if changes.ended:
        other = "other " if has_dates else ""
        yield (
            f"No longer due from you: {_refs(changes.ended[:MOST_ENDED])}. Open the {other}attached"
            " files to take them out of your calendar."
        )
    if beyond := changes.ended[MOST_ENDED:]:
        yield f"Nor are these, which have no file: {_refs(beyond)}. Take them out by hand."


def _refs(entries: Sequence[Entry]) -> str:
    return ", ".join(quoted(entry.item) for entry in entries)
