"""The append-only log: gapless positions, one Merkle tree, retries that do no harm.

Every writer locks the head row first, so positions follow the order of commits and a reader that
tails the log misses nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Engine
from uuid6 import uuid7

from events.catalogue import Event
from events.merkle import Frontier
from events.recorded import (
    Draft,
    Position,
    Provenance,
    Recorded,
    StoredRow,
    format_instant,
    seal,
    unseal,
)
from events.sessions import HEAD, MOVE_HEAD, Change, Insert, Row, Session, session_for

Clock = Callable[[], dt.datetime]

NO_INSTANT: Final = "0001-01-01T00:00:00.000000Z"
"""The time of recording of an empty log's head: before every other."""

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
_OPEN_HEAD: Final = (
    "INSERT INTO log_head (id, origin, size, frontier, recorded_at, counters)"
    " VALUES (1, ?, 0, ?, ?, '{}') RETURNING id"
)
_VERSION: Final = "SELECT coalesce(max(version), 0) FROM events WHERE stream = ?"
_STREAM: Final = "SELECT body, texts FROM events WHERE stream = ? AND version > ? ORDER BY version"
_PAGE: Final = (
    "SELECT body, texts FROM events WHERE position > ? AND position <= ? ORDER BY position"
)
_ROWS: Final = (
    f"SELECT {EVENTS.names()} FROM events WHERE position > ? AND position <= ? ORDER BY position"
)
_AT_INSTANT: Final = (
    "SELECT position FROM events WHERE recorded_at <= ?"
    " ORDER BY recorded_at DESC, position DESC LIMIT 1"
)
PAGE_ROWS: Final = 2_000


class WrongExpectedVersion(Exception):  # noqa: N818 - the name that event stores share
    """Somebody else appended to the stream first: read it again and decide again."""

    def __init__(self, stream: str, expected_version: int, version: int) -> None:
        self.stream, self.expected_version, self.version = stream, expected_version, version
        super().__init__(
            f"{stream} is at version {version}, not {expected_version}: somebody else changed it."
            " Read it again and decide again."
        )


class NoLog(RuntimeError):
    """The database holds no log yet."""

    def __init__(self) -> None:
        super().__init__("There is no record in this database yet. Run 'goldthread init' first.")


class Appended(NamedTuple):
    """Where an event of a command was stored."""

    position: int
    stream: str
    version: int


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: its size, its tree, the last time of recording, the streams' counters.

    `counters` holds the highest number in use in each category.
    """

    origin: str
    frontier: Frontier
    recorded_at: str
    counters: dict[str, int]

    @property
    def size(self) -> int:
        """Return the number of records, which is the last position."""
        return self.frontier.size

    @classmethod
    def of_row(cls, row: Row) -> Head:
        """Read the row of `log_head`."""
        origin, size, frontier, recorded_at, counters = row
        return cls(
            origin,
            Frontier.from_bytes(size, bytes(frontier)),
            recorded_at,
            orjson.loads(counters),
        )


class Writing:
    """A transaction that holds the head's lock; what it appends is stored when it ends well."""

    def __init__(
        self,
        session: Session,
        head: Head,
        answered: Sequence[Appended],
        now: dt.datetime,
        new_id: Callable[[], str],
    ) -> None:
        self.head = head
        self.answered = answered
        self.recorded_at: Final = max(format_instant(now), head.recorded_at)
        self._session = session
        self._new_id = new_id
        self._size = head.size
        self._counters = dict(head.counters)
        self._versions: dict[str, int] = {}
        self._rows: list[StoredRow] = []
        self._changes: list[Change] = []
        self.committed: Head | None = None

    @property
    def size(self) -> int:
        """Return the size of the log including what this transaction appended."""
        return self._size

    def new_stream(self, category: str) -> str:
        """Return the name of a stream that does not exist yet, numbered next in its category."""
        number = self._counters.get(category, 0) + 1
        self._counters[category] = number
        stream = f"{category}-{number}"
        self._versions[stream] = 0
        return stream

    def version_of(self, stream: str) -> int:
        """Return the version of a stream's last event, 0 for a stream that does not exist."""
        if stream not in self._versions:
            ((version,),) = self._session.query(_VERSION, (stream,))
            self._versions[stream] = version
        return self._versions[stream]

    def trust_version(self, stream: str, version: int) -> None:
        """Tell the version of a stream's last event, known since nobody else wrote meanwhile."""
        self._versions.setdefault(stream, version)

    def events_of(self, stream: str) -> list[Recorded]:
        """Return the stored events of a stream (without those of this transaction)."""
        rows = self._session.query(_STREAM, (stream, 0))
        return [unseal(body, texts) for body, texts in rows]

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run a statement that reads, inside the transaction; `?` stands for a parameter."""
        return self._session.query(statement, parameters)

    def append(
        self,
        stream: str,
        expected_version: int,
        events: Sequence[Event],
        provenance: Provenance,
        effective_on: dt.date | None = None,
    ) -> list[Recorded]:
        """Add events to the end of one stream, all or none.

        `expected_version`: the version that the caller saw; 0 for a new stream. Returns the events
        as recorded. Raises `WrongExpectedVersion` when somebody else appended first.
        """
        version = self.version_of(stream)
        if version != expected_version:
            raise WrongExpectedVersion(stream, expected_version, version)
        recorded = [
            self._seal(Draft(stream, event, effective_on), version + offset, provenance)
            for offset, event in enumerate(events, start=1)
        ]
        self._versions[stream] = version + len(events)
        category, _, number = stream.partition("-")
        if int(number) > self._counters.get(category, 0):
            self._counters[category] = int(number)
        return recorded

    def also(self, change: Change) -> None:
        """Store something else in the same transaction, after the events."""
        if change.rows:
            self._changes.append(change)

    def finish(self) -> None:
        """Store everything and commit; `committed` is the head from then on."""
        head = Head(
            self.head.origin,
            self.head.frontier.extend(row.leaf for row in self._rows),
            self.recorded_at if self._rows else self.head.recorded_at,
            self._counters,
        )
        changes = list(self._changes)
        if self._rows:
            moved = (
                head.size,
                head.frontier.to_bytes(),
                head.recorded_at,
                orjson.dumps(head.counters, option=orjson.OPT_SORT_KEYS).decode(),
            )
            changes = [Change(EVENTS, self._rows), Change(MOVE_HEAD, [moved]), *changes]
        self._session.finish(changes)
        self.committed = head

    def _seal(self, draft: Draft, version: int, provenance: Provenance) -> Recorded:
        self._size += 1
        row = seal(
            draft,
            provenance,
            origin=self.head.origin,
            position=self._size,
            version=version,
            recorded_at=self.recorded_at,
            event_id=self._new_id(),
        )
        self._rows.append(row)
        return Recorded(
            Position(row.position),
            row.stream,
            row.version,
            dt.datetime.fromisoformat(row.recorded_at),
            draft.effective_on,
            provenance.actor,
            row.event_id,
            provenance.command_id,
            provenance.correlation_id,
            provenance.causation_id,
            draft.event,
        )


class EventLog:
    """The log of one partnership in one database.

    One writer at a time in this process (the head row's lock sees to the other processes); any
    number of readers. `clock` returns aware instants.
    """

    def __init__(
        self, engine: Engine, clock: Clock, new_id: Callable[[], str] = lambda: str(uuid7())
    ) -> None:
        self.engine: Final = engine
        self._clock = clock
        self._new_id = new_id
        self._turn = threading.RLock()
        self._writer: Any = None

    def open_with(self, origin: str) -> None:
        """Begin an empty log under its origin, a name of its own such as `example.org/record`."""
        self.query(_OPEN_HEAD, (origin, b"", NO_INSTANT))

    @contextmanager
    def writing(self, command_id: str) -> Iterator[Writing]:
        """Lock the head and hand out a transaction; it commits when the block ends well.

        Raises `NoLog` when the log was never opened.
        """
        with self._turn:
            session = self._writing_session()
            try:
                row, answered = session.begin(command_id)
                if row is None:
                    raise NoLog
                writing = Writing(
                    session,
                    Head.of_row(row),
                    [Appended(*found) for found in answered],
                    self._clock(),
                    self._new_id,
                )
                yield writing
                writing.finish()
            except BaseException:
                self._give_up(session)
                raise

    def head(self) -> Head:
        """Return the end of the log as committed. Raises `NoLog`."""
        rows = self.query(HEAD)
        if not rows:
            raise NoLog
        return Head.of_row(rows[0])

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run one statement that reads what is committed; `?` stands for a parameter."""
        with self._raw() as session:
            return session.query(statement, parameters)

    def position_at(self, instant: dt.datetime) -> Position:
        """Return the last position recorded by an aware instant, 0 if none was."""
        rows = self.query(_AT_INSTANT, (format_instant(instant),))
        return Position(rows[0][0] if rows else 0)

    def read_stream(self, stream: str, after_version: int = 0) -> list[Recorded]:
        """Return the events of one stream in order, beginning after a version."""
        return [unseal(*row) for row in self.query(_STREAM, (stream, after_version))]

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Recorded]:
        """Yield the events of the log in order, beginning after a position."""
        for body, texts in self._pages(_PAGE, after, until):
            yield unseal(body, texts)

    def stored(self, after: int = 0, until: int | None = None) -> Iterator[StoredRow]:
        """Yield the rows as stored, in order, beginning after a position."""
        for row in self._pages(_ROWS, after, until):
            yield StoredRow(*row)

    def _pages(self, statement: str, after: int, until: int | None) -> Iterator[Row]:
        end = self.head().size if until is None else until
        with self._raw() as session:
            while after < end:
                upto = min(after + PAGE_ROWS, end)
                yield from session.query(statement, (after, upto))
                after = upto

    @contextmanager
    def _raw(self) -> Iterator[Session]:
        connection = self.engine.raw_connection()
        try:
            yield session_for(self.engine.dialect.name, connection.driver_connection)
        finally:
            connection.close()

    def _writing_session(self) -> Session:
        if self._writer is None:
            self._writer = self.engine.raw_connection()
        return session_for(self.engine.dialect.name, self._writer.driver_connection)

    def _give_up(self, session: Session) -> None:
        try:
            session.roll_back()
        except Exception:  # noqa: BLE001 - whatever broke it, a fresh connection follows
            self._writer.invalidate()
            self._writer = None
