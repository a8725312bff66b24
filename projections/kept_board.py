"""Today's board, quickly again: lines are kept while their rows, and names of people, stand."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field, replace
from typing import Any, Final

from projections.board import Board, board
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine, LineMaker
from projections.kept_rows import KeptView
from projections.names import Names
from projections.projection import Row
from workflow.working_days import WorkingDays

MOST_BOARDS: Final = 50
"""Beyond so many filters all boards are made anew, to bound memory."""


@dataclass(frozen=True, slots=True)
class _KeptLines:
    """Makes lines of one day (see `MakesLines`), each once for a row."""

    maker: LineMaker
    directory: dict[str, Row]
    plans: dict[str, Row]
    _made: dict[str, tuple[Row, BoardLine]] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """See `MakesLines.names`."""
        return self.maker.names

    def line(self, ref: str, row: Row) -> BoardLine:
        """See `MakesLines.line`. Rows never change in place: the same row has the same line."""
        found = self._made.get(ref)
        if found is None or found[0] is not row:
            found = self._made[ref] = (row, self.maker.line(ref, row))
        return found[1]


class KeptBoard:
    """The board of today over rows that are kept, for every thread that shows it."""

    def __init__(self, calendar: WorkingDays, cadence_days: int) -> None:
        self._calendar: Final = calendar
        self._cadence_days: Final = cadence_days
        self._lines: _KeptLines | None = None
        self._boards: dict[BoardFilter, tuple[tuple[Any, ...], Board]] = {}
        self._turn = threading.Lock()

    def board(self, view: KeptView, on: dt.date, filters: BoardFilter | None = None) -> Board:
        """Return the board of a day (see `projections.board.board`). Raises `NothingCalled`."""
        wanted = filters or BoardFilter()
        with self._turn:
            lines = self._lines_of(view, on)
            # Audits too: what came of one is the board of the subgroup that commissions it.
            rows = (view.rows(model) for model in ("actions", "recommendations", "audits"))
            rests_on = (lines, *rows)
            found = self._boards.get(wanted)
            if found is None or any(one is not now for one, now in zip(found[0], rests_on)):  # noqa: B905
                made = board(
                    view, on, self._calendar, wanted, cadence_days=self._cadence_days, maker=lines
                )
                if len(self._boards) >= MOST_BOARDS:
                    self._boards.clear()
                found = self._boards[wanted] = (rests_on, made)
        return replace(found[1], position=view.position)

    def _lines_of(self, view: KeptView, on: dt.date) -> _KeptLines:
        directory, plans = view.rows("directory"), view.rows("plans")
        kept = self._lines
        if (
            kept is None
            or kept.maker.names.on != on
            or kept.directory is not directory
            or kept.plans is not plans
        ):
            maker = LineMaker(Names(view, on), self._calendar, self._cadence_days)
            kept = self._lines = _KeptLines(maker, directory, plans)
        return kept
