"""How late something was told, in words."""

from __future__ import annotations

import datetime as dt


def lateness(happened_on: dt.date, recorded_on: dt.date) -> str | None:
    """Say how long after it happened something was recorded; None if on the same day."""
    days = (recorded_on - happened_on).days
    if days <= 0:
        return None
    return f"recorded {days} day{'s' * (days > 1)} after it happened"
