"""Versioned rows: which row stood under a key, from which position until which.

A row stands in the half-open range of positions [`from_position`, `until_position`). Rows that
still stand are kept apart from those that were closed. Each closed range hangs at one node of a
binary tree over the positions (the interval tree of Kriegel, Pötke and Seidl, 2000), so that all
rows that stood at one position are found by two index ranges, however long the log is.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import orjson

from projections.projection import Row


class Standing(NamedTuple):
    """A row that stands, and since which position."""

    from_position: int
    row: Row


class Closed(NamedTuple):
    """A row that stood in a range of positions, ready to be stored."""

    model: str
    key: str
    from_position: int
    until_position: int
    node: int
    row: bytes


def write_row(row: Row) -> bytes:
    """Return a row as it is stored: JSON with sorted keys."""
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


def read_row(stored: Any) -> Row:  # noqa: ANN401 - bytes or memoryview, by driver
    """Read a stored row."""
    row: Row = orjson.loads(stored)
    return row


def node_of(from_position: int, until_position: int) -> int:
    """Return the highest node of the tree within [`from_position`, `until_position`).

    Nodes are positions; the more zero bits a position ends in, the higher it stands.
    """
    last = until_position - 1
    level = ((from_position - 1) ^ last).bit_length() - 1
    return (last >> level) << level


def nodes_over(position: int, size: int) -> tuple[list[int], list[int]]:
    """Return the nodes whose ranges can contain a position in a log of `size` records.

    The first list holds nodes up to the position (their ranges begin in time), the second those
    after it (their ranges end in time).
    """
    before: list[int] = []
    after: list[int] = []
    lowest = (position & -position).bit_length() - 1
    for level in range(lowest, max(size, position).bit_length() + 1):
        node = ((position >> (level + 1)) << (level + 1)) | (1 << level)
        (before if node <= position else after).append(node)
    return before, after


class MemoryRows:
    """Versioned rows of one read model in memory, for a rebuild or a question about the past.

    `position` is set before each event. Closed versions are handed to `closed`, if given.
    """

    __slots__ = ("_closed", "_model", "deleted", "position", "standing")

    def __init__(self, model: str, closed: list[Closed] | None = None) -> None:
        self._model: Final = model
        self._closed = closed
        self.position = 0
        self.standing: dict[str, Standing] = {}
        self.deleted: set[str] = set()

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        found = self.standing.get(key)
        return found.row if found is not None else None

    def add(self, key: str, row: Row) -> None:
        """See `Rows.add`."""
        self.standing[key] = Standing(self.position, row)

    def put(self, key: str, row: Row) -> None:
        """See `Rows.put`."""
        old = self.standing.get(key)
        if old is None:
            self.standing[key] = Standing(self.position, row)
        elif old.row != row:
            self._close(key, old)
            self.standing[key] = Standing(self.position, row)

    def delete(self, key: str) -> None:
        """See `Rows.delete`."""
        old = self.standing.pop(key, None)
        if old is not None:
            self.deleted.add(key)
            self._close(key, old)

    def _close(self, key: str, old: Standing) -> None:
        if self._closed is not None and old.from_position < self.position:
            node = node_of(old.from_position, self.position)
            self._closed.append(
                Closed(self._model, key, old.from_position, self.position, node, write_row(old.row))
            )
