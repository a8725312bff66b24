"""The civil days of Europe/London on which things were recorded and became true."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from events.recorded import Recorded

LONDON: Final = ZoneInfo("Europe/London")
"""The time zone of the partnerships: a day begins and ends at its midnight."""

_SECONDS_OF_AN_HOUR: Final = 3600


def civil_day(instant: dt.datetime) -> dt.date:
    """Return the day it was in London at an aware instant."""
    return _day_of_hour(int(instant.timestamp()) // _SECONDS_OF_AN_HOUR)


def recorded_on(recorded: Recorded) -> str:
    """Return the civil day on which an event was recorded, as `2025-03-31`."""
    return _written_day_of_hour(int(recorded.recorded_at.timestamp()) // _SECONDS_OF_AN_HOUR)


def told_on(recorded: Recorded) -> dt.date | None:
    """Return the civil day on which an event became true, where that was told, or None.

    It is told with the event, else by the event itself, whose day counts if it is past: what
    begins in the future is known from the day of recording on.
    """
    if recorded.effective_on is not None:
        return recorded.effective_on
    own_day = recorded.event.own_day
    is_past = own_day is not None and own_day < civil_day(recorded.recorded_at)
    return own_day if is_past else None


def true_on(recorded: Recorded) -> str:
    """Return the civil day on which an event became true: as told, else the day of recording."""
    told = told_on(recorded)
    return recorded_on(recorded) if told is None else told.isoformat()


def day_true(recorded: Recorded) -> dt.date:
    """Return `true_on` as a date."""
    return told_on(recorded) or civil_day(recorded.recorded_at)


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last instant, in microseconds, of a day in London; aware, in UTC.

    What the log held then is what was known at the end of that day.
    """
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LONDON)
    return midnight.astimezone(dt.UTC) - dt.timedelta(microseconds=1)


@lru_cache(maxsize=100_000)
def _day_of_hour(hours: int) -> dt.date:
    # London's clocks change on the whole hour of UTC, so all of an hour lies in one day.
    return dt.datetime.fromtimestamp(hours * _SECONDS_OF_AN_HOUR, LONDON).date()


@lru_cache(maxsize=100_000)
def _written_day_of_hour(hours: int) -> str:
    return _day_of_hour(hours).isoformat()
