"""The log's statements on PostgreSQL, pipelined, with many rows as arrays or by COPY.

The end of a transaction is one round trip, and so is a whole transaction of a writer that knows
the head (`append_at_once`): calls of functions put into each other, the innermost of which locks
the head and stores the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from events.sessions import (
    ANSWERED,
    HEAD,
    ROWS_TO_COPY,
    Append,
    Change,
    Delete,
    Insert,
    Row,
    Statement,
)

_APPEND = (
    "goldthread_append(%b::bigint, %b::bytea, %b::bigint, %b::text,"
    " %b::bigint, %b::bytea, %b::text, %b::text"
)


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
