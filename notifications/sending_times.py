"""The moments at which a working day's emails begin to leave."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from workflow.working_days import WorkingDays


def last_sending(
    now: dt.datetime, at: dt.time, zone: ZoneInfo, calendar: WorkingDays
) -> dt.datetime:
    """Return the latest sending time that has come by an aware instant; aware, in UTC."""
    day = now.astimezone(zone).date()
    while not calendar.is_contact_day(day) or _moment(day, at, zone) > now:
        day -= dt.timedelta(days=1)
    return _moment(day, at, zone)


def next_sending(
    now: dt.datetime, at: dt.time, zone: ZoneInfo, calendar: WorkingDays
) -> dt.datetime:
    """Return the first sending time after an aware instant; aware, in UTC."""
    day = now.astimezone(zone).date()
    while not calendar.is_contact_day(day) or _moment(day, at, zone) <= now:
        day += dt.timedelta(days=1)
    return _moment(day, at, zone)


def _moment(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, at, zone).astimezone(dt.UTC)
