"""Days of the civil calendar: their names, their bounds, and kind refusals of days that are not."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from events.values import Precision

EARLIEST_YEAR = 2000
LATEST_YEAR = 2100
# A two-digit year up to this one belongs to this century for certain: a plan may look decades
# ahead, but "31.12.99" is as likely to look back, so it is asked about.
LATEST_SHORT_YEAR = 59

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class NotADate(ValueError):
    """The words name no date that can be known for certain.

    `reason` completes the sentence "This date is not clear: ..."; `mend` is a whole sentence
    that says what to write instead.
    """

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(f"{reason}. {mend}")
        self.reason = reason
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Period:
    """The days that some words name, first and last included."""

    precision: Precision
    earliest: dt.date
    latest: dt.date


def format_date(day: dt.date) -> str:
    """Write a day as people say it, such as "31 December 2024", in every locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(year: int, month: int) -> str:
    """Write a month as people say it, such as "December 2024"."""
    return f"{MONTHS[month - 1]} {year}"


def month_number(name: str) -> int:
    """Give the number, 1 to 12, of a month named in full or by its first three letters."""
    return [known[:3].lower() for known in MONTHS].index(name[:3].lower()) + 1


def year_number(digits: str) -> int:
    """Read a year of two or four digits; raise `NotADate` where its century is in doubt."""
    bare = digits.strip("'")
    year = int(bare)
    if len(bare) == 2:  # noqa: PLR2004 - a year of two digits
        if year > LATEST_SHORT_YEAR:
            raise NotADate(
                f'"{bare}" could be the year 19{bare} or 20{bare}',
                f"Write the year in full, such as 20{bare}.",
            )
        return 2000 + year
    return within_bounds(year)


def within_bounds(year: int) -> int:
    """Give back a year that a target date can lie in; raise `NotADate` for any other."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotADate(
            f"the year {year} lies outside {EARLIEST_YEAR} to {LATEST_YEAR}",
            "Check the year and write it with four digits.",
        )
    return year


def real_month(month: int) -> int:
    """Give back a month from 1 to 12; raise `NotADate` for any other."""
    if not 1 <= month <= len(MONTHS):
        raise NotADate(
            f"there is no month {month}",
            'Write the day first, then the month from 1 to 12, such as "31.12.2025".',
        )
    return month


def real_day(year: int, month: int, day: int) -> dt.date:
    """Give the civil date; raise `NotADate` for a day that its month does not have."""
    last = calendar.monthrange(year, real_month(month))[1]
    if not 1 <= day <= last:
        named = month_name(year, month)
        raise NotADate(
            f"{named} has {last} days",
            f'Write a day from 1 to {last} {named}, or only "{named}" for its last day.',
        )
    return dt.date(year, month, day)


def single_day(day: dt.date) -> Period:
    """Give the period of one day."""
    return Period(Precision.DAY, day, day)


def whole_months(precision: Precision, first: tuple[int, int], last: tuple[int, int]) -> Period:
    """Give the period from the first day of one (year, month) to the last day of another."""
    year, month = last
    end = dt.date(year, month, calendar.monthrange(year, month)[1])
    return Period(precision, dt.date(*first, 1), end)
