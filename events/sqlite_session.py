"""The log's statements on SQLite: fixed text, and many rows in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from events.sessions import (
    ANSWERED,
    HEAD,
    MOVE_HEAD,
    Append,
    Change,
    Delete,
    Insert,
    Row,
    Statement,
)

ROWS_AT_ONCE = 500
"""So many rows go into one statement on SQLite, which runs while other threads do."""

_MOVE_HEAD_IF_SEEN = (
    f"{MOVE_HEAD} AND size = ? AND frontier = ? AND generation = ?"
    " AND NOT EXISTS (SELECT 1 FROM events WHERE command_id = ?)"
)


class SqliteSession:
    """The log's statements on SQLite. `BEGIN IMMEDIATE` is the lock."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        self._connection = connection

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """See `Session.begin`."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        return execute(HEAD).fetchone(), execute(ANSWERED, (command_id,)).fetchall()

    def store_apart(self, changes: Sequence[Change], *, lasting: bool) -> None:
        """See `Session.store_apart`."""
        execute = self._connection.execute
        # Only with a write-ahead log is a commit that was not waited for still whole.
        hasty = not lasting and execute("PRAGMA journal_mode").fetchone() == ("wal",)
        if hasty:
            execute("PRAGMA synchronous = NORMAL")
        try:
            execute("BEGIN IMMEDIATE")
            self.finish(changes)
        except BaseException:
            self.roll_back()
            raise
        finally:
            if hasty:
                execute("PRAGMA synchronous = FULL")

    def begin_reading(self) -> None:
        """See `Session.begin_reading`."""
        self._connection.execute("BEGIN")

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """See `Session.query`."""
        rows: list[Row] = self._connection.execute(statement, parameters).fetchall()
        return rows

    def finish(self, changes: Sequence[Change]) -> None:
        """See `Session.finish`."""
        for change in changes:
            self._run(change.statement, change.rows)
        self._connection.execute("COMMIT")

    def _run(self, statement: Statement, rows: Sequence[Row]) -> None:
        if isinstance(statement, Insert) and len(rows) >= ROWS_AT_ONCE:
            text = _sqlite_text(statement, ROWS_AT_ONCE)
            while len(rows) >= ROWS_AT_ONCE:
                some, rows = rows[:ROWS_AT_ONCE], rows[ROWS_AT_ONCE:]
                self._connection.execute(text, list(chain.from_iterable(some)))
        if len(rows) == 1:
            self._connection.execute(_sqlite_text(statement), rows[0])
        elif rows:
            self._connection.executemany(_sqlite_text(statement), rows)

    def append_at_once(self, append: Append, changes: Sequence[Change]) -> bool:
        """See `Session.append_at_once`."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        moved = (*append.moved, *append.seen, append.command_id)
        if execute(_MOVE_HEAD_IF_SEEN, moved).rowcount != 1:
            execute("ROLLBACK")
            return False
        self.finish((append.events, *changes))
        return True

    def roll_back(self) -> None:
        """See `Session.roll_back`."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


@cache
def _sqlite_text(statement: Statement, rows: int = 1) -> str:
    match statement:
        case Insert(columns=columns):
            marks = f"({', '.join('?' for _ in columns)})"
            return (
                f"INSERT INTO {statement.table} ({statement.names()})"
                f" VALUES {', '.join([marks] * rows)}{statement.conflict()}"
            )
        case Delete(columns=columns):
            same = " AND ".join(f"{name} = ?" for name, _ in columns)
            return f"DELETE FROM {statement.table} WHERE {same}"
        case _:
            return statement
