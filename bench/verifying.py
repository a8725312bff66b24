"""Verifying every byte of a long log."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench.databases import Medium
from bench.large_record import large_record
from bench.record import Record
from bench.results import Result
from bench.sizes import Sizes
from bench.timing import rate_of
from events.verification import verify_log

GOAL = 200_000


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the line for a verification."""
    with large_record(medium, sizes) as record:
        rate = statistics.median(rate_of(lambda: _verify(record)) for _ in range(sizes.rounds))
    yield Result("verify", medium.name, f"{rate:,.0f} /s", "-", rate, "events/s", GOAL)


def _verify(record: Record) -> int:
    verdict = verify_log(record.log.engine)
    assert verdict.holds
    return verdict.size
