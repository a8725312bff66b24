"""Reading the log: its head, one stream, or all of it, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import orjson

from events.merkle import Frontier
from events.recorded import Position, Recorded, StoredRow, format_instant, unseal, unseal_all
from events.sessions import HEAD, Insert, Row

NO_INSTANT: Final = "0001-01-01T00:00:00.000000Z"
"""The time of recording of an empty log's head: before every other."""

PAGE_ROWS: Final = 1_000

EVENTS: Final = Insert(
    "events",
    (
        ("position", "bigint"),
        ("stream", "text"),
        ("version", "bigint"),
        ("type", "text"),
        ("recorded_at", "text"),
        ("event_id", "text"),
        ("command_id", "text"),
        ("body", "bytea"),
        ("texts", "bytea"),
        ("leaf", "bytea"),
    ),
)

STREAM: Final = "SELECT body, texts FROM events WHERE stream = ? AND version > ? ORDER BY version"
_PAGE: Final = (
    "SELECT body, texts FROM events WHERE position > ? AND position <= ? ORDER BY position"
)
_ROWS: Final = (
    "SELECT position, stream, version, type, recorded_at, event_id, command_id, body, texts, leaf"
    " FROM events WHERE position > ? AND position <= ? ORDER BY position"
)
# Times of recording never go back, so the position is found by halving; no index has to be kept.
_AT_INSTANT: Final = (
    "WITH RECURSIVE halved (low, high) AS ("
    " SELECT 0 * size, size FROM log_head WHERE id = 1 UNION ALL"
    " SELECT CASE WHEN recorded_at <= ? THEN position ELSE low END,"
    " CASE WHEN recorded_at <= ? THEN high ELSE position - 1 END"
    " FROM halved JOIN events ON position = (low + high + 1) / 2 WHERE low < high)"
    " SELECT low FROM halved WHERE low = high"
)


class NoLog(RuntimeError):
    """The database holds no log yet."""

    def __init__(self) -> None:
        super().__init__("There is no record in this database yet. Run 'goldthread init' first.")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: its size, its tree, the last time of recording, the streams' counters.

    `counters` holds the highest number in use in each category. `generation` rises when the read
    models are replaced.
    """

    origin: str
    frontier: Frontier
    recorded_at: str
    counters: dict[str, int]
    generation: int = 0

    @property
    def size(self) -> int:
        """Return the number of records, which is the last position."""
        return self.frontier.size

    @classmethod
    def of_row(cls, row: Row) -> Head:
        """Read the row of `log_head`."""
        origin, size, frontier, recorded_at, counters, generation = row
        return cls(
            origin,
            Frontier.from_bytes(size, bytes(frontier)),
            recorded_at,
            orjson.loads(counters),
            generation,
        )


class Reader:
    """What can be asked of a log. `query` runs a statement in which `?` stands for a parameter."""

    def __init__(self, query: Callable[[str, Row], list[Row]]) -> None:
        self._query = query

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run one statement that reads; `?` stands for a parameter."""
        return self._query(statement, parameters)

    def head(self) -> Head:
        """Return the end of the log as committed. Raises `NoLog`."""
        rows = self.query(HEAD)
        if not rows:
            raise NoLog
        return Head.of_row(rows[0])

    def position_at(self, instant: dt.datetime) -> Position:
        """Return the last position recorded by an aware instant, 0 if none was."""
        written = format_instant(instant)
        rows = self.query(_AT_INSTANT, (written, written))
        return Position(rows[0][0] if rows else 0)

    def read_stream(self, stream: str, after_version: int = 0) -> list[Recorded]:
        """Return the events of one stream in order, beginning after a version."""
        return [unseal(*row) for row in self.query(STREAM, (stream, after_version))]

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Recorded]:
        """Yield the events of the log in order, beginning after a position."""
        return chain.from_iterable(map(unseal_all, self._pages(_PAGE, after, until)))

    def stored(self, after: int = 0, until: int | None = None) -> Iterator[StoredRow]:
        """Yield the rows as stored, in order, beginning after a position."""
        for page in self._pages(_ROWS, after, until):
            yield from map(StoredRow._make, page)

    def _pages(self, statement: str, after: int, until: int | None) -> Iterator[list[Row]]:
        end = self.head().size if until is None else until
        while after < end:
            upto = min(after + PAGE_ROWS, end)
            yield self.query(statement, (after, upto))
            after = upto
