"""When whom was told of a date: the emails about it that were ever planned, looked up singly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from notifications.fair_start import Telling, Tellings
from projections.projection import Row
from projections.store import View

_NEVER_LEFT = frozenset({"planned", "cancelled"})


def tellings_of(view: View) -> Tellings:
    """Return what looks up the emails about one date of an item, as a view knows them.

    What was taken out of an email before it left does not count.
    """

    @cache
    def email_of(ref: str) -> Row | None:
        return view.get("reminders", ref)

    def tellings(item: str, target_on: dt.date) -> Iterator[Telling]:
        # The first of all emails: without it there is nothing to look for, however much is due.
        if email_of("email-1") is None:
            return
        written = target_on.isoformat()
        for listed in view.under("reminders_of", f"{item}/").values():
            email = email_of(listed["email"])
            for one in email["items"] if email else ():
                if email and (one["item"], one["target_on"]) == (item, written):
                    yield _telling(email, one["role"])

    return tellings


def _telling(email: Row, role: str | None) -> Telling:
    left_on = None if email["status"] in _NEVER_LEFT else email["settled_on"]
    return Telling(
        email["person"],
        role,
        dt.date.fromisoformat(email["planned_on"]),
        dt.date.fromisoformat(left_on) if left_on else None,
    )
