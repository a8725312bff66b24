"""The times in which people hold a role: when two meet, and how one comes to its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from workflow.circumstances import Tenure
from workflow.civil_dates import format_date
from workflow.refusals import Incomplete


def require_order(from_on: dt.date, last_day_on: dt.date | None) -> None:
    """Check that a time does not end before it begins. Raises `Incomplete`."""
    if last_day_on is not None and last_day_on < from_on:
        message = (
            f"The last day, {format_date(last_day_on)}, lies before the first,"
            f" {format_date(from_on)}. Both days are included: check which of them is wrong."
        )
        raise Incomplete("last_day_on", message)


def overlap(one: Tenure, other: Tenure) -> bool:
    """Tell whether two times have a day in common."""
    first = max(one.from_on, other.from_on)
    return all(time.last_day_on is None or first <= time.last_day_on for time in (one, other))


def overlapping(time: Tenure, times: Iterable[Tenure]) -> Tenure | None:
    """Return the first of some times in which the same person is there on a same day, or None."""
    same = (other for other in times if other.person == time.person)
    return next((other for other in same if overlap(time, other)), None)


def can_end_on(time: Tenure, last_day_on: dt.date) -> bool:
    """Tell whether a time can be cut to a last day: one of its days, or the day before the first.

    The day before the first means that it never came to be.
    """
    begins_by_the_next_day = (time.from_on - last_day_on).days <= 1
    return begins_by_the_next_day and (time.last_day_on is None or last_day_on <= time.last_day_on)


def tenure_ending(times: Iterable[Tenure], person: str, last_day_on: dt.date) -> Tenure | None:
    """Return which of somebody's times a last day cuts, the latest that it can; or None."""
    able = [time for time in times if time.person == person and can_end_on(time, last_day_on)]
    return max(able, key=lambda time: time.from_on, default=None)


def after_standing_down(
    times: tuple[Tenure, ...], person: str, last_day_on: dt.date
) -> tuple[Tenure, ...]:
    """Return the times after `HolderStoodDown`; one that never came to be is gone."""
    ended = tenure_ending(times, person, last_day_on)
    if ended is None:
        return times
    cut = replace(ended, last_day_on=last_day_on)
    settled = (cut if time == ended else time for time in times)
    return tuple(time for time in settled if came_to_be(time))


def came_to_be(time: Tenure) -> bool:
    """Tell whether a time has any day at all."""
    return time.last_day_on is None or time.from_on <= time.last_day_on


def describe_time(time: Tenure) -> str:
    """Write a time as people say it: "1 April 2024 to 31 March 2025", "since 1 April 2024"."""
    if time.last_day_on is None:
        return f"since {format_date(time.from_on)}"
    return f"{format_date(time.from_on)} to {format_date(time.last_day_on)}"
