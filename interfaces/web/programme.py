"""The audit programme of a year: what each audit has reached, and what of it falls due when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from events.audit import AuditStage
from events.refs import order_of, quoted
from projections.board_lines import ENDED
from projections.clock_facts import status_of_clock
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import MONTHS, month_name
from workflow.clock_state import ClockStatus, clock_ref

_BEFORE_FIELDWORK: Final = frozenset({"planned", "scoped"})
_ENDED: Final = frozenset({"closed", "cancelled"})
_MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of an audit that falls on a day: reached, or due.

    `words` say what, such as "fieldwork due". `written`: the date as it was written, where that
    differs. `is_open`: it is due and was not done yet; `is_late`: its day has passed.
    """

    on: dt.date
    ref: str
    title: str
    words: str
    written: str = ""
    is_open: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Programmed:
    """An audit as the programme lists it."""

    ref: str
    title: str
    kind: str
    stage: str
    subgroup: str
    lead: str
    themes: tuple[str, ...]
    fieldwork_by: str
    recommendations: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme of a year; `due` is whatever is due and not done, of any year.

    `parts` are its months or quarters with what falls into each; `years` all that have anything.
    """

    year: int
    years: tuple[int, ...]
    due: tuple[Entry, ...]
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]
    audits: tuple[Programmed, ...]


def programme(view: View, names: Names, year: int | None, *, by_quarter: bool) -> Programme:
    """Return the programme of a year, that of the day of the names if none is given."""
    rows = view.all("audits")
    entries = sorted(
        (one for ref in rows for one in _entries(ref, rows[ref], names.on)),
        key=lambda one: (one.on, order_of(one.ref)),
    )
    chosen = year or names.on.year
    within = [one for one in entries if one.on.year == chosen]
    touched = {one.ref.partition("/")[0] for one in within}
    touched.update(ref for ref, row in rows.items() if _runs_in(row, chosen, names.on))
    recommendations = view.all("recommendations")
    return Programme(
        chosen,
        tuple(sorted({one.on.year for one in entries} | {names.on.year}, reverse=True)),
        tuple(one for one in entries if one.is_open),
        tuple(_parts(within, by_quarter=by_quarter)),
        tuple(
            _programmed(ref, rows[ref], names, recommendations)
            for ref in sorted(rows, key=order_of)
            if ref in touched
        ),
    )


def _entries(ref: str, row: Row, on: dt.date) -> Iterator[Entry]:
    title = row["title"]
    for stage in AuditStage:
        if stage.value in row["reached"]:
            day = dt.date.fromisoformat(row["reached"][stage.value])
            yield Entry(day, ref, title, _reached(stage.value))
    yield from _due(
        ref, title, row["fieldwork_by"], "fieldwork", on, row["stage"] in _BEFORE_FIELDWORK
    )
    awaited = row["stage"] == "closed" and not row["followed_up_on"]
    yield from _due(ref, title, row["re_audit"], "to be audited again", on, awaited)
    yield from _due(ref, title, row["impact_review"], "impact to be looked at", on, awaited)
    for number, clock in row["clocks"].items():
        runs = clock["status"] == ClockStatus.RUNNING.value
        due_on = dt.date.fromisoformat(clock["due_on"])
        words = f"{clock['title']}, {status_of_clock(clock)}"
        of_clock = clock_ref(ref, int(number))
        yield Entry(due_on, of_clock, title, words, "", runs, runs and due_on < on)


def _runs_in(row: Row, year: int, on: dt.date) -> bool:
    """Tell whether an audit was under way at any time of a year, as far as is known on a day."""
    days: dict[str, str] = row["reached"]
    ended = days.get(row["stage"], "") if row["stage"] in _ENDED else on.isoformat()
    return days["planned"][:4] <= str(year) <= ended[:4]


def _due(
    ref: str,
    title: str,
    target: Row | None,
    what: str,
    on: dt.date,
    awaited: bool,  # noqa: FBT001
) -> Iterator[Entry]:
    due = target.get("due") if target else None
    if target is None or due is None:
        return
    day = dt.date.fromisoformat(due)
    yield Entry(day, ref, title, f"{what} due", target["as_written"], awaited, awaited and day < on)


def _reached(stage: str) -> str:
    return {
        "fieldwork": "fieldwork began",
        "analysis": "analysis began",
        "moderation": "moderation began",
        "monitoring": "monitoring began",
    }.get(stage, stage)


def _parts(entries: list[Entry], *, by_quarter: bool) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    name = _quarter if by_quarter else _month
    for heading, some in groupby(entries, lambda one: name(one.on)):
        yield heading, tuple(some)


def _month(day: dt.date) -> str:
    return month_name(day.year, day.month)


def _quarter(day: dt.date) -> str:
    first = (day.month - 1) // _MONTHS_OF_A_QUARTER * _MONTHS_OF_A_QUARTER
    return f"{MONTHS[first]} to {MONTHS[first + _MONTHS_OF_A_QUARTER - 1]} {day.year}"


def _programmed(ref: str, row: Row, names: Names, recommendations: Mapping[str, Row]) -> Programmed:
    # Of some recommendations the visitor may see nothing.
    made = [recommendations[one] for one in row["recommendations"] if one in recommendations]
    return Programmed(
        quoted(ref),
        row["title"],
        row["kind"].replace("_", " "),
        row["stage"],
        names.called(row["subgroup"]) if row["subgroup"] else "",
        names.called(row["lead_role"]) if row["lead_role"] else "",
        tuple(row["themes"]),
        row["fieldwork_by"]["as_written"] if row["fieldwork_by"] else "",
        len(made),
        sum(one["status"] not in ENDED for one in made),
    )
