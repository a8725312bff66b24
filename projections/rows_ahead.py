"""Rows that begin as they stand in a view, and are folded forward from there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from projections.projection import Row
from projections.store import View

_OUTSIDE: Final[Row] = {"actions": [], "target": None}
"""Stands for an item outside the scope that began after the view: an action within answers it too,
and nobody asks how it stands."""


class RowsAhead:
    """The rows of one read model; what is not at hand is looked up once. `changed`: since when.

    `within`: the keys that are asked for, None for all.
    """

    def __init__(self, view: View, model: str, within: AbstractSet[str] | None = None) -> None:
        self._view, self._model, self._within = view, model, within
        self.rows: dict[str, Row] = {}
        self.changed: set[str] = set()

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        if key not in self.rows:
            row = self._view.get(self._model, key)
            if row is not None:
                self.rows[key] = row
        is_outside = self._within is not None and key not in self._within
        return self.rows.get(key, _OUTSIDE if is_outside else None)

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
