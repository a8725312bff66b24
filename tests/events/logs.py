"""Logs to test with: freshly opened ones, a clock that the test sets, small events."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from events.action import ActionProgressNoted
from events.catalogue import Event
from events.database import create_log_tables, open_engine
from events.log import EventLog, Writing
from events.recorded import Provenance, Recorded

ORIGIN = "example.org/record"
NOON = dt.datetime(2025, 3, 31, 12, 0, tzinfo=dt.UTC)


class SetClock:
    """A clock that shows what the test set it to."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


@contextmanager
def existing_log(url: str, clock: SetClock | None = None) -> Iterator[EventLog]:
    """Open the log of a database that has one, and let go of the database afterwards."""
    engine = open_engine(url)
    log = EventLog(engine, clock or SetClock())
    try:
        yield log
    finally:
        log.close()
        engine.dispose()


@contextmanager
def new_log(url: str, clock: SetClock | None = None) -> Iterator[EventLog]:
    """Begin a log in an empty database."""
    with existing_log(url, clock) as log:
        with log.engine.connect() as connection:
            create_log_tables(connection)
        log.open_with(ORIGIN)
        yield log


def note(words: str = "The training was held.") -> ActionProgressNoted:
    """Make a small event with one committed text."""
    return ActionProgressNoted(note=words)


def by(command_id: str, actor: str = "person-1") -> Provenance:
    """Make the provenance of a command that nothing else caused."""
    return Provenance(actor, command_id, command_id)


def append(log: EventLog, stream: str, *events: Event, command_id: str = "") -> list[Recorded]:
    """Append events to a stream as one command; by default one that was never run before."""
    command = command_id or f"unnamed-{next(_commands)}"
    with log.writing(command) as writing:
        return append_in(writing, stream, events, command)


def append_in(
    writing: Writing, stream: str, events: Sequence[Event], command_id: str
) -> list[Recorded]:
    """Append events to a stream in a transaction, whatever the stream's version."""
    return writing.append(stream, writing.version_of(stream), events, by(command_id))


_commands = itertools.count(1)
