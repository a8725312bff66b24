"""How things are written on a page: links that keep the day asked for, dates, statuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from events.refs import quoted
from projections.board_lines import BoardLine
from projections.differences import distance
from workflow.civil_dates import MONTHS, format_date

_SENTENCE_STATUS: Final = {"closed_not_implemented": "closed, not implemented"}


def link_to(past: Mapping[str, str]) -> Callable[..., str]:
    """Return what makes links to pages that show the same past day as this one, if any."""

    def link(path: str, **asked: Any) -> str:  # noqa: ANN401 - whatever an address can hold
        named = {name.replace("_", "-"): str(value) for name, value in asked.items() if value}
        query = urlencode({**past, **named})
        return f"{path}?{query}" if query else path

    return link


def status_words(status: str) -> str:
    """Return a status as people say it."""
    return _SENTENCE_STATUS.get(status, status.replace("_", " "))


def short_day(day: dt.date) -> str:
    """Write a day in little space: 31 Mar 2025."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def meaning(line: BoardLine) -> str:
    """Return the day that an item's date is taken to mean; empty where its words say it."""
    if line.due is None or line.target in {format_date(line.due), short_day(line.due)}:
        return ""
    return format_date(line.due)


def has_moved(line: BoardLine) -> bool:
    """Tell whether the date of an item is another than its first."""
    return (line.due, line.target) != (line.original_due, line.original_target)


def slippage(line: BoardLine) -> str:
    """Return by how much the date of an item has moved, in words; empty if it has not."""
    if line.due is None or line.original_due is None:
        return ""
    return distance(line.original_due, line.due) or ""


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "day": format_date,
    "short_day": short_day,
    "quoted": quoted,
    "status": status_words,
    "meaning": meaning,
    "slippage": slippage,
    "has_moved": has_moved,
}
"""The filters of the templates."""
