"""When a message that was not taken is tried again, and when that ends."""

from __future__ import annotations

import datetime as dt
from typing import Final

WAITS: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
"""The waits after the first tries; the last of them goes on."""

GIVE_UP_AFTER: Final = dt.timedelta(hours=72)
"""A try that fails so long after the first one was the last, and the next plan begins anew."""

RESEND_AFTER: Final = dt.timedelta(minutes=15)
"""The wait before an email of unknown outcome leaves once more."""


def next_try(attempts: int, first_try_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """Return when to try again after so many attempts, None when it is time to give up."""
    if now - first_try_at >= GIVE_UP_AFTER:
        return None
    return now + WAITS[min(attempts, len(WAITS)) - 1]
