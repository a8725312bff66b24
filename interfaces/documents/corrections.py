"""What a person corrected in the cells of a plan: the document as if it had said so.

The file itself stays as it is; its name and the hash of its bytes stay those of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from interfaces.documents.cell_text import clean, one_line
from interfaces.documents.columns import PlanField
from interfaces.documents.document import (
    Document,
    PlanRow,
    PlanTable,
    Problem,
    ResponseRow,
    ResponseTable,
    Severity,
)
from interfaces.documents.lead_cells import leads_in
from interfaces.documents.priorities import priority_cell
from interfaces.documents.required_cells import lead_problems, no_action
from interfaces.documents.target_date_cells import target_date_or_problem

Place: TypeAlias = tuple[str | None, int]
"""Where a row stands: its sheet, None where there is none, and its line."""

COLUMN: Final = "column"
"""The field of a problem with a cell that stands under no heading."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the cells of one row should say. `drops_stray`: what stands under no heading goes.

    In a table of responses, the recommendation and its progress are what was found and done.
    """

    cells: Mapping[PlanField, str] = field(default_factory=dict)
    drops_stray: bool = False


def corrected(document: Document, corrections: Mapping[Place, Correction]) -> Document:
    """Return the document with some of its rows corrected, and their problems found anew."""
    if not corrections:
        return document
    problems = [
        problem
        for problem in document.problems
        if not _is_over(problem, corrections.get((problem.sheet, problem.line)))
    ]
    for table in document.plans:
        for row in table.rows:
            given = corrections.get((table.sheet, row.line))
            problems += _problems(row, given, table.sheet) if given else ()
    bad = {(one.sheet, one.line) for one in problems if one.severity is Severity.BAD}
    return replace(
        document,
        plans=tuple(_table(table, corrections, bad) for table in document.plans),
        responses=tuple(_responses(table, corrections) for table in document.responses),
        problems=tuple(problems),
    )


def written(row: PlanRow, of: PlanField) -> str:
    """What a cell of a row says, in such words as would be read to the same again."""
    match of:
        case PlanField.ACTION:
            return row.text
        case PlanField.TARGET_DATE:
            return row.target_date_words
        case PlanField.LEAD:
            return "; ".join(row.leads)
        case PlanField.PRIORITY:
            number = f"Priority {row.priority_number}: " if row.priority_number else ""
            return f"{number}{row.priority}" if row.priority else ""
        case _:
            words: str | None = getattr(row, _ATTRIBUTES[of])
            return words or ""


_ATTRIBUTES: Final = {
    PlanField.MEASURE: "measure",
    PlanField.STATUS: "status",
    PlanField.PROGRESS: "progress",
    PlanField.REFERENCE: "reference",
    PlanField.RECOMMENDATION: "recommendation",
}


def _table(table: PlanTable, corrections: Mapping[Place, Correction], bad: set[Place]) -> PlanTable:
    rows = []
    for row in table.rows:
        place = table.sheet, row.line
        given = corrections.get(place)
        rows.append(_row(row, given, is_bad=place in bad) if given else row)
    return replace(table, rows=tuple(rows))


def _responses(table: ResponseTable, corrections: Mapping[Place, Correction]) -> ResponseTable:
    rows = ((row, corrections.get((table.sheet, row.line))) for row in table.rows)
    return replace(
        table, rows=tuple(_response(row, given.cells) if given else row for row, given in rows)
    )


def _response(row: ResponseRow, cells: Mapping[PlanField, str]) -> ResponseRow:
    text = cells.get(PlanField.RECOMMENDATION, row.text)
    answer = cells.get(PlanField.PROGRESS, row.narrative)
    return ResponseRow(row.line, one_line(clean(text)), clean(answer))


def _row(row: PlanRow, given: Correction, *, is_bad: bool) -> PlanRow:
    for of, raw in given.cells.items():
        row = _with(row, of, clean(raw))
    whole = bool(row.text and row.target_date and row.leads)
    return replace(row, storable=whole and not is_bad)


def _with(row: PlanRow, of: PlanField, words: str) -> PlanRow:
    match of:
        case PlanField.ACTION:
            return replace(row, text=one_line(words))
        case PlanField.TARGET_DATE:
            words = one_line(words)
            meant, _ = target_date_or_problem(row.line, words, None)
            return replace(row, target_date_words=words, target_date=meant)
        case PlanField.LEAD:
            return replace(row, leads=leads_in(words))
        case PlanField.PRIORITY:
            named = priority_cell(words) if words else None
            name, number = (named.name, named.number) if named else (None, None)
            return replace(row, priority=name, priority_number=number)
        case _:
            other: dict[str, Any] = {_ATTRIBUTES[of]: words or None}
            return replace(row, **other)


def _is_over(problem: Problem, given: Correction | None) -> bool:
    """Whether a problem was one of a cell that says something else now."""
    if given is None or problem.severity is Severity.UNREAD:
        return False
    return problem.field in given.cells or (given.drops_stray and problem.field == COLUMN)


def _problems(row: PlanRow, given: Correction, sheet: str | None) -> Iterator[Problem]:
    cells = {of: clean(raw) for of, raw in given.cells.items()}
    if PlanField.ACTION in cells and not one_line(cells[PlanField.ACTION]):
        yield no_action(row.line, "", sheet)
    if PlanField.TARGET_DATE in cells:
        words = one_line(cells[PlanField.TARGET_DATE])
        _, problem = target_date_or_problem(row.line, words, sheet)
        yield from [problem] if problem else []
    if PlanField.LEAD in cells:
        yield from lead_problems(row.line, cells[PlanField.LEAD], sheet)
