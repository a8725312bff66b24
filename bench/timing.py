"""Timing two sides in turns, so that a noisy machine is unfair to both alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Slice = Callable[[], int]
"""Does some work and returns how many units of it were done."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Units per second of both sides (medians), and the median ratio of the rounds."""

    ours: float
    theirs: float
    ratio: float


def rate_of(work: Slice) -> float:
    """Return the units per second of one slice of work."""
    gc.collect()
    begun = time.perf_counter()
    units = work()
    return units / (time.perf_counter() - begun)


def in_turns(ours: Slice, theirs: Slice, *, rounds: int, warm_up: int = 1) -> Rates:
    """Run both sides round by round; who begins a round changes with each.

    The ratio is the median of the rounds' own ratios: what slows the machine for a while slows
    both sides of the same round.
    """
    for _ in range(warm_up):
        ours()
        theirs()
    pairs = [_one_round(ours, theirs, ours_first=bool(turn % 2)) for turn in range(rounds)]
    return Rates(
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(ours / theirs for ours, theirs in pairs),
    )


def _one_round(ours: Slice, theirs: Slice, *, ours_first: bool) -> tuple[float, float]:
    if ours_first:
        our_rate = rate_of(ours)
        return our_rate, rate_of(theirs)
    their_rate = rate_of(theirs)
    return rate_of(ours), their_rate
