"""A long record: a decade of actions, an audit with what came of it, entries that were told late.

It is written once for each database and length. The events are sealed and stored in large
transactions, each of a fortnight, and the read models made by one rebuild: to fold and store them
transaction by transaction, each of which touches other actions than the one before it, takes four
times as long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from bench.databases import Medium
from bench.lives import lives_in_rounds
from bench.record import LEAD, Record, event_of, open_record, opened
from bench.sizes import Sizes
from events.action import ActionCreated
from events.audit import AuditKind, AuditPlanned, FindingAgreed, FindingDrafted, FindingKind
from events.catalogue import Event
from events.log import Writing
from events.recommendation import RecommendationProgressNoted, RecommendationProposed
from events.recorded import Provenance
from projections.rebuild import rebuild

FORTNIGHTS: Final = 250
FORTNIGHT: Final = dt.timedelta(days=14)

LATE_EVERY: Final = 49
"""One entry in so many was told late: two per cent, and a third of all actions has one."""

LATE_DAYS: Final = (3, 10, 24, 41, 200)
"""So many days late, in turns; an action has an entry every half year, so one in five overtakes."""

AUDIT: Final = "audit-1"
ANSWERED_BY_MANY: Final = "recommendation-1"
ACTIONS_OF_THE_AUDIT: Final = 98
"""So many actions answer the audit's recommendation, evenly spread among all."""

ANSWERED_BY_FEW: Final = "recommendation-2"
FEW: Final = 5
NOTES: Final = 40

_WHO: Final = Provenance(LEAD, "bench", "bench")
_urls: dict[tuple[str, int], str] = {}


@contextmanager
def large_record(medium: Medium, sizes: Sizes) -> Iterator[Record]:
    """Open the record of two hundred thousand events; the first who asks waits for it."""
    with opened(long_record(medium, sizes.log_actions)) as record:
        yield record


def long_record(medium: Medium, actions: int) -> str:
    """Return the URL of the record of so many actions, twenty events each, writing it at first."""
    at = (medium.name, actions)
    if at not in _urls:
        with open_record(medium) as record:
            write(record, actions)
            _urls[at] = record.url
        medium.settle()
    return _urls[at]


def write(record: Record, actions: int) -> None:
    """Write a long record into one that was just opened."""
    steps = list(lives_in_rounds(actions))
    a_fortnight = -(-len(steps) // FORTNIGHTS)
    with record.log.writing(record.log.new_id()) as writing:
        _write_audit(writing)
    for first in range(0, len(steps), a_fortnight):
        record.clock.now += FORTNIGHT
        with record.log.writing(record.log.new_id()) as writing:
            _write_fortnight(writing, steps[first : first + a_fortnight], first, actions)
    rebuild(record.log, record.ledger.fold)


def _write_fortnight(
    writing: Writing, steps: Sequence[tuple[int, int]], first: int, actions: int
) -> None:
    today = dt.date.fromisoformat(writing.recorded_at[:10])
    for place, (number, turn) in enumerate(steps, first):
        stream = f"action-{number}"
        # It is known here, and need not be asked for a million times.
        writing.trust_version(stream, turn)
        event = _answering(event_of(number, turn), number, actions // ACTIONS_OF_THE_AUDIT)
        writing.append(stream, turn, [event], _WHO, _told_on(today, place))


def _told_on(today: dt.date, place: int) -> dt.date | None:
    late, is_on_time = divmod(place, LATE_EVERY)
    return None if is_on_time else today - dt.timedelta(LATE_DAYS[late % len(LATE_DAYS)])


def _answering(event: Event, number: int, apart: int) -> Event:
    if not isinstance(event, ActionCreated):
        return event
    if number <= FEW:
        return event.model_copy(update={"answers": (ANSWERED_BY_FEW,)})
    if number % apart == 0 and number // apart <= ACTIONS_OF_THE_AUDIT:
        return event.model_copy(update={"answers": (ANSWERED_BY_MANY,)})
    return event


def _write_audit(writing: Writing) -> None:
    writing.append(AUDIT, 0, [*_audit()], _WHO)
    from_audit = RecommendationProposed(
        text="Answer within a day", audit=AUDIT, findings=(f"{AUDIT}/finding-1",)
    )
    writing.append(ANSWERED_BY_MANY, 0, [from_audit], _WHO)
    alone = RecommendationProposed(text="Review the pathway", addressed_to=("role-1",))
    notes = [RecommendationProgressNoted(note=f"Met {number} times") for number in range(NOTES)]
    writing.append(ANSWERED_BY_FEW, 0, [alone, *notes], _WHO)


def _audit() -> Iterator[Event]:
    yield AuditPlanned(kind=AuditKind.AUDIT, title="Front door")
    for number in range(1, 16):
        yield FindingDrafted(finding=number, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Slow")
        yield FindingAgreed(finding=number)
