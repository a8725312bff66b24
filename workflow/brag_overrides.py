"""Overruling a computed colour: for a reason, and never for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from events.recommendation import Colour
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.refusals import Incomplete, NotNow

LONGEST_DAYS: Final = 60
"""Working days after today up to which an override may count: as long as the usual cadence."""


@dataclass(frozen=True, slots=True)
class BragOverride:
    """The colour that counts instead of the computed one, up to and including a day."""

    colour: Colour
    expires_on: dt.date

    def counts_on(self, day: dt.date) -> bool:
        """Tell whether the override still counts on a day."""
        return day <= self.expires_on


def new_override(colour: Colour, expires_on: dt.date, circumstances: Circumstances) -> BragOverride:
    """Return an override that may be made. Raises `Incomplete` for blue, and for a wrong day.

    Nothing is blue because somebody says so: an action is confirmed, an impact is shown.
    """
    if colour is Colour.BLUE:
        message = (
            "Blue means that it was confirmed to be done, and nobody can overrule that. Confirm an"
            " action as complete, or show the impact of a recommendation."
        )
        raise Incomplete(field="colour", message=message)
    if expires_on <= circumstances.today:
        message = (
            f"An override has to end on a day after today, and {format_date(expires_on)} is not."
            " Name the day up to which your colour shall count."
        )
        raise Incomplete(field="expires_on", message=message)
    latest = circumstances.calendar.add(circumstances.today, LONGEST_DAYS)
    if expires_on > latest:
        message = (
            f"An override counts for at most {LONGEST_DAYS} working days, that is up to"
            f" {format_date(latest)}. Name a day up to then; it can be made again if it is still"
            " needed."
        )
        raise Incomplete(field="expires_on", message=message)
    return BragOverride(colour, expires_on)


def require_override(ref: str, override: BragOverride | None, circumstances: Circumstances) -> None:
    """Check that an override counts today, so that it can be ended. Raises `NotNow`."""
    if override is None or not override.counts_on(circumstances.today):
        mend = "There is nothing to end."
        raise NotNow(ref, "end an override", "shown in its computed colour already", mend)
