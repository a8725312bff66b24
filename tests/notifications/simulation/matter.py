"""What reminders are about, and working days counted one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from notifications.rules import Occasion
from workflow.working_days import england

CALENDAR: Final = england()


class Key(NamedTuple):
    """A reminder: it leaves once."""

    item: str
    on: dt.date
    rule: str
    person: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One date of one thing. `waits`: others than its leads are asked to confirm it."""

    item: str
    on: dt.date
    occasion: Occasion
    leads: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    waits: bool = False
    asked_by: str | None = None
    for_executive: bool = False


@lru_cache(maxsize=20_000)
def trigger_day(on: dt.date, offset: int) -> dt.date:
    """Count working days one by one; a rule of the day itself waits for one that is worked."""
    if offset == 0:
        return on if CALENDAR.is_working_day(on) else later(on, 1)
    return later(on, offset)


@lru_cache(maxsize=20_000)
def later(day: dt.date, working_days: int) -> dt.date:
    """Return the day so many working days later, or earlier for a negative number."""
    step = dt.timedelta(days=1 if working_days > 0 else -1)
    for _ in range(abs(working_days)):
        day += step
        while not CALENDAR.is_working_day(day):
            day += step
    return day
