"""A record of a decade: ten thousand actions, two hundred thousand events, written once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bench.databases import Medium
from bench.lives import BATCH_EVENTS, lives_in_rounds
from bench.record import LEAD, Record, event_of, open_record, opened
from bench.sizes import Sizes

_urls: dict[tuple[str, Sizes], str] = {}
MINUTE = dt.timedelta(minutes=1)


@contextmanager
def large_record(medium: Medium, sizes: Sizes) -> Iterator[Record]:
    """Open the large record on a medium; the first who asks waits until it is written."""
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
        record.clock.now += BATCH_EVENTS * MINUTE
        with record.ledger.transaction(actor=LEAD) as transaction:
            for number, turn in steps[first : first + BATCH_EVENTS]:
                transaction.append(f"action-{number}", turn, [event_of(number, turn)])
