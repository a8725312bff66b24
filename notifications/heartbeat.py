"""The heartbeat: each worker says when it was last awake, so that a silent one is noticed.

It is one row in a table of its own, written without the log's lock: a beat is no event. A beat is
a tick that came to its end, or an email of a long one; a tick that failed is noted and is no beat.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
from dataclasses import dataclass, replace
from typing import Final

import structlog

from events.log import Clock, EventLog
from events.reading import Reader
from events.recorded import format_instant

SILENT_AFTER: Final = dt.timedelta(minutes=15)
"""A worker that has not beaten for so long is taken for stopped."""

BEAT_EVERY: Final = dt.timedelta(minutes=1)
"""How often a worker in the middle of a long tick says that it is still awake."""

_log = structlog.get_logger(__name__)

_PUT: Final = (
    "INSERT INTO heartbeat (host, process, since, last_beat_at, did, did_at, problem, stopped_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host, process) DO UPDATE SET"
    " since = excluded.since, last_beat_at = excluded.last_beat_at, did = excluded.did,"
    " did_at = excluded.did_at, problem = excluded.problem, stopped_at = excluded.stopped_at"
    " RETURNING host"
)
_ALL: Final = (
    "SELECT host, process, since, last_beat_at, did, did_at, problem, stopped_at FROM heartbeat"
    " ORDER BY last_beat_at DESC, host, process"
)


@dataclass(frozen=True, slots=True)
class Beat:
    """What is known of one worker. Times are aware instants in UTC.

    `did`: what it did last, at `did_at`. `problem`: why its last tick failed, where it did.
    `stopped_at`: when it was asked to stop and did.
    """

    host: str
    process: int
    since: dt.datetime
    last_beat_at: dt.datetime
    did: str | None = None
    did_at: dt.datetime | None = None
    problem: str | None = None
    stopped_at: dt.datetime | None = None

    def silent_for(self, now: dt.datetime) -> dt.timedelta:
        """Return how far away from now it was last awake.

        That may be ahead: where a clock was set back, a worker that lives says so anew within a
        minute, so what is still ahead then was said by one that does not.
        """
        return abs(now - self.last_beat_at)

    def is_silent(self, now: dt.datetime) -> bool:
        """Tell whether it has to be taken for stopped."""
        return self.stopped_at is not None or self.silent_for(now) >= SILENT_AFTER


class Heart:
    """The heart of this process. A beat that cannot be written is logged, and stops nothing."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        *,
        host: str | None = None,
        process: int | None = None,
    ) -> None:
        self._log, self._clock = log, clock
        now = clock()
        self.beat = Beat(host or socket.gethostname(), process or os.getpid(), now, now)

    def begin(self) -> None:
        """Say that the worker is there."""
        self._put(self.beat)

    def goes_on(self) -> None:
        """Say, in the middle of a long tick, that the worker is awake; at most once a minute."""
        now = self._clock()
        # The clock may have been set back meanwhile.
        if abs(now - self.beat.last_beat_at) >= BEAT_EVERY:
            self._put(replace(self.beat, last_beat_at=now))

    def ticked(self, did: str | None) -> None:
        """Say that a tick came to its end, and what it did unless that was nothing."""
        now = self._clock()
        beat = replace(self.beat, last_beat_at=now, problem=None)
        self._put(beat if did is None else replace(beat, did=did, did_at=now))

    def failed(self, problem: str) -> None:
        """Note that a tick failed. It is no beat, so that a worker that goes on failing shows."""
        self._put(replace(self.beat, problem=problem))

    def stop(self) -> None:
        """Say that the worker was asked to stop, and does."""
        self._put(replace(self.beat, stopped_at=self._clock()))

    def _put(self, beat: Beat) -> None:
        self.beat = beat
        values = (
            beat.host,
            beat.process,
            format_instant(beat.since),
            format_instant(beat.last_beat_at),
            beat.did,
            _written(beat.did_at),
            beat.problem,
            _written(beat.stopped_at),
        )
        try:
            self._log.query(_PUT, values)
        except Exception as problem:  # noqa: BLE001 - whoever reminds goes on, whatever broke this
            _log.warning("beat_not_written", problem=type(problem).__name__)


def beats(reader: Reader) -> tuple[Beat, ...]:
    """Return what is known of every worker that ever ran, the latest awake first."""
    return tuple(
        Beat(
            host,
            process,
            dt.datetime.fromisoformat(since),
            dt.datetime.fromisoformat(last_beat_at),
            did,
            _read(did_at),
            problem,
            _read(stopped_at),
        )
        for host, process, since, last_beat_at, did, did_at, problem, stopped_at in reader.query(
            _ALL
        )
    )


def _written(instant: dt.datetime | None) -> str | None:
    return None if instant is None else format_instant(instant)


def _read(written: str | None) -> dt.datetime | None:
    return None if written is None else dt.datetime.fromisoformat(written)
