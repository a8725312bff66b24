"""The append-only log: gapless positions, one Merkle tree, retries that do no harm.

Every writer locks the head row first, so positions follow the order of commits and a reader that
tails the log misses nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import orjson
from sqlalchemy import Engine

from events.catalogue import Event
from events.connections import Connections
from events.identifiers import new_identifier
from events.reading import EVENTS, NO_INSTANT, STREAM, Head, NoLog, Reader
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
from events.refs import split_stream
from events.sessions import MOVE_HEAD, Append, Change, Row, Session

Clock = Callable[[], dt.datetime]

_OPEN_HEAD: Final = (
    "INSERT INTO log_head (id, origin, size, frontier, recorded_at, counters)"
    " VALUES (1, ?, 0, ?, ?, '{}') RETURNING id"
)
_VERSION: Final = "SELECT coalesce(max(version), 0) FROM events WHERE stream = ?"


class WrongExpectedVersion(Exception):
    """Somebody else appended to the stream first: read it again and decide again."""

    def __init__(self, stream: str, expected_version: int, version: int) -> None:
        self.stream, self.expected_version, self.version = stream, expected_version, version
        super().__init__(
            f"{stream} is at version {version}, not {expected_version}: somebody else changed it."
            " Read it again and decide again."
        )


class NestedWriting(RuntimeError):
    """A writing block was opened inside another one of the same thread."""

    def __init__(self) -> None:
        super().__init__(
            "This thread is writing to the log already. Append to the transaction that is open."
        )


class HeadMoved(RuntimeError):
    """Somebody else appended since the head was seen, or it could not be done at once."""

    def __init__(self) -> None:
        super().__init__("The record moved on meanwhile. Nothing was stored: try again.")


class Appended(NamedTuple):
    """Where an event of a command was stored."""

    position: int
    stream: str
    version: int


class Writing:
    """A transaction that holds the head's lock; what it appends is stored when it ends well.

    With `at_once` (the command's id) nothing is locked until then: what it reads is true only if
    it can be stored, in one go, on a head that is still the same.
    """

    def __init__(
        self,
        session: Session,
        head: Head,
        answered: Sequence[Appended],
        now: dt.datetime,
        new_id: Callable[[], str],
        *,
        at_once: str | None = None,
    ) -> None:
        self.head = head
        self.answered = answered
        self.recorded_at: Final = max(format_instant(now), head.recorded_at)
        self._instant: Final = dt.datetime.fromisoformat(self.recorded_at)
        self._session = session
        self._new_id = new_id
        self._at_once = at_once
        self._size = head.size
        self._counters = dict(head.counters)
        self._numbers = dict(head.counters)
        self._versions: dict[str, int] = {}
        self._rows: list[StoredRow] = []
        self._changes: list[Change] = []
        self._afterwards: list[Callable[[], None]] = []
        self.committed: Head | None = None

    @property
    def size(self) -> int:
        """Return the size of the log including what this transaction appended."""
        return self._size

    def new_stream(self, category: str) -> str:
        """Return the name of a stream that does not exist yet, numbered next in its category."""
        number = self._numbers.get(category, 0) + 1
        self._numbers[category] = number
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
        if self._versions.get(stream) == 0:
            return []
        rows = self._session.query(STREAM, (stream, 0))
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
        as recorded. Raises `WrongExpectedVersion` when somebody else appended first, `ValueError`
        for a new stream whose name is not `<category>-<number>`.
        """
        version = self.version_of(stream)
        if version != expected_version:
            raise WrongExpectedVersion(stream, expected_version, version)
        if version == 0 and events:
            self._count(stream)
        recorded = [
            self._seal(Draft(stream, event, effective_on), version + offset, provenance)
            for offset, event in enumerate(events, start=1)
        ]
        self._versions[stream] = version + len(events)
        return recorded

    def also(self, change: Change) -> None:
        """Store something else in the same transaction, after the events."""
        if change.rows:
            self._changes.append(change)

    def when_committed(self, callback: Callable[[], None]) -> None:
        """Call back once everything is stored, still holding this process's turn to write."""
        self._afterwards.append(callback)

    def finish(self) -> None:
        """Store everything and commit; `committed` is the head from then on."""
        head = Head(
            self.head.origin,
            self.head.frontier.extend(row.leaf for row in self._rows),
            self.recorded_at if self._rows else self.head.recorded_at,
            self._counters,
            self.head.generation,
        )
        moved = (
            head.size,
            head.frontier.to_bytes(),
            head.recorded_at,
            orjson.dumps(head.counters, option=orjson.OPT_SORT_KEYS).decode(),
        )
        self._store(Change(EVENTS, self._rows), moved)
        self.committed = head
        for callback in self._afterwards:
            callback()

    def _store(self, events: Change, moved: Row) -> None:
        if self._at_once is None:
            appended = (events, Change(MOVE_HEAD, [moved])) if events.rows else ()
            self._session.finish((*appended, *self._changes))
            return
        seen = (self.head.size, self.head.frontier.to_bytes(), self.head.generation)
        append = Append(seen, self._at_once, moved, events)
        if not events.rows or not self._session.append_at_once(append, self._changes):
            raise HeadMoved

    def _count(self, stream: str) -> None:
        category, number = split_stream(stream)
        for highest in (self._counters, self._numbers):
            highest[category] = max(number, highest.get(category, 0))

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
            self._instant,
            draft.effective_on,
            provenance.actor,
            row.event_id,
            provenance.command_id,
            provenance.correlation_id,
            provenance.causation_id,
            draft.event,
        )


class EventLog(Reader):
    """The log of one partnership in one database.

    One writer at a time in this process (the head row's lock sees to the other processes); any
    number of readers. `clock` returns aware instants.
    """

    def __init__(
        self, engine: Engine, clock: Clock, new_id: Callable[[], str] = new_identifier
    ) -> None:
        self._connections = Connections(engine)
        super().__init__(self._connections.query)
        self.engine: Final = engine
        self._clock = clock
        self.new_id = new_id
        self._turn = threading.RLock()
        self._is_writing = False
        self._known_head: Head | None = None

    def open_with(self, origin: str) -> None:
        """Begin an empty log under its origin, a name of its own such as `example.org/record`."""
        self.query(_OPEN_HEAD, (origin, b"", NO_INSTANT))

    @contextmanager
    def writing(self, command_id: str) -> Iterator[Writing]:
        """Lock the head and hand out a transaction; it commits when the block ends well.

        Raises `NoLog` when the log was never opened, `NestedWriting` inside another such block of
        this thread.
        """
        with self._my_turn() as session:
            row, answered = self._begin(session, command_id)
            self._known_head = head = Head.of_row(row)
            found = [Appended(*where) for where in answered]
            writing = Writing(session, head, found, self._clock(), self.new_id)
            yield writing
            writing.finish()
            self._known_head = writing.committed

    @contextmanager
    def writing_at_once(self, command_id: str) -> Iterator[Writing]:
        """Hand out a transaction that locks nothing until the block has ended well.

        It is for blocks that may run again: where it raises anything at all, nothing is stored,
        and the same block under `writing` tells the truth. Raises `HeadMoved` when somebody else
        appended since this process knew the head, when the command was answered before, when
        nothing was appended, or when there is a change that cannot be stored in one go.
        """
        with self._my_turn() as session:
            head, self._known_head = self._known_head, None
            if head is None:
                raise HeadMoved
            now = self._clock()
            writing = Writing(session, head, (), now, self.new_id, at_once=command_id)
            yield writing
            writing.finish()
            self._known_head = writing.committed

    def close(self) -> None:
        """Let go of the connection that writes; the next write takes another."""
        with self._turn:
            self._connections.close()

    def store_apart(self, changes: Sequence[Change], *, lasting: bool = True) -> None:
        """Store rows in tables that no append touches, in a transaction that locks no head.

        Rows that need not be `lasting` are safe on the disk only with the next append.
        """
        if changes:
            with self._connections.pooled() as session:
                session.store_apart(changes, lasting=lasting)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Hand out a reader for which the log and the read models stand still."""
        with self._connections.pooled() as session:
            session.begin_reading()
            try:
                yield Reader(session.query)
            finally:
                session.roll_back()

    @contextmanager
    def _my_turn(self) -> Iterator[Session]:
        with self._turn:
            if self._is_writing:
                raise NestedWriting
            session = self._connections.writing()
            self._is_writing = True
            try:
                yield session
            except BaseException:
                self._connections.give_up(session)
                raise
            finally:
                self._is_writing = False

    def _begin(self, session: Session, command_id: str) -> tuple[Row, list[Row]]:
        try:
            row, answered = session.begin(command_id)
        except Exception as problem:
            self._connections.require_tables(problem)
            raise
        if row is None:
            raise NoLog
        return row, answered
