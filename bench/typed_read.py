"""Reading the whole log as typed events, beside the peer's reading of its notification log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from bench.databases import Medium
from bench.lives import our_lives, their_lives
from bench.peer import Actions
from bench.record import Record, open_record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.timing import in_turns

GOAL = 2.0
PAGE = 2_000


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the line for reading everything."""
    with open_record(medium) as record, closing(Actions(env=medium.fresh_environment())) as peer:
        our_lives(record, sizes.bulk_events)()
        their_lives(peer, sizes.bulk_events)()
        medium.settle()
        rates = in_turns(
            lambda: _read_ours(record), lambda: _read_theirs(peer), rounds=sizes.rounds
        )
    yield beside("typed read of the whole log", medium.name, rates, "/s", goal=GOAL)


def _read_ours(record: Record) -> int:
    return sum(1 for _ in record.log.read())


def _read_theirs(peer: Actions) -> int:
    """Read page by page, as its readers of notification logs do."""
    read, start = 0, 1
    while page := peer.recorder.select_notifications(start, PAGE):
        for notification in page:
            peer.mapper.to_domain_event(notification)
        read += len(page)
        start = page[-1].id + 1
    return read
