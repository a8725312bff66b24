"""Reminders that were due and did not go, and why: for whoever asks afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notifications.listing import Fate, ListedEmail, Wanted, listed
from notifications.reasons import not_sent_in_words
from projections.store import View
from workflow.civil_dates import format_date

_NOT_THAT_DAY: Final = "it had not left by the end of the day"
_BECAUSE: Final = {
    Fate.PLANNED: "it was planned, and has not left",
    Fate.FAILED: "the mail server refused it",
    Fate.UNCERTAIN: "nobody knows whether it arrived",
    Fate.CANCELLED: "it was cancelled before it left",
}


@dataclass(frozen=True, slots=True)
class NotReminded:
    """One thing of which somebody was to be told by email, and was not, or perhaps not.

    `person` None: nobody could be found. `on`: the day for which the email was due, or on which it
    was settled. `days`: on so many sending days in a row, from `on` on; `then`: what came of
    it after them, if anything did yet.
    """

    item: str
    person: str | None
    rule: str
    on: dt.date
    why: str
    email: str | None = None
    days: int = 1
    then: str | None = None


def not_reminded(view: View, since: dt.date, until: dt.date) -> tuple[NotReminded, ...]:
    """Return what was planned for a time and did not go as it should, the newest first.

    What left on a later day than it was due did not go on that day, whatever came of it.
    """
    found = (one for email in listed(view, Wanted()) for one in _of(email, until))
    within = (one for one in found if since <= one.on <= until)
    return tuple(sorted(within, key=lambda one: one.on, reverse=True))


def _of(email: ListedEmail, until: dt.date) -> Iterator[NotReminded]:
    is_late = email.fate is Fate.SENT and email.on > email.send_on
    for item in email.items:
        of = (item.item, email.person, item.rule)
        if is_late and item.not_said is None:
            left = f"it left on {format_date(email.on)}, at attempt {email.attempts}"
            yield NotReminded(*of, email.send_on, _NOT_THAT_DAY, email.email, then=left)
            continue
        why = _why(email, item.not_said, until)
        if why is not None:
            # Of what was settled later than it is asked for, the day counts on which it was due.
            on = email.on if email.on <= until else email.send_on
            yield NotReminded(*of, on, why, email.email)


def _why(email: ListedEmail, not_said: str | None, until: dt.date) -> str | None:
    if not_said is not None:
        return f"it was taken out before the email left: {not_sent_in_words(not_said)}"
    if email.fate is Fate.SENT or (email.fate is Fate.PLANNED and email.send_on >= until):
        return None
    words = f": {not_sent_in_words(email.reason)}" if email.reason else ""
    return f"{_BECAUSE[email.fate]}{words}"
