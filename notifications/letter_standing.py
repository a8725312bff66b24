"""How far away the date of a thing is, and in which part of the email it therefore stands."""

from __future__ import annotations

import datetime as dt
from typing import Final

from notifications.letter_item import SOON_DAYS, Section
from notifications.rules import Occasion
from notifications.subject import Subject
from notifications.wording import counted
from workflow.civil_dates import format_date
from workflow.working_days import WorkingDays

_AHEAD: Final = {Occasion.REVIEW: "to be reviewed", Occasion.CLOCK: "runs out"}
_UNDATED: Final = {
    Occasion.DECISION: "a request for more time waits for a decision",
    Occasion.ADDRESS: "no email reaches this address",
    Occasion.VACANCY: "nobody holds this role",
}


def section_of(
    subject: Subject, day: dt.date, calendar: WorkingDays, *, decides: bool = False
) -> Section:
    """Return the part of the email in which something stands on a day.

    `decides`: a request for more time, or what is said to be done, is the reader's own to decide.
    """
    if subject.occasion in _UNDATED or subject.is_claim:
        is_theirs = decides and (subject.is_claim or subject.occasion is Occasion.DECISION)
        return Section.DECISION if is_theirs else Section.ATTENTION
    if day >= _late_from(subject, calendar):
        return Section.OVERDUE
    near = calendar.between(day, subject.target_on) <= SOON_DAYS
    return Section.SOON if near else Section.UPCOMING


def standing(
    subject: Subject, day: dt.date, calendar: WorkingDays, *, decides: bool = False
) -> str:
    """Say how far away the date is, such as "due in 5 working days".

    `decides`: a request for more time, or what is said to be done, is the reader's own to decide.
    """
    if subject.is_claim:
        whom = "for you to confirm it" if decides else "to be confirmed"
        return f"reported as done, and waits {whom} since {format_date(subject.target_on)}"
    if subject.occasion is Occasion.DECISION and decides:
        return "a request for more time waits for your decision"
    if subject.occasion in _UNDATED:
        return _UNDATED[subject.occasion]
    word = _AHEAD.get(subject.occasion, "due")
    days = calendar.between(day, subject.target_on)
    if subject.target_on == day:
        return f"{word} today"
    if day >= _late_from(subject, calendar):
        late = counted(-days, "working day") if days else "1 day"
        return _late(subject.occasion, late)
    if not days:
        return f"{word} on {format_date(subject.target_on)}"
    return f"{word} in {counted(days, 'working day')}"


def _late(occasion: Occasion, late: str) -> str:
    match occasion:
        case Occasion.CLOCK:
            return f"ran out {late} ago"
        case Occasion.REVIEW:
            # The work itself goes on, or rests: it is the look at it that is late.
            return f"review overdue by {late}"
        case _:
            return f"overdue by {late}"


def _late_from(subject: Subject, calendar: WorkingDays) -> dt.date:
    """Return the first day on which it is late: a clock that ran out is so on the very next day."""
    if subject.occasion is Occasion.CLOCK:
        return subject.target_on + dt.timedelta(days=1)
    return calendar.overdue_from(subject.target_on)
