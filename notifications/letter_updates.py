"""The last thing that was told of an action or a recommendation, and when."""

from __future__ import annotations

import datetime as dt
from typing import Final

from notifications.wording import shortened
from projections.projection import Row
from workflow.civil_dates import format_date

LONGEST: Final = 300
"""So many characters of somebody's words are shown at most; the record has them all."""

_SAID_WITH: Final = {
    "blocked": ("blocked", "status_reason"),
    "on_hold": ("put on hold", "status_reason"),
    "submitted": ("reported as done", "what_we_did"),
    "implemented": ("reported as done", "what_we_did"),
    "in_progress": ("work began", None),
}
"""What was told when each status was reached, and where the words for it are."""


def last_update(row: Row) -> str:
    """Say what was told last and when, such as "2 December 2024: Half of the schools have it."."""
    on = row["last_update_on"]
    if on is None:
        return "none yet"
    told = _of_status(row, on) or _of_request(row, on)
    if told:
        return f"{_written(on)}: {told}"
    note = row["latest_note"]
    return f"{_written(on)}: {shortened(note, LONGEST)}" if note else _written(on)


def _of_status(row: Row, on: str) -> str | None:
    """Return what was told with the status, where nothing is known to have been told since."""
    status = row["status"]
    if status not in _SAID_WITH or row["reached"].get(status) != on:
        return None
    said, words_in = _SAID_WITH[status]
    words = row.get(words_in) if words_in else row["latest_note"]
    if words_in is None and words:
        return None
    return f"{said}. {shortened(words, LONGEST)}" if words else f"{said}."


def _of_request(row: Row, on: str) -> str | None:
    asked = [one for one in row["extensions"] if one["asked_on"] == on]
    if not asked:
        return None
    return f"more time was asked for. Progress so far: {shortened(asked[-1]['progress'], LONGEST)}"


def _written(day: str) -> str:
    return format_date(dt.date.fromisoformat(day))
