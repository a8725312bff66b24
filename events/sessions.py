"""How each database runs the log's few statements: as fixed text, in as few round trips as it can.

Every statement is written with `?` for its parameters; the PostgreSQL session writes `%b` instead,
sends many rows as arrays, and puts the whole end of a transaction into one round trip. A whole
transaction takes one round trip for a writer that knows the head (`append_at_once`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Protocol

Row = tuple[Any, ...]

ROWS_TO_COPY = 100
"""From so many rows on PostgreSQL takes them by COPY, which a pipeline cannot hold."""

ROWS_AT_ONCE = 500
"""So many rows go into one statement on SQLite, which runs while other threads do."""

HEAD = "SELECT origin, size, frontier, recorded_at, counters, generation FROM log_head WHERE id = 1"
ANSWERED = "SELECT position, stream, version FROM events WHERE command_id = ? ORDER BY position"
NEW_GENERATION = "UPDATE log_head SET generation = generation + 1 WHERE id = 1"
MOVE_HEAD = "UPDATE log_head SET size = ?, frontier = ?, recorded_at = ?, counters = ? WHERE id = 1"
_STILL_THERE = (
    "SELECT 1 FROM log_head WHERE id = 1 AND size = ? AND frontier = ? AND generation = ?"
    " AND NOT EXISTS (SELECT 1 FROM events WHERE command_id = ?)"
)
_APPEND = (
    "goldthread_append(%b::bigint, %b::bytea, %b::bigint, %b::text,"
    " %b::bigint, %b::bytea, %b::text, %b::text"
)


@dataclass(frozen=True, slots=True)
class Insert:
    """A statement that adds rows to one table. `columns` maps names to PostgreSQL types.

    With `replacing` (the primary key's columns) a row of the same key is overwritten. `routine`
    names the function on PostgreSQL that does the same, if there is one (see `routine_text`).
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    replacing: tuple[str, ...] = ()
    routine: str = ""

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
class Delete:
    """A statement that removes the rows of some keys. `columns` and `routine` as in `Insert`."""

    table: str
    columns: tuple[tuple[str, str], ...]
    routine: str = ""

    def names(self) -> str:
        """Return the column names, separated by commas."""
        return ", ".join(name for name, _ in self.columns)


Statement = Insert | Delete | str
"""A statement that changes rows: a known kind, or fixed text with `?` for its parameters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement with the rows of parameters for which it runs."""

    statement: Statement
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Append:
    """Events on their way into a log whose head is still the one that the writer saw.

    `seen`: its size, frontier and generation. `moved`: the parameters of `MOVE_HEAD`.
    """

    seen: tuple[int, bytes, int]
    command_id: str
    moved: Row
    events: Change


class Session(Protocol):
    """A connection that one transaction at a time uses."""

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """Begin, lock the head row, and return it with the rows this command id has stored."""

    def store_apart(self, changes: Sequence[Change], *, lasting: bool) -> None:
        """Run changes of tables that no append touches in a transaction that locks no head.

        Where they need not be `lasting`, the commit does not wait for the disk; the next one that
        does takes them along. A power cut before may undo them, and never leaves them half done.
        """

    def begin_reading(self) -> None:
        """Begin a transaction that only reads, and for which everything stands still."""

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run a statement that reads."""

    def finish(self, changes: Sequence[Change]) -> None:
        """Run the changes in order and commit."""

    def append_at_once(self, append: Append, changes: Sequence[Change]) -> bool:
        """Run a whole transaction: lock the head, compare it, store the events and the changes.

        Returns False, having stored nothing, when somebody else appended since the head was seen,
        when the command has stored something already, or when it cannot be done at once.
        """

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
        if isinstance(statement, Insert):
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
        if execute(_STILL_THERE, (*append.seen, append.command_id)).fetchone() is None:
            execute("ROLLBACK")
            return False
        self.finish((append.events, Change(MOVE_HEAD, (append.moved,)), *changes))
        return True

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

    def store_apart(self, changes: Sequence[Change], *, lasting: bool) -> None:
        """See `Session.store_apart`."""
        try:
            self._connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            if not lasting:
                self._connection.execute("SET LOCAL synchronous_commit = off")
            self.finish(changes)
        except BaseException:
            self.roll_back()
            raise

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
        if any(len(change.rows) >= ROWS_TO_COPY for change in changes):
            for change in changes:
                self._run(change)
            self._connection.execute("COMMIT")
            return
        with self._connection.pipeline():
            for change in changes:
                self._run(change)
            self._connection.execute("COMMIT")

    def _run(self, change: Change) -> None:
        statement = change.statement
        if isinstance(statement, str):
            for row in change.rows:
                self._connection.execute(_postgres_text(statement), row)
        elif (
            isinstance(statement, Insert)
            and not statement.replacing
            and len(change.rows) >= ROWS_TO_COPY
        ):
            self._copy(statement, change.rows)
        else:
            self._connection.execute(_postgres_text(statement), _arrays(change))

    def _copy(self, statement: Insert, rows: Sequence[Row]) -> None:
        into = f"COPY {statement.table} ({statement.names()}) FROM STDIN (FORMAT BINARY)"
        with self._connection.cursor().copy(into) as copy:
            copy.set_types([kind for _, kind in statement.columns])
            for row in rows:
                copy.write_row(row)

    def append_at_once(self, append: Append, changes: Sequence[Change]) -> bool:
        """See `Session.append_at_once`."""
        text = _at_once_text(tuple(change.statement for change in (append.events, *changes)))
        if not text:
            return False
        parameters = [*append.seen, append.command_id, *append.moved]
        for change in (append.events, *changes):
            parameters += _arrays(change)
        cursor = self._connection.execute(text, parameters, prepare=True, binary=True)
        return bool(cursor.fetchone()[0])

    def roll_back(self) -> None:
        """See `Session.roll_back`."""
        self._connection.execute("ROLLBACK")


def session_for(dialect: str, connection: Any) -> Session:  # noqa: ANN401 - the driver's class
    """Return the session of a dialect (`sqlite` or `postgresql`) over a driver's connection."""
    return SqliteSession(connection) if dialect == "sqlite" else PostgresSession(connection)


def routine_text(statement: Insert | Delete) -> str:
    """Return what makes the function on PostgreSQL that runs a statement for arrays of columns.

    It takes whether to go on and hands that back, so that such calls can be put into each other:
    the innermost one, which locks the head, runs first.
    """
    arrays = ", ".join(f"{name}_ {kind}[]" for name, kind in statement.columns)
    body = _postgres_statement(statement, [f"{name}_" for name, _ in statement.columns])
    return (
        f"CREATE OR REPLACE FUNCTION {statement.routine}(go_on boolean, {arrays})"
        f" RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF go_on THEN {body};"
        " END IF; RETURN go_on; END $$"
    )


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


@cache
def _postgres_text(statement: Statement) -> str:
    if isinstance(statement, str):
        return statement.replace("?", "%b")
    return _postgres_statement(statement, [f"%b::{kind}[]" for _, kind in statement.columns])


def _postgres_statement(statement: Insert | Delete, arrays: Sequence[str]) -> str:
    rows = f"unnest({', '.join(arrays)})"
    if isinstance(statement, Insert):
        return (
            f"INSERT INTO {statement.table} ({statement.names()})"
            f" SELECT * FROM {rows}{statement.conflict()}"
        )
    return f"DELETE FROM {statement.table} WHERE ({statement.names()}) IN (SELECT * FROM {rows})"


@cache
def _at_once_text(statements: tuple[Statement, ...]) -> str:
    events, *others = statements
    text = f"{_APPEND}, {_casts(events)})"
    for statement in others:
        if isinstance(statement, str) or not statement.routine:
            return ""
        text = f"{statement.routine}({text}, {_casts(statement)})"
    return f"SELECT {text}"


def _casts(statement: Statement) -> str:
    columns = () if isinstance(statement, str) else statement.columns
    return ", ".join(f"%b::{kind}[]" for _, kind in columns)


def _arrays(change: Change) -> list[list[Any]]:
    return [list(column) for column in zip(*change.rows, strict=True)]
