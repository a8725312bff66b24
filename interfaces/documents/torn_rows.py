"""Rows of a plan whose cells were torn apart or run together, mended where only one way fits."""

from __future__ import annotations

import re

from interfaces.documents.cell_text import shortened
from interfaces.documents.columns import Columns, PlanField
from interfaces.documents.document import Problem, Severity
from interfaces.documents.grid import GridLine
from interfaces.documents.sentences import starts_midway
from interfaces.documents.target_date_cells import target_date_or_problem
from workflow.civil_dates import MONTHS

_MONTH = rf"(?:by\s+)?(?:{'|'.join(MONTHS)})\s+20\d\d"
_DATE_AT_END = re.compile(rf"^(?P<first>.{{10,}}?)\s+(?P<second>{_MONTH})$", re.IGNORECASE)
_DATE_AT_START = re.compile(rf"^(?P<first>{_MONTH})\s+(?P<second>\S.*)$", re.IGNORECASE)


def mended(line: int, field: str, value: str, what: str) -> Problem:
    """The report of one mend, which asks the reader to check it."""
    mend = "Check it against the document."
    return Problem(line, field, shortened(value), what, mend, Severity.MENDED)


def is_date(words: str) -> bool:
    """Whether the words have one meaning as a target date."""
    return target_date_or_problem(0, words, None)[0] is not None


def continued(row: GridLine, more: GridLine) -> tuple[GridLine, Problem]:
    """A row with the cells of the line below, which began with an empty cell, added to its own."""
    width = max(len(row.cells), len(more.cells))
    pairs = zip(_padded(row.cells, width), _padded(more.cells, width), strict=True)
    cells = tuple(f"{above} {below}".strip() for above, below in pairs)
    what = f"Line {more.number} began with an empty cell and was joined to the row above."
    return GridLine(row.number, cells), mended(row.number, "row", " ".join(more.filled), what)


def completed(row: GridLine, more: GridLine, columns: Columns) -> tuple[GridLine, Problem] | None:
    """A row that lost its other cells to the next line, if that line is just those cells."""
    expected = columns[len(row.filled) :]
    fits = (
        len(row.filled) == 1
        and len(more.filled) == len(expected)
        and expected[:1] == (PlanField.TARGET_DATE,)
        and is_date(more.filled[0])
    )
    if not fits:
        return None
    what = f"The row broke off; line {more.number} held the rest of its cells."
    whole = GridLine(row.number, row.filled + more.filled)
    return whole, mended(row.number, "row", " ".join(more.filled), what)


def preceded(start: str, number: int, rest: GridLine) -> tuple[GridLine, Problem] | None:
    """A row whose first words stand alone on the line above, if its cell begins midway."""
    if len(rest.cells) < 2 or not starts_midway(rest.cells[0]):  # noqa: PLR2004 - a cell and more
        return None
    cells = (f"{start} {rest.cells[0]}", *rest.cells[1:])
    what = f"The action was torn over lines {number} and {rest.number} and was joined."
    return GridLine(number, cells), mended(number, "action", cells[0], what)


def run_on_parted(row: GridLine, columns: Columns) -> tuple[GridLine, Problem] | None:
    """A row that is one cell short because a month ran into its neighbour, parted again."""
    place = columns.index(PlanField.TARGET_DATE) if PlanField.TARGET_DATE in columns else 0
    if place == 0 or len(row.filled) != len(columns) - 1 or len(row.cells) != len(row.filled):
        return None
    for at, pattern in ((place - 1, _DATE_AT_END), (place, _DATE_AT_START)):
        match = pattern.match(row.cells[at]) if at < len(row.cells) else None
        if match:
            halves = (match["first"], match["second"])
            cells = (*row.cells[:at], *halves, *row.cells[at + 1 :])
            what = f"Two cells had run together and were parted before “{halves[1]}”."
            return GridLine(row.number, cells), mended(row.number, "row", row.cells[at], what)
    return None


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
