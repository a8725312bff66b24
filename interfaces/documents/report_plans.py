"""The tables of a plan in a report's text, mended into whole rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from interfaces.documents.columns import Columns, PlanField, plan_columns
from interfaces.documents.document import Problem
from interfaces.documents.grid import GridLine
from interfaces.documents.report_lines import Report
from interfaces.documents.sentences import starts_midway
from interfaces.documents.torn_rows import (
    completed,
    continued,
    is_date,
    mended,
    preceded,
    run_on_parted,
)


@dataclass(slots=True)
class PlanLines:
    """The lines of one table: its priority, its header, its rows; and what was mended."""

    end: int
    lines: list[GridLine] = field(default_factory=list)
    mends: list[Problem] = field(default_factory=list)
    columns: Columns = ()
    first_row: int = 0

    def keep(self, mending: tuple[GridLine, Problem]) -> None:
        """Take a mended row, and remember to say so."""
        row, mend = mending
        self.lines.append(row)
        self.mends.append(mend)

    @property
    def has_rows(self) -> bool:
        """Whether a row was read yet."""
        return len(self.lines) > self.first_row


def plan_at(report: Report, place: int) -> PlanLines | None:
    """The table of a plan whose priority or header stands here; `end` is the place after it."""
    start = report.next_filled(place + 1) if report.priority_at(place) else place
    columns = plan_columns(report[start].grid.cells) if start < len(report) else None
    if columns is None or PlanField.ACTION not in columns:
        return None
    above = [report[place].grid] if start != place else []
    lines = [*above, report[start].grid]
    table = PlanLines(start + 1, lines, [], columns, len(lines))
    while table.end < len(report) and _take_line(report, table):
        pass
    return table


def _take_line(report: Report, table: PlanLines) -> bool:
    """Take the line at the end of the table; False where the table ends before it."""
    place = table.end
    line = report[place]
    if line.blank:
        return _cross_gap(report, table)
    if line.rule or report.header_at(place) or report.heading_at(place):
        return False
    table.end += 1
    if line.tabbed:
        _take_row(line.grid, table)
    else:
        _take_loose_line(report, place, table)
    return True


def _cross_gap(report: Report, table: PlanLines) -> bool:
    """Go over a page break, if what comes after it can only be a row of this table."""
    place = report.next_filled(table.end)
    if place == len(report) or not report[place].tabbed or report.header_at(place):
        return False
    row = report[place].grid
    at = table.columns.index(PlanField.TARGET_DATE) if PlanField.TARGET_DATE in table.columns else 0
    whole = len(row.filled) == len([column for column in table.columns if column])
    dated = at < len(row.cells) and is_date(row.cells[at])
    if not (whole or dated or (table.has_rows and not row.cells[0])):
        return False
    if table.has_rows:
        what = "Blank lines part the table here; the rows below were read on as part of it."
        table.mends.append(mended(row.number, "table", "", what))
    table.end = place
    return True


def _take_row(row: GridLine, table: PlanLines) -> None:
    last = table.lines[-1] if table.has_rows else None
    if last and not row.cells[0]:
        table.keep(continued(table.lines.pop(), row))
    elif last and (whole := completed(last, row, table.columns)):
        table.lines.pop()
        table.keep(whole)
    elif parted := run_on_parted(row, table.columns):
        table.keep(parted)
    else:
        table.lines.append(row)


def _take_loose_line(report: Report, place: int, table: PlanLines) -> None:
    """A line without tabs: the start of the next row, the end of the last, or a row by itself."""
    line = report[place]
    below = report[place + 1].grid if place + 1 < len(report) else None
    joined = preceded(line.text, line.number, below) if below else None
    if joined:
        table.end += 1
        table.keep(joined)
    elif table.has_rows and starts_midway(line.text):
        row = table.lines.pop()
        cells = (*row.cells[:-1], f"{row.cells[-1]} {line.text}")
        what = f"Line {line.number} has no cells and was joined to the end of the row above."
        table.keep((GridLine(row.number, cells), mended(row.number, "row", line.text, what)))
    else:
        table.lines.append(line.grid)
