"""Signing the head once on every working day, beside the worker's own work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import structlog

from interfaces.bootstrap import Partnership
from interfaces.head_signing import sign_where_possible
from notifications.scheduler import StopAsked

_log = structlog.get_logger(__name__)


def signing_daily(
    partnership: Partnership, tick: Callable[[StopAsked], object]
) -> Callable[[StopAsked], object]:
    """Return the tick that also signs the head once on every working day, after its own work.

    A record that does not extend what was signed is logged as an error, once a day.
    """
    tried: set[dt.date] = set()

    def run(stop: StopAsked) -> object:
        done = tick(stop)
        day = partnership.today
        if day not in tried and partnership.calendar.is_working_day(day):
            tried.clear()
            tried.add(day)
            signature = sign_where_possible(partnership)
            if signature.why_not:
                _log.warning("head_not_signed", why=signature.why_not)
        return done

    return run
