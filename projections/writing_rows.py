"""The rows of the read models inside one append's transaction, with what is remembered of them.

What this process read or wrote before is remembered as long as nobody else appended meanwhile:
the ledger compares the log's frontier and forgets everything when it moved without us.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from events.log import Writing
from events.sessions import ROWS_TO_COPY, Change
from projections.projection import Row
from projections.tables import (
    ROW_STANDING,
    SOME_STANDING,
    STANDING_ROWS,
    add_standing,
    delete_standing,
    insert_closed,
    put_standing,
)
from projections.versions import Closed, Standing, node_of, read_row, write_row

RowKey = tuple[str, str]
StoredRow = tuple[str, str, int, bytes]
Remembered = dict[RowKey, Standing | None]

REMEMBERED_ROWS: Final = 20_000
"""Beyond so many remembered rows, of some kilobytes each, everything is forgotten."""

_DELETE: Final = delete_standing()
_ADD_STANDING: Final = add_standing()
_PUT_STANDING: Final = put_standing()
_INSERT_CLOSED: Final = insert_closed()


class WritingRows:
    """The rows of one read model inside a transaction (see `Rows`)."""

    __slots__ = ("_model", "_pages")

    def __init__(self, pages: RowPages, model: str) -> None:
        self._pages, self._model = pages, model

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        found = self._pages.find((self._model, key))
        return found.row if found is not None else None

    def all(self) -> dict[str, Row]:
        """Return every row by key, as they stand inside the transaction."""
        return self._pages.all(self._model)

    def add(self, key: str, row: Row) -> None:
        """See `Rows.add`."""
        self._pages.add((self._model, key), row)

    def put(self, key: str, row: Row) -> None:
        """See `Rows.put`."""
        old = self._pages.find((self._model, key))
        if old is None or old.row != row:
            self._pages.replace((self._model, key), old, row)

    def delete(self, key: str) -> None:
        """See `Rows.delete`."""
        old = self._pages.find((self._model, key))
        if old is not None:
            self._pages.replace((self._model, key), old, None)


class RowPages:
    """What one transaction read and changed, over what the process remembers."""

    def __init__(self, writing: Writing, remembered: Remembered) -> None:
        self._writing, self._remembered = writing, remembered
        self.changed: Remembered = {}
        self._added: dict[RowKey, tuple[int, bytes]] = {}
        self._first: set[RowKey] = set()
        self._all_stored: dict[str, dict[str, Row]] = {}
        self._closed: list[Closed] = []
        self.position = 0

    def find(self, at: RowKey) -> Standing | None:
        """Return the row that stands under a key, or None."""
        if at in self.changed:
            return self.changed[at]
        if at in self._added:
            position, row = self._added[at]
            return Standing(position, read_row(row))
        if at not in self._remembered:
            rows = self._writing.query(ROW_STANDING, at)
            self._remembered[at] = Standing(rows[0][0], read_row(rows[0][1])) if rows else None
        return self._remembered[at]

    def read_ahead(self, model: str, keys: Iterable[str]) -> None:
        """Read some rows of a model at once, which would else be read one by one."""
        unread = [key for key in dict.fromkeys(keys) if (model, key) not in self._remembered]
        if not unread:
            return
        statement = SOME_STANDING.format(marks=", ".join("?" * len(unread)))
        stored = self._writing.query(statement, (model, *unread))
        found = {key: Standing(position, read_row(row)) for key, position, row in stored}
        for key in unread:
            self._remembered[model, key] = found.get(key)

    def all(self, model: str) -> dict[str, Row]:
        """Return every row of a model: what is stored, and over it what this transaction did."""
        rows = self._stored(model) | {
            key: read_row(row) for (of, key), (_, row) in self._added.items() if of == model
        }
        for (of, key), found in self.changed.items():
            if of == model:
                rows.pop(key, None)
                if found is not None:
                    rows[key] = found.row
        return rows

    def _stored(self, model: str) -> dict[str, Row]:
        if model not in self._all_stored:
            found = self._writing.query(STANDING_ROWS, (model,))
            self._all_stored[model] = {key: read_row(row) for key, _, row in found}
        return self._all_stored[model]

    def add(self, at: RowKey, row: Row) -> None:
        """Let a row stand from `position` on under a key that never had one.

        It is kept as it will be stored, and not remembered: such rows are many and seldom read.
        """
        if at in self.changed:
            self.changed[at] = Standing(self.position, row)
        else:
            self._added[at] = (self.position, write_row(row))

    def replace(self, at: RowKey, old: Standing | None, row: Row | None) -> None:
        """Close the row that stood and let another stand from `position` on, or none."""
        position = self.position
        if old is None and at not in self.changed:
            self._first.add(at)
        elif old is not None and old.from_position < position:
            model, key = at
            node = node_of(old.from_position, position)
            self._closed.append(
                Closed(model, key, old.from_position, position, node, write_row(old.row))
            )
        self._added.pop(at, None)
        self.changed[at] = Standing(position, row) if row is not None else None

    def changes(self) -> list[Change]:
        """Return what has to be stored, at most one statement for each kind of change."""
        first: list[StoredRow] = [(*at, *added) for at, added in self._added.items()]
        standing: list[StoredRow] = []
        gone: list[RowKey] = []
        for at, found in self.changed.items():
            if found is None:
                gone.append(at)
            else:
                row = (*at, found.from_position, write_row(found.row))
                (first if at in self._first else standing).append(row)
        if len(first) < ROWS_TO_COPY:
            # Few enough for one statement, which a command by itself wants.
            first, standing = [], first + standing
        return [
            Change(statement, rows)
            for statement, rows in (
                (_INSERT_CLOSED, self._closed),
                (_DELETE, gone),
                (_ADD_STANDING, first),
                (_PUT_STANDING, standing),
            )
            if rows
        ]

    def remember(self) -> None:
        """Keep what was changed, once it is committed."""
        if len(self._remembered) > REMEMBERED_ROWS:
            self._remembered.clear()
        self._remembered.update(self.changed)
        for at in self._added:
            # That there was none is true no longer.
            self._remembered.pop(at, None)
