"""The days on which the colour of an item may turn by itself, as time passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Final

from workflow.brag import CADENCE_DAYS, LONG_PAST_DAYS, NEAR_DAYS, BragFacts
from workflow.working_days import OutsideCalendar, WorkingDays

_A_DAY: Final = dt.timedelta(days=1)


def turns(
    facts: BragFacts, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
) -> tuple[dt.date, ...]:
    """Return in order every day on which the colour may become another, though nothing happens.

    From one of them to the eve of the next it stays. Where working days cannot be counted any more,
    none is told.
    """
    return tuple(sorted(set(_turns(facts, calendar, cadence_days))))


def _turns(facts: BragFacts, calendar: WorkingDays, cadence_days: int) -> Iterator[dt.date]:
    """Yield every day on which something that the colour depends on changes with time."""
    if facts.override is not None:
        yield facts.override.expires_on + _A_DAY
    for due in (facts.due, facts.impact_due_on):
        # It is near from 20 working days before, counted from a day that may not be worked itself.
        yield from _working(calendar, due, 1, -NEAR_DAYS, -NEAR_DAYS - 1)
    yield from _working(calendar, facts.original_due, LONG_PAST_DAYS)
    yield from _working(calendar, facts.last_update_on, NEAR_DAYS + 1, cadence_days + 1)


@lru_cache(maxsize=20_000)
def _working(calendar: WorkingDays, day: dt.date | None, *apart: int) -> tuple[dt.date, ...]:
    """Return the working days so far from a day, as far as there are. Many items share a date."""
    if day is None:
        return ()
    found = []
    for days in apart:
        with suppress(OutsideCalendar):
            found.append(calendar.add(day, days))
    return tuple(found)
