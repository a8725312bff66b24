"""England's working days: every day but Saturdays, Sundays and bank holidays.

The day of a trigger is day 0. What is due on a day is still in time on that whole day, and
overdue from the next working day.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

from workflow.bank_holidays import FIRST_YEAR, LAST_YEAR, stored_bank_holidays
from workflow.civil_dates import format_date

WEEKDAYS: Final = frozenset(range(5))
"""Monday, which is 0, to Friday."""


class OutsideCalendar(ValueError):
    """A day lies outside the years for which working days can be counted."""

    def __init__(self, day: str, first: dt.date, last: dt.date) -> None:
        super().__init__(
            f"Working days are known from {format_date(first)} to {format_date(last)}, and {day} "
            "lies outside. Check the year."
        )
        self.day = day
        self.first = first
        self.last = last


@dataclass(frozen=True, slots=True, eq=False)
class WorkingDays:
    """A calendar of working days; make one with `england()` and keep it for the whole process.

    `horizon` is the last day covered by announced bank holidays; later days follow the standing
    rules. `version` names the table, to be recorded beside whatever was worked out from it. On
    `contact_weekdays`, where 0 is a Monday, people are written to; no period depends on them.
    Every method takes civil dates from `first` to `last` and raises `OutsideCalendar` for others;
    each costs a look-up or two, however far apart its days are.
    """

    first: dt.date
    last: dt.date
    horizon: dt.date
    version: str
    contact_weekdays: frozenset[int]
    _days: array[int] = field(repr=False)
    """The ordinals of all working days, in order."""
    _before: array[int] = field(repr=False)
    """For each day from `first`, and one more: how many working days lie before it."""
    _closed: frozenset[int] = field(repr=False)
    """The ordinals of the closed days, whatever their weekday."""

    @classmethod
    def without(
        cls,
        closed: Iterable[dt.date],
        *,
        first: dt.date,
        last: dt.date,
        horizon: dt.date,
        version: str,
        contact_weekdays: Iterable[int] = WEEKDAYS,
    ) -> Self:
        """Make a calendar in which only weekends and the closed days are not worked."""
        ordinals = {day.toordinal() for day in closed}
        days, before = array("l"), array("l", [0])
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            # Ordinal 1 was a Monday.
            if (ordinal - 1) % 7 in WEEKDAYS and ordinal not in ordinals:
                days.append(ordinal)
            before.append(len(days))
        contact = frozenset(contact_weekdays)
        return cls(first, last, horizon, version, contact, days, before, frozenset(ordinals))

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether the day is worked."""
        place = self._place(day)
        return self._before[place + 1] > self._before[place]

    def is_contact_day(self, day: dt.date) -> bool:
        """Tell whether people are written to on the day: on the chosen weekdays that are open."""
        self._place(day)
        return day.weekday() in self.contact_weekdays and day.toordinal() not in self._closed

    def add(self, day: dt.date, n: int) -> dt.date:
        """Give the n-th working day after the day, or before it for a negative n.

        The day itself is day 0, whether worked or not, so `add(day, 0)` is the day.
        """
        if n == 0:
            return day
        place = self._place(day)
        index = self._before[place + 1] + n - 1 if n > 0 else self._before[place] + n
        if not 0 <= index < len(self._days):
            beyond = f"{abs(n)} working days {'after' if n > 0 else 'before'} {format_date(day)}"
            raise OutsideCalendar(beyond, self.first, self.last)
        return dt.date.fromordinal(self._days[index])

    def between(self, a: dt.date, b: dt.date) -> int:
        """Count the working days after a up to and including b; negative where b is earlier.

        So `between(a, b) == -between(b, a)`, and `between(day, add(day, n)) == n` for every day
        and n ≥ 0. For n < 0 the same holds from a working day; from a day that is not worked the
        count is one fewer, since the day itself is not among those counted.
        """
        return self._before[self._place(b) + 1] - self._before[self._place(a) + 1]

    def next_working_day(self, day: dt.date) -> dt.date:
        """Give the first working day strictly after the day."""
        return self.add(day, 1)

    def on_or_after(self, day: dt.date) -> dt.date:
        """Give the day itself if it is worked, else the next one that is."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def on_or_before(self, day: dt.date) -> dt.date:
        """Give the day itself if it is worked, else the last one before it that is."""
        return day if self.is_working_day(day) else self.add(day, -1)

    def overdue_from(self, due: dt.date) -> dt.date:
        """Give the first day on which something due on the day is overdue: the next worked."""
        return self.next_working_day(due)

    def warning_for(self, day: dt.date) -> str | None:
        """Warn of a day past the announced bank holidays; None for a day within them."""
        if day <= self.horizon:
            return None
        return (
            f"Bank holidays are announced up to {format_date(self.horizon)}. For "
            f"{format_date(day)} the standing rules were used ({self.version}), so the count of "
            "working days may change when the government announces that year's."
        )

    def _place(self, day: dt.date) -> int:
        place = day.toordinal() - self.first.toordinal()
        if not 0 <= place < len(self._before) - 1:
            raise OutsideCalendar(format_date(day), self.first, self.last)
        return place


def england(
    *, also_closed: Iterable[dt.date] = (), contact_weekdays: Iterable[int] = WEEKDAYS
) -> WorkingDays:
    """Make the calendar of England from the table of bank holidays in this package.

    `also_closed`: bank holidays proclaimed since the table was made, such as the day of a state
    funeral; their number goes into the version. `contact_weekdays`: see `WorkingDays`.
    """
    table = stored_bank_holidays()
    added = frozenset(also_closed) - table.days
    return WorkingDays.without(
        table.days | added,
        first=dt.date(FIRST_YEAR, 1, 1),
        last=dt.date(LAST_YEAR, 12, 31),
        contact_weekdays=contact_weekdays,
        horizon=table.announced_until,
        version=f"{table.version} + {len(added)}" if added else table.version,
    )
