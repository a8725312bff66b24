"""Rows that begin as they stand in a view, and are folded forward from there."""

from __future__ import annotations

from projections.projection import Row
from projections.store import View


class RowsAhead:
    """The rows of one read model; what is not at hand is looked up once. `changed`: since when."""

    def __init__(self, view: View, model: str) -> None:
        self._view, self._model = view, model
        self.rows: dict[str, Row] = {}
        self.changed: set[str] = set()

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        if key not in self.rows:
            row = self._view.get(self._model, key)
            if row is not None:
                self.rows[key] = row
        return self.rows.get(key)

    def add(self, key: str, row: Row) -> None:
        """See `Rows.add`."""
        self.put(key, row)

    def put(self, key: str, row: Row) -> None:
        """See `Rows.put`."""
        self.rows[key] = row
        self.changed.add(key)

    def delete(self, key: str) -> None:
        """See `Rows.delete`."""
        self.rows.pop(key, None)
