"""The tables of one sheet: a csv file, or one sheet of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interfaces.documents.cell_text import one_line, shortened
from interfaces.documents.columns import known_names, nearest_field, plan_columns
from interfaces.documents.document import PlanTable, Problem, ResponseTable, Severity
from interfaces.documents.grid import GridLine
from interfaces.documents.plan_rows import PlanReading
from interfaces.documents.priorities import priority_heading
from interfaces.documents.response_rows import Part, ResponseReading, response_header

_MOST_GUESSES = 20


@dataclass(slots=True)
class SheetReading:
    """What one sheet holds."""

    plans: list[PlanTable] = field(default_factory=list)
    responses: list[ResponseTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(lines: Sequence[GridLine], name: str, sheet: str | None = None) -> SheetReading:
    """Read the tables of a sheet; rows above the first header are titles.

    `name` is the title where the sheet shows none; `sheet` is None for a csv file.
    """
    result = SheetReading()
    lines = [line for line in lines if not line.blank]
    starts = [place for place, line in enumerate(lines) if _is_header(line)]
    if not starts:
        result.problems += [_no_table(lines, sheet)] if lines else []
        return result
    _read_tables(_tables(lines, starts, name), sheet, result)
    return result


@dataclass(frozen=True, slots=True)
class _Table:
    """The header of a table and what stands below it; `title` is None if it goes on."""

    title: str | None
    lines: Sequence[GridLine]


def _is_header(line: GridLine) -> bool:
    return response_header(line.cells) is not None or plan_columns(line.cells) is not None


def _tables(lines: Sequence[GridLine], starts: list[int], name: str) -> list[_Table]:
    """Cut a sheet at its headers; a title or a priority above a header belongs to it."""
    cuts = [_start_with_titles(lines, start, first=start == starts[0]) for start in starts]
    tables = []
    for cut, start, end in zip(cuts, starts, [*cuts[1:], len(lines)], strict=True):
        above = lines[cut:start]
        titles = [line for line in above if not priority_heading(line)]
        title = one_line(titles[0].filled[0]) if titles else None
        if start == starts[0] and title is None:
            title = name
        priorities = [line for line in above if priority_heading(line)]
        tables.append(_Table(title, [*priorities, *lines[start:end]]))
    return tables


def _start_with_titles(lines: Sequence[GridLine], start: int, *, first: bool) -> int:
    if first:
        return 0
    while len(lines[start - 1].filled) == 1:
        start -= 1
    return start


def _read_tables(tables: list[_Table], sheet: str | None, result: SheetReading) -> None:
    plan: PlanReading | None = None
    plan_title = ""
    for table in tables:
        header = next(line for line in table.lines if _is_header(line))
        responses = response_header(header.cells)
        if responses is not None:
            kind, parts = responses
            _read_responses(table, ResponseReading(kind, "", sheet), parts, result)
            continue
        if plan is None or table.title is not None:
            _keep(plan, plan_title, result)
            plan, plan_title = PlanReading(sheet), table.title or sheet or ""
        plan.feed(table.lines)
    _keep(plan, plan_title, result)


def _keep(plan: PlanReading | None, title: str, result: SheetReading) -> None:
    if plan is not None:
        plan.finish()
        result.plans.append(PlanTable(title, tuple(plan.rows), plan.sheet))
        result.problems += plan.problems


def _read_responses(
    table: _Table, reading: ResponseReading, parts: tuple[Part, ...], result: SheetReading
) -> None:
    reading.feed((line for line in table.lines if not _is_header(line)), parts)
    reading.finish()
    heading = table.title or (result.responses[-1].heading if result.responses else "")
    rows = tuple(reading.rows)
    result.responses.append(
        ResponseTable(reading.kind, heading, rows, reading.impact, reading.sheet)
    )
    result.problems += reading.problems


def _no_table(lines: Sequence[GridLine], sheet: str | None) -> Problem:
    """Say what was looked for, and which cell of the widest early row comes near to it."""
    row = max(lines[:30], key=lambda line: len(line.filled))
    near = [
        f"“{shortened(cell, 30)}” may be the {guess}"
        for cell in row.filled[:_MOST_GUESSES]
        if (guess := nearest_field(cell)) is not None
    ]
    guesses = f" ({'; '.join(near)})" if near else ""
    what = f"No row names the columns of a plan; the known names are {known_names()}{guesses}."
    mend = "Put a row such as “Action, Target date, Lead” above the actions."
    value = shortened(" | ".join(row.filled))
    return Problem(row.number, "sheet", value, what, mend, Severity.UNREAD, sheet)
