"""Reading the whole log as typed events, beside the peer's reading of its notification log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from eventsourcing.application import LocalNotificationLog
from eventsourcing.system import NotificationLogReader

from bench.databases import Medium
from bench.lives import our_lives, their_lives
from bench.peer import Actions
from bench.record import Record, open_record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.timing import Slice, in_turns

GOAL = 2.0
LARGE_SECTION = 1_000
DEFAULT_SECTION = 10
"""How many events the peer's reader takes at a time, unless told otherwise."""


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for reading everything: in large sections, and in the peer's default ones."""
    with open_record(medium) as record, closing(Actions(env=medium.fresh_environment())) as peer:
        our_lives(record, sizes.bulk_events)()
        their_lives(peer, sizes.bulk_events)()
        medium.settle()
        large, default = (
            _their_read(peer, section) for section in (LARGE_SECTION, DEFAULT_SECTION)
        )
        rates = in_turns(lambda: _read_ours(record), large, rounds=sizes.rounds * 3)
        yield beside("typed read of the whole log", medium.name, rates, "/s", goal=GOAL)
        rates = in_turns(lambda: _read_ours(record), default, rounds=sizes.rounds)
        yield beside("  beside the peer's reader as it comes", medium.name, rates, "/s")


def _read_ours(record: Record) -> int:
    return sum(1 for _ in record.log.read())


def _their_read(peer: Actions, section: int) -> Slice:
    log = LocalNotificationLog(peer.recorder, section_size=section)
    reader = NotificationLogReader(log, section_size=section)

    def work() -> int:
        read = 0
        for page in reader.select(start=1):
            for notification in page:
                peer.mapper.to_domain_event(notification)
            read += len(page)
        return read

    return work
