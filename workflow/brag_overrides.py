"""Overruling a computed colour: for a reason, and never for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.recommendation import Colour
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.refusals import Incomplete, NotNow


@dataclass(frozen=True, slots=True)
class BragOverride:
    """The colour that counts instead of the computed one, up to and including a day."""

    colour: Colour
    expires_on: dt.date

    def counts_on(self, day: dt.date) -> bool:
        """Tell whether the override still counts on a day."""
        return day <= self.expires_on


def require_expiry_ahead(expires_on: dt.date, circumstances: Circumstances) -> None:
    """Check that an override ends on a day to come. Raises `Incomplete`."""
    if expires_on <= circumstances.today:
        message = (
            f"An override has to end on a day after today, and {format_date(expires_on)} is not."
            " Name the day up to which your colour shall count."
        )
        raise Incomplete(field="expires_on", message=message)


def require_override(ref: str, override: BragOverride | None, circumstances: Circumstances) -> None:
    """Check that an override counts today, so that it can be ended. Raises `NotNow`."""
    if override is None or not override.counts_on(circumstances.today):
        mend = "There is nothing to end."
        raise NotNow(ref, "end an override", "shown in its computed colour already", mend)
