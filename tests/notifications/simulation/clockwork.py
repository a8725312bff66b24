"""The clocks of the simulation: the true time, and the time that the machines' clocks show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from projections.civil_days import LONDON


@dataclass(slots=True)
class Clockwork:
    """`true` only goes forward; `shown`, which the programs see, may be set back and put right."""

    true: dt.datetime
    wrong_by: dt.timedelta = dt.timedelta()

    def shown(self) -> dt.datetime:
        """Return what the clocks of all machines show; aware, in UTC."""
        return self.true + self.wrong_by

    def true_when_shown(self, day: dt.date, at: dt.time) -> dt.datetime:
        """Return when the clocks will show a time of London, if nobody sets them meanwhile."""
        return dt.datetime.combine(day, at, LONDON).astimezone(dt.UTC) - self.wrong_by


def day_of(instant: dt.datetime) -> dt.date:
    """Return London's civil day."""
    return instant.astimezone(LONDON).date()
