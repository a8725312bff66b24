"""Bulk: many events with projections and hashes, beside the peer's save of as many in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from bench.databases import Medium
from bench.lives import our_lives, their_lives
from bench.peer import Actions
from bench.record import open_record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.timing import in_turns

GOALS = {"sqlite": 1.0, "postgresql": 2.0}


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the line for writing in bulk."""
    with open_record(medium) as record, closing(Actions(env=medium.fresh_environment())) as peer:
        ours = our_lives(record, sizes.bulk_events)
        theirs = their_lives(peer, sizes.bulk_events)
        rates = in_turns(ours, theirs, rounds=sizes.rounds)
    work = f"bulk: {sizes.bulk_events:,} events"
    yield beside(work, medium.name, rates, "/s", goal=GOALS[medium.name])
