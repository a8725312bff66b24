"""One line of a document as a page shows it, whatever table it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interfaces.documents.corrections import COLUMN
from interfaces.documents.document import Problem
from interfaces.importing.proposal import RowState
from interfaces.web.importing.cells import CellShown

_COMING: Final = frozenset({RowState.NEW.value, RowState.CHANGED.value, RowState.BAD.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """A line, what becomes of it, and what somebody asked for it.

    `others`: problems with no cell of it. `drops`: what stands under no heading is left out.
    """

    number: int
    where: str
    place: str
    state: str
    words: str
    ref: str
    cells: tuple[CellShown, ...]
    others: tuple[Problem, ...]
    is_out: bool
    is_corrected: bool
    drops: bool

    @property
    def can_drop(self) -> bool:
        """Tell whether a cell stands under no heading, without which the line can be taken."""
        return self.drops or any(one.field == COLUMN for one in self.others)

    @property
    def is_wrong(self) -> bool:
        """Tell whether it has to be mended, or left out."""
        return self.state == RowState.BAD.value and not self.is_out

    @property
    def can_be_left_out(self) -> bool:
        """Tell whether anything would become of it."""
        return self.state in _COMING


def where(sheet: str | None, line: int) -> str:
    """Say where something stands in a document."""
    return f"line {line}" if sheet is None else f"{sheet}, row {line}"
