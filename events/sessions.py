"""How each database runs the log's few statements: as fixed text, in as few round trips as it can.

Every statement is written with `?` for its parameters; the PostgreSQL session writes `%b` instead,
sends many rows as arrays, and puts the whole end of a transaction into one round trip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

Row = tuple[Any, ...]

HEAD = "SELECT origin, size, frontier, recorded_at, counters FROM log_head WHERE id = 1"
ANSWERED = "SELECT position, stream, version FROM events WHERE command_id = ? ORDER BY position"
MOVE_HEAD = "UPDATE log_head SET size = ?, frontier = ?, recorded_at = ?, counters = ? WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Insert:
    """A statement that adds rows to one table. `columns` maps names to PostgreSQL types.

    With `replacing` (the primary key's columns) a row of the same key is overwritten.
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    replacing: tuple[str, ...] = ()

    def names(self) -> str:
        """Return the column names, separated by commas."""
        return ", ".join(name for name, _ in self.columns)

    def conflict(self) -> str:
        """Return the clause that overwrites a row of the same key, or nothing."""
        if not self.replacing:
            return ""
        kept = [name for name, _ in self.columns if name not in self.replacing]
        changes = ", ".join(f"{name} = excluded.{name}" for name in kept)
        return f" ON CONFLICT ({', '.join(self.replacing)}) DO UPDATE SET {changes}"


@dataclass(frozen=True, slots=True)
class Change:
    """A statement with the rows of parameters for which it runs; an `Insert` or fixed text."""

    statement: Insert | str
    rows: Sequence[Row]


class Session(Protocol):
    """A connection that one transaction at a time uses."""

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """Begin, lock the head row, and return it with the rows this command id has stored."""

    def begin_plain(self) -> None:
        """Begin without locking the head, to write tables that no append touches."""

    def begin_reading(self) -> None:
        """Begin a transaction that only reads, and for which everything stands still."""

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run a statement that reads."""

    def finish(self, changes: Sequence[Change]) -> None:
        """Run the changes in order and commit."""

    def roll_back(self) -> None:
        """Undo the transaction; harmless when none is open. Raises on a broken connection."""


class SqliteSession:
    """The log's statements on SQLite. `BEGIN IMMEDIATE` is the lock."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        self._connection = connection

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """See `Session.begin`."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        return execute(HEAD).fetchone(), execute(ANSWERED, (command_id,)).fetchall()

    def begin_plain(self) -> None:
        """See `Session.begin_plain`."""
        self._connection.execute("BEGIN IMMEDIATE")

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
            text = _sqlite_text(change.statement)
            if len(change.rows) == 1:
                self._connection.execute(text, change.rows[0])
            else:
                self._connection.executemany(text, change.rows)
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """See `Session.roll_back`."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


class PostgresSession:
    """The log's statements on PostgreSQL, at READ COMMITTED, pipelined."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        self._connection = connection

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """See `Session.begin`."""
        connection = self._connection
        with connection.pipeline():
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            head = connection.execute(HEAD + " FOR UPDATE", binary=True)
            answered = connection.execute(_postgres_text(ANSWERED), (command_id,), binary=True)
            return head.fetchone(), answered.fetchall()

    def begin_plain(self) -> None:
        """See `Session.begin_plain`."""
        self._connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")

    def begin_reading(self) -> None:
        """See `Session.begin_reading`."""
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """See `Session.query`."""
        text = _postgres_text(statement)
        rows: list[Row] = self._connection.execute(text, parameters, binary=True).fetchall()
        return rows

    def finish(self, changes: Sequence[Change]) -> None:
        """See `Session.finish`."""
        connection = self._connection
        with connection.pipeline():
            for change in changes:
                text = _postgres_text(change.statement)
                if isinstance(change.statement, Insert):
                    columns = zip(*change.rows, strict=True)
                    connection.execute(text, [list(column) for column in columns])
                else:
                    for row in change.rows:
                        connection.execute(text, row)
            connection.execute("COMMIT")

    def roll_back(self) -> None:
        """See `Session.roll_back`."""
        self._connection.execute("ROLLBACK")


def session_for(dialect: str, connection: Any) -> Session:  # noqa: ANN401 - the driver's class
    """Return the session of a dialect (`sqlite` or `postgresql`) over a driver's connection."""
    return SqliteSession(connection) if dialect == "sqlite" else PostgresSession(connection)


@cache
def _sqlite_text(statement: Insert | str) -> str:
    if isinstance(statement, str):
        return statement
    marks = ", ".join("?" for _ in statement.columns)
    return (
        f"INSERT INTO {statement.table} ({statement.names()}) VALUES ({marks})"
        f"{statement.conflict()}"
    )


@cache
def _postgres_text(statement: Insert | str) -> str:
    if isinstance(statement, str):
        return statement.replace("?", "%b")
    arrays = ", ".join(f"%b::{kind}[]" for _, kind in statement.columns)
    return (
        f"INSERT INTO {statement.table} ({statement.names()})"
        f" SELECT * FROM unnest({arrays}){statement.conflict()}"
    )
