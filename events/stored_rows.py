"""Reading stored rows through a driver alone, so that a worker process starts quickly.

Rows come in two forms: quickly, with decoded texts; and raw, every text as the bytes that are
stored, because a flipped byte that is no longer UTF-8 is something to report, not to stumble over.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
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
    " (SELECT min(position) FROM events), (SELECT max(position) FROM events),"
    " (SELECT count(*) FROM log_head) FROM log_head WHERE id = 1"
)
_COUNT = "SELECT count(*) FROM events"

CONTINUATIONS = (
    "SELECT position, body FROM events WHERE stream = 'log-1' AND type = 'log.continued'"
    " ORDER BY position"
)
"""Where the log went on under another origin, see `events.origins`."""

BATCH_ROWS = 64
"""How many rows come at a time: so few that they are still at hand in the processor's cache."""

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


class _StoredText(bytes):
    """The bytes of what SQLite stores as a text, to be told from what it stores as a blob."""


_TEXT_COLUMNS = frozenset(("stream", "type", "recorded_at", "event_id", "command_id"))
_HAS_TEXT = tuple(column in _TEXT_COLUMNS for column in RawRow._fields)


class SqliteRows:
    """Rows out of SQLite."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 60000")
        connection.execute("PRAGMA query_only = ON")
        self._connection = connection

    def batches(self, after: int, until: int) -> Iterator[Sequence[RowValues]]:
        """Yield the rows with positions above `after` up to `until`, in order, with decoded texts.

        Ask for nothing else meanwhile. Raises for a text that cannot be decoded.
        """
        self._connection.text_factory = str
        cursor = self._connection.execute(_RANGE.format("?"), (after, until))
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield rows

    def raw(self, after: int, until: int) -> Sequence[RowValues]:
        """Return the same rows with every text as the bytes that are stored.

        What is stored as a text where a blob should be, or the other way round, comes as a
        `bytearray`: comparisons in SQL would not find it.
        """
        self._connection.text_factory = _StoredText
        cursor = self._connection.execute(_RANGE.format("?"), (after, until))
        return [tuple(map(_as_stored, row, _HAS_TEXT)) for row in cursor]

    def ends(self) -> RowValues | None:
        """Return the head row without its id, the first and last position, how many head rows.

        None where there is no head row. Texts are bytes.
        """
        self._connection.text_factory = bytes
        found: RowValues | None = self._connection.execute(_ENDS).fetchone()
        return found

    def count(self) -> int:
        """Return how many events are stored."""
        return int(self._connection.execute(_COUNT).fetchone()[0])

    def continuations(self) -> Sequence[RowValues]:
        """Return the position and body of each event with which the log changed its origin."""
        found: list[RowValues] = self._connection.execute(CONTINUATIONS).fetchall()
        return found

    def ask(self, statement: str, parameters: RowValues = ()) -> Sequence[RowValues]:
        """Return what a statement finds; `{0}` stands for its parameter. Texts are bytes."""
        self._connection.text_factory = bytes
        found: list[RowValues] = self._connection.execute(
            statement.format("?"), parameters
        ).fetchall()
        return found

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()


def _as_stored(value: Any, is_text: bool) -> Any:  # noqa: ANN401, FBT001 - mapped over a row
    if not isinstance(value, bytes):
        return value
    return bytes(value) if isinstance(value, _StoredText) == is_text else bytearray(value)


class PostgresRows:
    """Rows out of PostgreSQL."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver's class
        connection.autocommit = True
        self._connection = connection

    def batches(self, after: int, until: int) -> Iterator[Sequence[RowValues]]:
        """Yield the rows with positions above `after` up to `until`, in order, with decoded texts.

        Ask for nothing else meanwhile.
        """
        cursor = self._connection.execute(_RANGE.format("%s"), (after, until), binary=True)
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield rows

    def raw(self, after: int, until: int) -> Sequence[RowValues]:
        """Return the same rows with every text as the bytes that are stored."""
        found: list[RowValues] = self._raw_cursor(_RANGE.format("%s"), (after, until)).fetchall()
        return found

    def ends(self) -> RowValues | None:
        """Return the head row without its id, the first and last position, how many head rows.

        None where there is no head row. Texts are bytes.
        """
        found: RowValues | None = self._raw_cursor(_ENDS).fetchone()
        return found

    def count(self) -> int:
        """Return how many events are stored."""
        return int(self._connection.execute(_COUNT).fetchone()[0])

    def continuations(self) -> Sequence[RowValues]:
        """Return the position and body of each event with which the log changed its origin."""
        found: list[RowValues] = self._raw_cursor(CONTINUATIONS).fetchall()
        return found

    def ask(self, statement: str, parameters: RowValues = ()) -> Sequence[RowValues]:
        """Return what a statement finds; `{0}` stands for its parameter. Texts are bytes."""
        asked = statement.format("%s")
        found: list[RowValues] = self._raw_cursor(asked, parameters or None).fetchall()
        return found

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()

    def _raw_cursor(self, statement: str, parameters: RowValues | None = None) -> Any:  # noqa: ANN401
        cursor = self._connection.cursor(binary=True)
        adapters = cursor.adapters
        loader = adapters.get_loader(adapters.types["bytea"].oid, cursor.format)
        adapters.register_loader("text", loader)
        return cursor.execute(statement, parameters)


Rows: TypeAlias = SqliteRows | PostgresRows
