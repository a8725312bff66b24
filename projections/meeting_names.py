"""Finding a meeting by what people call it: "September 2024 meeting", "board, March"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from events.refs import order_of
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import MONTHS

_WORD: Final = re.compile(r"[a-z0-9]+")
_MONTHS: Final = tuple(month.casefold() for month in MONTHS)
_SHORT: Final = 3
_EMPTY: Final = frozenset({"the", "of", "meeting", "meetings", "s"})


class Meeting(NamedTuple):
    """A meeting that was held. `subgroup` None: of the whole board."""

    ref: str
    title: str
    held_on: dt.date
    subgroup: str | None
    papers_position: int | None


def meetings(view: View) -> tuple[Meeting, ...]:
    """Return the meetings that were held, by their day."""
    rows = view.all("meetings").items()
    held = [meeting_of(ref, row) for ref, row in rows if row["status"] == "held"]
    return tuple(sorted(held, key=lambda one: (one.held_on, order_of(one.ref))))


def meeting_of(ref: str, row: Row) -> Meeting:
    """Return a meeting from its row."""
    held_on = dt.date.fromisoformat(row["held_on"])
    return Meeting(ref, row["title"], held_on, row["subgroup"], row["papers_position"])


def meetings_called(view: View, words: str) -> tuple[Meeting, ...]:
    """Return the meetings that some words can mean: every word is of the title or of the day.

    Words that say nothing ("the", "meeting") are left out; where nothing else is said, none fits.
    """
    sought = set(_WORD.findall(words.casefold())) - _EMPTY
    if not sought:
        return ()
    return tuple(one for one in meetings(view) if sought <= set(_words(one)))


def _words(meeting: Meeting) -> Iterator[str]:
    yield from _WORD.findall(meeting.title.casefold())
    month = _MONTHS[meeting.held_on.month - 1]
    yield from (month, month[:_SHORT], str(meeting.held_on.year), str(meeting.held_on.day))
    if meeting.subgroup is None:
        yield "board"
