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

LATE_DAYS = (3, 10, 24, 41, 200)
"""So many days late, in turns; an action has an entry every half year, so one in five overtakes."""

NOTES = 40
FORTNIGHT = dt.timedelta(days=14)
"""From one batch to the next, so that the record is one of a decade."""

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
        record.clock.now += FORTNIGHT
        today = record.clock.now.date()
        with record.ledger.transaction(actor=LEAD) as transaction:
            for place, (number, turn) in enumerate(steps[first : first + BATCH_EVENTS], first):
                late = today - dt.timedelta(_days_late(place)) if place % LATE_EVERY == 0 else None
                transaction.append(f"action-{number}", turn, [event_of(number, turn)], late)
    _recommend(record)


def _days_late(place: int) -> int:
    return LATE_DAYS[place // LATE_EVERY % len(LATE_DAYS)]


def _recommend(record: Record) -> None:
    proposed = RecommendationProposed(text="Review the pathway", addressed_to=("role-1",))
    with record.ledger.transaction(actor=LEAD) as transaction:
        notes = [RecommendationProgressNoted(note=f"Met {number} times") for number in range(NOTES)]
        transaction.append(RECOMMENDATION, 0, [proposed, *notes])
