"""The board as at a past day in a long log, beside today's board in the same log."""

from __future__ import annotations

from collections.abc import Iterator

from bench.databases import Medium
from bench.large_record import large_record
from bench.record import Record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.timing import Slice, in_turns
from projections.board import board
from projections.civil_days import civil_day
from projections.store import View, ViewOfThen, ViewOfToday

GOAL = 2.0
PARTS = {"early": 0.08, "first quarter": 0.25, "middle": 0.5, "last quarter": 0.75, "late": 0.97}
"""How much of the log was known on the past days; from 5 per cent on all actions are there."""


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield a line for each past day; the score is their time over the time of today's board."""
    with large_record(medium, sizes) as record:
        size = record.log.head().size
        today = _board(record, ViewOfToday(record.log))
        for name, part in PARTS.items():
            then = ViewOfThen(record.log, int(size * part))
            rates = in_turns(today, _board(record, then), rounds=sizes.rounds)
            work = f"board of an {name} day" if name == "early" else f"board of a {name} day"
            line = beside(f"{work}, {size:,} events", medium.name, rates, "boards/s")
            yield Result(
                line.work,
                line.database,
                ours=f"today {1000 / rates.ours:,.0f} ms",
                theirs=f"then {1000 / rates.theirs:,.0f} ms",
                score=rates.ratio,
                unit="× its time",
                goal=GOAL,
                at_most=True,
            )


def _board(record: Record, view: View) -> Slice:
    on = civil_day(record.clock.now)

    def work() -> int:
        shown = board(view, on, record.ledger.calendar)
        assert shown.lines
        return 1

    return work
