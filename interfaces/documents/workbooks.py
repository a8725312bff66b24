"""Excel workbooks (.xlsx) into lines of cells, sheet by sheet."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.documents.document import Severity
from interfaces.documents.grid import MOST_CELLS_IN_A_ROW, GridLine, Remark, trimmed
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.documents.workbook_cells import hides_the_year, is_error, words_of
from interfaces.documents.workbook_safety import DAMAGE, damaged, refuse_unsafe

_Place = tuple[int, int]
_Cells = dict[_Place, Cell]

_MERGED = (
    "The cell is merged with the one above, whose words were taken for this row too.",
    "If the rows are one action, put it into one row.",
    Severity.MENDED,
)


@dataclass(frozen=True, slots=True)
class SheetLines:
    """One sheet: its name, the rows that hold something, and whether it is hidden."""

    name: str
    lines: tuple[GridLine, ...]
    hidden: bool


def workbook_sheets(path: Path, content: bytes) -> list[SheetLines]:
    """The sheets of a workbook, in order, with what formulas last came to.

    Cells merged downwards hold their value in every row. Raises `UnreadableDocument` for what
    is no workbook, is damaged or protected, or would not stay small once unpacked.
    """
    refuse_unsafe(path, content)
    try:
        values, formulas = _opened(content, data_only=True), _opened(content, data_only=False)
        return [_sheet(path, sheet, formulas[sheet.title]) for sheet in values.worksheets]
    except DAMAGE as error:
        raise damaged(path) from error


def _opened(content: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        # It warns about drawings and validation rules, of which nothing is read here.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def _sheet(path: Path, sheet: Worksheet, formulas: object) -> SheetLines:
    cells = _cells(sheet)
    if any(column > MOST_CELLS_IN_A_ROW for _, column in cells):
        raise UnreadableDocument(
            path,
            f"The sheet “{sheet.title}” is wider than {MOST_CELLS_IN_A_ROW} columns.",
            "Delete the columns beside the plan, or copy the plan alone into a new workbook.",
        )
    formula_cells = _cells(formulas) if isinstance(formulas, Worksheet) else {}
    return SheetLines(
        name=sheet.title,
        lines=tuple(_lines(cells, formula_cells, _merged_downwards(sheet))),
        hidden=sheet.sheet_state != "visible",
    )


def _cells(sheet: Worksheet) -> _Cells:
    """The cells that exist. The public ways make every cell up to the last one, however far."""
    kept = sheet._cells  # noqa: SLF001
    return {
        place: cell
        for place, cell in kept.items()
        if isinstance(cell, Cell) and cell.value is not None
    }


def _merged_downwards(sheet: Worksheet) -> dict[_Place, _Place]:
    """For each covered cell below the first of a merged area: the cell that holds its value."""
    return {
        (row, area.min_col): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, area.max_row + 1)
    }


def _lines(values: _Cells, formulas: _Cells, merged: dict[_Place, _Place]) -> Iterator[GridLine]:
    rows: dict[int, dict[int, _Place]] = {}
    for row, column in sorted({*values, *formulas, *merged}):
        rows.setdefault(row, {})[column] = merged.get((row, column), (row, column))
    for row, places in rows.items():
        line = _line(row, places, values, formulas)
        if not line.blank:
            yield line


def _line(row: int, places: dict[int, _Place], values: _Cells, formulas: _Cells) -> GridLine:
    read = {
        column: _words(values.get(place), formulas.get(place)) for column, place in places.items()
    }
    taken = [column for column, place in places.items() if place[0] != row and read[column][0]]
    last = max((column for column, (words, _) in read.items() if words), default=0)
    cells = [read[column][0] if column in read else "" for column in range(1, last + 1)]
    remarks = [
        Remark(column - 1, *remark) for column, (_, remark) in read.items() if remark is not None
    ]
    remarks += [Remark(column - 1, *_MERGED) for column in taken]
    return GridLine(row, trimmed(cells), tuple(remarks))


def _words(cell: Cell | None, formula: Cell | None) -> tuple[str, tuple[str, str, Severity] | None]:
    """What a cell shows, and what has to be said about it (what, mend, severity)."""
    if cell is None:
        return ("", None) if formula is None else _unsaved_formula()
    words = words_of(cell.value, cell.number_format)
    if is_error(words):
        what, mend = "The cell shows an error of Excel.", "Mend its formula, or type the words."
        return words, (what, mend, Severity.BAD)
    if hides_the_year(cell.value, cell.number_format):
        what = f"The cell shows no year; Excel holds {words}, and that was taken."
        return words, (what, "If a month was meant, write it out.", Severity.MENDED)
    return words, None


def _unsaved_formula() -> tuple[str, tuple[str, str, Severity]]:
    what = "The cell holds a formula whose result was not saved."
    return "[formula]", (what, "Open and save the file in Excel, or type it.", Severity.BAD)
