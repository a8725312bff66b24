"""Instants as people of one time zone write them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from workflow.civil_dates import format_date


def format_instant_in(zone: ZoneInfo, instant: dt.datetime) -> str:
    """Write an aware instant as a day and a time of a zone: "3 November 2025 at 08:00"."""
    local = instant.astimezone(zone)
    return f"{format_date(local.date())} at {local:%H:%M}"


def format_age(age: dt.timedelta) -> str:
    """Write how long ago something was, in its largest unit: "20 seconds", "3 days"."""
    seconds = int(age.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return _counted(seconds // length, unit)
    return _counted(seconds, "second")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
