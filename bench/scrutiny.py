"""What a scrutineer waits for: the board by the second clock, the replay of one thing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from bench.databases import Medium
from bench.late_entries import NOTES, RECOMMENDATION, late_record
from bench.record import Record
from bench.results import Result
from bench.sizes import Sizes
from projections.board import board
from projections.civil_days import civil_day, end_of_day
from projections.names import Names
from projections.replay import Grain, Milestone, replay
from projections.replay_colours import Ahead
from projections.replay_scope import scope_of_thing
from projections.store import ViewOfThen, ViewOfToday
from projections.true_on import ViewTrueOn

TRUE_ON_SECONDS = 10.0
"""The goal for a log of a million events; a shorter one has its share of it."""

MILLION = 1_000_000
REPLAY_MS = 50.0


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield a line for the whole board as true on a day, and one for a replay."""
    with late_record(medium, sizes) as record:
        (last,) = record.log.read(after=record.log.head().size - 1)
        record.clock.now = last.recorded_at
        yield _true_on(record, medium, sizes)
        yield _replay(record, medium, sizes)


def _true_on(record: Record, medium: Medium, sizes: Sizes) -> Result:
    size, on = record.log.head().size, civil_day(record.clock.now)
    calendar = record.ledger.calendar

    def true() -> None:
        assert board(ViewTrueOn(record.log, on, size), on, calendar).lines

    def known() -> None:
        then = ViewOfThen(record.log, record.log.position_at(end_of_day(on)))
        assert board(then, on, calendar).lines

    seconds, beside = _median(true, sizes.rounds), _median(known, sizes.rounds)
    return Result(
        f"board as true on a day, {size:,} events",
        medium.name,
        ours=f"true on {seconds:.2f} s",
        theirs=f"known at {beside:.2f} s",
        score=seconds,
        unit="s",
        goal=TRUE_ON_SECONDS * min(1.0, size / MILLION),
        at_most=True,
    )


def _replay(record: Record, medium: Medium, sizes: Sizes) -> Result:
    size, on = record.log.head().size, civil_day(record.clock.now)

    def work() -> None:
        now, then = ViewOfToday(record.log), ViewOfThen(record.log, 0)
        scope = scope_of_thing(now, RECOMMENDATION)
        ahead = Ahead(then, scope, record.ledger.calendar)
        events = scope.events(record.log, 0, size)
        ends = (Milestone(size, on, ""),)
        steps = replay(events, scope, ahead, Names(now, on), Grain.EVENT, ends)
        assert sum(len(step.happened) for step in steps) == NOTES + 1

    milliseconds = _median(work, sizes.rounds * 4) * 1000
    return Result(
        f"replay of one recommendation, {size:,} events",
        medium.name,
        ours=f"{milliseconds:.1f} ms",
        theirs="-",
        score=milliseconds,
        unit="ms",
        goal=REPLAY_MS,
        at_most=True,
    )


def _median(work: Callable[[], None], rounds: int) -> float:
    def once() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    once()
    return statistics.median(once() for _ in range(rounds))
