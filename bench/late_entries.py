"""A copy of the large record's shape in which some entries were told late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bench.databases import Medium
from bench.lives import BATCH_EVENTS, lives_in_rounds
from bench.record import LEAD, Record, event_of, open_record, opened
from bench.sizes import Sizes
from events.recommendation import RecommendationProgressNoted, RecommendationProposed

LATE_EVERY = 49
"""One entry in so many was told late: two per cent, and a third of all actions has one."""

LATE_DAYS = 10
NOTES = 40
HOUR = dt.timedelta(hours=1)
RECOMMENDATION = "recommendation-1"

_urls: dict[tuple[str, Sizes], str] = {}


@contextmanager
def late_record(medium: Medium, sizes: Sizes) -> Iterator[Record]:
    """Open the record with late entries on a medium; the first who asks waits until it stands."""
    at = (medium.name, sizes)
    if at not in _urls:
        with open_record(medium) as record:
            _write(record, sizes.log_actions)
            _urls[at] = record.url
        medium.settle()
    with opened(_urls[at]) as record:
        yield record


def _write(record: Record, actions: int) -> None:
    steps = list(lives_in_rounds(actions))
    for first in range(0, len(steps), BATCH_EVENTS):
        record.clock.now += HOUR * 12
        told_on = record.clock.now.date() - dt.timedelta(days=LATE_DAYS)
        with record.ledger.transaction(actor=LEAD) as transaction:
            for place, (number, turn) in enumerate(steps[first : first + BATCH_EVENTS]):
                late = told_on if place % LATE_EVERY == 0 else None
                transaction.append(f"action-{number}", turn, [event_of(number, turn)], late)
    _recommend(record)


def _recommend(record: Record) -> None:
    proposed = RecommendationProposed(text="Review the pathway", addressed_to=("role-1",))
    with record.ledger.transaction(actor=LEAD) as transaction:
        notes = [RecommendationProgressNoted(note=f"Met {number} times") for number in range(NOTES)]
        transaction.append(RECOMMENDATION, 0, [proposed, *notes])
