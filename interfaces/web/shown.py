"""How things are written on a page: links that keep the day asked for, dates, statuses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from events.refs import quoted
from interfaces.web.past.history_runs import runs_of
from interfaces.web.thread_stages import strands_of
from projections.board_lines import BoardLine
from projections.civil_days import LONDON
from projections.differences import distance
from projections.item_facts import Fact
from workflow.civil_dates import MONTHS, format_date

_OF_THE_PAST: Final = frozenset({"at", "true-on", "done"})

_REFERENCE: Final = re.compile(r"(AU|A|R|P)[1-9][0-9]*(/[FC][1-9][0-9]*)?")
_SENTENCE_STATUS: Final = {"closed_not_implemented": "closed, not implemented"}


def link_to(past: Mapping[str, str]) -> Callable[..., str]:
    """Return what makes links to pages that show the same past day as this one, if any."""

    def link(path: str, **asked: Any) -> str:  # noqa: ANN401 - whatever an address can hold
        named = {name.replace("_", "-"): str(value) for name, value in asked.items() if value}
        query = urlencode({**past, **named})
        return f"{path}?{query}" if query else path

    return link


def in_the_present(path: str, query: Mapping[str, str]) -> str:
    """Return the address of a page as it stands today, narrowed to the same things."""
    kept = urlencode({name: value for name, value in query.items() if name not in _OF_THE_PAST})
    return f"{path}?{kept}" if kept else path


def as_at(path: str, query: Mapping[str, str], when: str) -> str:
    """Return the address of a page as at another moment, narrowed to the same things."""
    kept = {name: value for name, value in query.items() if name not in _OF_THE_PAST}
    return f"{path}?{urlencode({**kept, 'at': when})}"


def is_thing(words: str) -> bool:
    """Tell whether some words are the reference of a thing, such as AU1/F2, and nothing else."""
    return _REFERENCE.fullmatch(words) is not None


def iso_day(words: str) -> str:
    """Return a day as a date field takes it; empty for a meeting, which no such field can show."""
    try:
        return dt.date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


def sentence(words: str) -> str:
    """Return words with a capital at their beginning, and the others as they were."""
    return words[:1].upper() + words[1:]


def together(facts: Iterable[Fact], without: Collection[str]) -> list[tuple[str, list[str]]]:
    """Return the values of facts that follow one another under one label, apart from some."""
    shown = (fact for fact in facts if fact.label not in without)
    return [
        (label, [fact.value for fact in some])
        for label, some in groupby(shown, key=lambda fact: fact.label)
    ]


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
    return short_day(line.due)


def has_moved(line: BoardLine) -> bool:
    """Tell whether the date of an item is another than its first."""
    return (line.due, line.target) != (line.original_due, line.original_target)


def slippage(line: BoardLine) -> str:
    """Return by how much the date of an item has moved, in words; empty if it has not."""
    if line.due is None or line.original_due is None:
        return ""
    return distance(line.original_due, line.due) or ""


def clock_time(instant: dt.datetime) -> str:
    """Return what a clock in London shows at an aware instant, such as 09:05."""
    return f"{instant.astimezone(LONDON):%H:%M}"


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "day": format_date,
    "as_at": as_at,
    "in_the_present": in_the_present,
    "iso_day": iso_day,
    "runs": runs_of,
    "sentence": sentence,
    "strands": strands_of,
    "together": together,
    "short_day": short_day,
    "clock": clock_time,
    "quoted": quoted,
    "status": status_words,
    "meaning": meaning,
    "slippage": slippage,
    "has_moved": has_moved,
}
"""The filters of the templates."""

TESTS: Final[Mapping[str, Callable[[str], bool]]] = {"thing": is_thing}
"""The tests of the templates."""
