"""The board: where every action and recommendation stands, as known in a view, on a day.

Lines are sorted by plan, priority and number: actions of plans first, then other actions, then
recommendations, so that the same question always gets the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from events.recommendation import Colour
from projections.board_filter import BoardFilter, Wanted, named
from projections.board_lines import BoardLine, LineMaker
from projections.collecting import no_search_for_rings
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.brag import CADENCE_DAYS
from workflow.working_days import WorkingDays

_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a day.

    `position` is how much of the log was known. `counts` holds the number of items of each colour
    that match the filters other than the colour's own. `without_holder` names the leads of open
    items for whom nobody acts on the day. `warnings` tell what cannot be promised of the day and of
    the dates of open items.
    """

    on: dt.date
    position: int
    lines: tuple[BoardLine, ...]
    counts: dict[Colour, int]
    without_holder: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> Row:
        """Return the board as plain values."""
        return {
            "on": self.on.isoformat(),
            "position": self.position,
            "counts": {colour.value: count for colour, count in self.counts.items()},
            "without_holder": list(self.without_holder),
            "warnings": list(self.warnings),
            "lines": [line.as_json() for line in self.lines],
        }


class MakesLines(Protocol):
    """What makes lines of items, for one view and one day (see `LineMaker`)."""

    @property
    def names(self) -> Names:
        """Return what things are called in the view, on the day."""

    def line(self, ref: str, row: Row) -> BoardLine:
        """Return the line of an item."""


def board(
    view: View,
    on: dt.date,
    calendar: WorkingDays,
    filters: BoardFilter | None = None,
    *,
    cadence_days: int = CADENCE_DAYS,
    maker: MakesLines | None = None,
) -> Board:
    """Return the board of a day. Raises `NothingCalled` for a filter that names nothing.

    The view says what was known; `on` is the day for which colours, holders and delays are worked
    out. For the board as known at the end of a day, give a view of that day and the day itself.
    `cadence_days`: working days within which work in progress has to be reported on. `maker`: of
    lines of this view and day, where one is kept.
    """
    filters = filters or BoardFilter()
    maker = maker or LineMaker(Names(view, on), calendar, cadence_days)
    wanted = Wanted(named(filters, maker.names), view, maker.names)
    with no_search_for_rings():
        lines = [maker.line(ref, row) for ref, row in _rows(view) if wanted.takes(ref, row)]
    lines.sort(key=_place)
    counts = dict.fromkeys(Colour, 0)
    for line in lines:
        counts[line.brag.colour] += 1
    if filters.brag is not None:
        lines = [line for line in lines if line.brag.colour is filters.brag]
    warnings = _warnings(lines, on, calendar)
    return Board(on, view.position, tuple(lines), counts, _without_holder(lines), warnings)


def _rows(view: View) -> Iterator[tuple[str, Row]]:
    return chain(view.all("actions").items(), view.all("recommendations").items())


def _place(line: BoardLine) -> tuple[bool, int, int, int]:
    plan = int(line.plan.rpartition("-")[2]) if line.plan else _LAST
    number = int(line.ref.rpartition("-")[2])
    return line.kind == "recommendation", plan, line.priority or _LAST, number


def _warnings(lines: list[BoardLine], on: dt.date, calendar: WorkingDays) -> tuple[str, ...]:
    """Warn once: of the latest day that is counted from."""
    open_lines = (line for line in lines if not line.ended)
    ahead = (day for line in open_lines for day in (line.due, line.impact_due) if day is not None)
    warning = calendar.warning_for(max((on, *ahead)))
    return (warning,) if warning else ()


def _without_holder(lines: list[BoardLine]) -> tuple[str, ...]:
    unheld = {
        lead.title
        for line in lines
        if not line.ended
        for lead in line.leads
        if not lead.holders and not lead.ref.startswith("agency-")
    }
    return tuple(sorted(unheld))
