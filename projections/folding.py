"""Folding the log in memory: what a rebuild stores, and what a check compares with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from typing_extensions import override

from events.recorded import Recorded
from projections.projection import Fold, Projection, Row
from projections.versions import Closed, MemoryRows, write_row

Progress = Callable[[int, int], None]
"""Told how many records of how many were folded."""

PROGRESS_EVERY: Final = 1_000

StoredStanding = tuple[str, str, int, bytes]
"""A row that stands, as stored: model, key, position from which, row."""


def untold(_done: int, _all: int) -> None:
    """Tell nobody about progress."""


class FoldedModels:
    """The memory of one rebuild: rows that stand, and rows on their way to the tables."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self.closed: list[Closed] = []
        self.journal: list[StoredStanding] = []
        self.rows = {p.model: self._rows_for(p) for p in fold.projections}

    def apply(self, recorded: Recorded) -> None:
        """Fold one event. Raises `PoisonEvent`."""
        for rows in self.rows.values():
            rows.position = recorded.position
        self._fold.apply(recorded, self.rows)

    def standing(self, after: int = 0) -> Iterable[StoredStanding]:
        """Yield the rows that stand and began after a position."""
        for model, rows in self.rows.items():
            for key, (from_position, row) in rows.standing.items():
                if from_position > after:
                    yield model, key, from_position, write_row(row)

    def _rows_for(self, projection: Projection) -> MemoryRows:
        if projection.journal:
            return _JournalRows(projection.model, self.journal)
        return MemoryRows(projection.model, self.closed)


class _JournalRows(MemoryRows):
    """Rows that are only ever added leave memory at once."""

    __slots__ = ("_journal", "_name")

    def __init__(self, model: str, journal: list[StoredStanding]) -> None:
        super().__init__(model)
        self._name, self._journal = model, journal

    @override
    def add(self, key: str, row: Row) -> None:
        self._journal.append((self._name, key, self.position, write_row(row)))
