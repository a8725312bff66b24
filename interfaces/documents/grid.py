"""Lines of cells: what csv, workbooks and torn text have in common."""

from __future__ import annotations

from dataclasses import dataclass

from interfaces.documents.document import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that only the reader of the file could see about one cell.

    `column` counts from 0. The other fields become those of a problem.
    """

    column: int
    what: str
    mend: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class GridLine:
    """One row of cells, cleaned; `number` is where a person finds it, from 1."""

    number: int
    cells: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not self.filled


MOST_CELLS_IN_A_ROW = 500
"""No table of people's making is wider; a file whose rows are is refused."""


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return tuple(cells[:last])
