"""Reading stored rows as raw bytes, through a driver alone, so that a worker starts quickly.

Every text column comes back as the bytes that are stored: a flipped byte that is no longer UTF-8
is something to report, not something to stumble over.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias


class RawRow(NamedTuple):
    """One row of the table `events`: integers and the bytes of every other column.

    In a row that was tampered with, any column may hold anything.
    """

    position: int
    stream: bytes
    version: int
    type: bytes
    recorded_at: bytes
    event_id: bytes
    command_id: bytes
    body: bytes
    texts: bytes | None
    leaf: bytes


_COLUMNS = ", ".join(RawRow._fields)
_RANGE = (
    f"SELECT {_COLUMNS} FROM events WHERE position > {{0}} AND position <= {{0}} ORDER BY position"  # noqa: S608
)
_ENDS = (
    "SELECT origin, size, frontier, recorded_at, counters,"
    " (SELECT min(position) FROM events), (SELECT max(position) FROM events)"
    " FROM log_head WHERE id = 1"
)

RowValues: TypeAlias = tuple[Any, ...]
"""The values of a `RawRow`, as the driver gives them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows are: the name of the driver's module, and what it connects with."""

    driver: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    def open(self) -> Rows:
        """Connect."""
        connection = importlib.import_module(self.driver).connect(*self.arguments, **self.keywords)
        return PostgresRows(connection) if self.driver == "psycopg" else SqliteRows(connection)


class SqliteRows:
    """Raw rows out of SQLite."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        connection.isolation_level = None
        connection.text_factory = bytes
        connection.execute("PRAGMA busy_timeout = 60000")
        connection.execute("PRAGMA query_only = ON")
        self._connection = connection

    def between(self, after: int, until: int) -> Sequence[RowValues]:
        """Return the rows with positions above `after` up to `until`, in order."""
        found: list[RowValues] = self._connection.execute(
            _RANGE.format("?"), (after, until)
        ).fetchall()
        return found

    def ends(self) -> RowValues | None:
        """Return the head row (without its id) with the first and last position, or None."""
        found: RowValues | None = self._connection.execute(_ENDS).fetchone()
        return found

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()


class PostgresRows:
    """Raw rows out of PostgreSQL."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        connection.autocommit = True
        adapters = connection.adapters
        binary = importlib.import_module("psycopg.pq").Format.BINARY
        adapters.register_loader("text", adapters.get_loader(adapters.types["bytea"].oid, binary))
        self._connection = connection

    def between(self, after: int, until: int) -> Sequence[RowValues]:
        """Return the rows with positions above `after` up to `until`, in order."""
        found: list[RowValues] = self._connection.execute(
            _RANGE.format("%s"), (after, until), binary=True
        ).fetchall()
        return found

    def ends(self) -> RowValues | None:
        """Return the head row (without its id) with the first and last position, or None."""
        found: RowValues | None = self._connection.execute(_ENDS, binary=True).fetchone()
        return found

    def close(self) -> None:
        """Disconnect."""
        with suppress(Exception):
            self._connection.close()


Rows: TypeAlias = SqliteRows | PostgresRows
