"""The month in figures, each beside that of a month before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from notifications.digest_sight import AWAITS_IMPACT, DigestSight
from notifications.letter_digest import Line, Paragraph, line_of
from projections.board_lines import ENDED
from projections.projection import Row
from projections.store import View
from workflow.working_days import WorkingDays

_COUNTED: Final = (
    ("New actions and recommendations", ("actions_created", "recommendations_made")),
    ("Confirmed as done", ("actions_completed", "recommendations_verified")),
    ("Impact shown", ("impacts_shown",)),
    ("Target dates moved", ("dates_moved",)),
    ("More time given", ("extensions_approved",)),
    ("Emails sent", ("reminders_sent",)),
)
"""What the read model "series" counts in each month, under what it is called here."""

_ON_TIME_OR_DONE: Final = ENDED | AWAITS_IMPACT


def figures(sight: DigestSight) -> Paragraph:
    """Return the figures of the month, each with that of the month before in brackets."""
    month = sight.period.first_on
    before = (month - dt.timedelta(days=1)).replace(day=1)
    calendar, items, items_then = (
        sight.desk.calendar,
        sight.work.values(),
        sight.work_before.values(),
    )
    late = _overdue(items, sight.day, calendar)
    lines = [
        _line("Open", _open(items), _open(items_then)),
        _line("Overdue", late, _overdue(items_then, month, calendar)),
        *(
            _line(name, _sum(sight.now, month, fields), _sum(sight.now, before, fields))
            for name, fields in _COUNTED
        ),
    ]
    return "In figures (a month before in brackets)", tuple(lines)


def _line(name: str, now: int, before: int) -> Line:
    return line_of(f"{name}: {now} ({before})")


def _open(rows: Iterable[Row]) -> int:
    return sum(row["status"] not in ENDED for row in rows)


def _overdue(rows: Iterable[Row], day: dt.date, calendar: WorkingDays) -> int:
    # Overdue begins on the next working day, so the day's own or the last one counts.
    before = calendar.on_or_before(day).isoformat()
    return sum(_is_late(row, before) for row in rows)


def _is_late(row: Row, before: str) -> bool:
    due = row["target"].get("due") if row["target"] else None
    return due is not None and due < before and row["status"] not in _ON_TIME_OR_DONE


def _sum(view: View, month: dt.date, fields: tuple[str, ...]) -> int:
    rows = (view.get("series", f"{month:%Y-%m}/{field}") for field in fields)
    return sum(row["count"] for row in rows if row)
