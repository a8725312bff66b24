"""Ranges as people write them, from days or months to days or months; due on the last day."""

from __future__ import annotations

from events.values import Precision
from workflow.civil_dates import (
    NotADate,
    Period,
    month_name,
    month_number,
    whole_months,
    year_number,
)
from workflow.date_days import named_day, numeric_day
from workflow.date_words import DAY, GAP, MONTH, NUMBER, TO, YEAR, Found, shape


def _days_of_one_month(found: Found) -> Period:
    month, year = found["month"], year_number(found["year"])
    return _span(named_day(found["day1"], month, year), named_day(found["day2"], month, year))


def _days_of_two_months(found: Found) -> Period:
    first_year, last_year = _years(found)
    return _span(
        named_day(found["day1"], found["month1"], first_year),
        named_day(found["day2"], found["month2"], last_year),
    )


def _numeric_days(found: Found) -> Period:
    return _span(
        numeric_day(found["day1"], found["month1"], found["year1"]),
        numeric_day(found["day2"], found["month2"], found["year2"]),
    )


def _months(found: Found) -> Period:
    first_year, last_year = _years(found)
    return _span(_month(found["month1"], first_year), _month(found["month2"], last_year))


def _month(name: str, year: int) -> Period:
    month = (year, month_number(name))
    return whole_months(Precision.MONTH, month, month)


def _years(found: Found) -> tuple[int, int]:
    """Give the year of each end; a first end without one shares the year of the last."""
    last_year = year_number(found["year2"])
    if found["year1"]:
        return year_number(found["year1"]), last_year
    first, last = month_number(found["month1"]), month_number(found["month2"])
    if first > last:
        whole = f"{month_name(last_year - 1, first)} to {month_name(last_year, last)}"
        raise NotADate(
            "it runs over two years and names only one",
            f'Write the year of both ends, such as "{whole}".',
        )
    return last_year, last_year


def _span(first: Period, last: Period) -> Period:
    if first.earliest > last.latest:
        raise NotADate("it ends before it begins", "Write the earlier end first.")
    return Period(Precision.RANGE, first.earliest, last.latest)


RANGE_SHAPES = (
    shape(
        rf"(?:from )?(?P<day1>{DAY}){TO}(?P<day2>{DAY}){GAP}(?:of )?(?P<month>{MONTH}){GAP}"
        rf"(?P<year>{YEAR})",
        _days_of_one_month,
    ),
    shape(
        rf"(?:from )?(?P<day1>{DAY}) (?P<month1>{MONTH})(?: (?P<year1>{YEAR}))?{TO}"
        rf"(?P<day2>{DAY}) (?P<month2>{MONTH}) (?P<year2>{YEAR})",
        _days_of_two_months,
    ),
    shape(
        rf"(?:from )?(?P<day1>{NUMBER})[./](?P<month1>{NUMBER})[./](?P<year1>[0-9]{{4}}|[0-9]{{2}})"
        rf"{TO}(?P<day2>{NUMBER})[./](?P<month2>{NUMBER})[./](?P<year2>[0-9]{{4}}|[0-9]{{2}})",
        _numeric_days,
    ),
    shape(
        rf"(?:from )?(?P<month1>{MONTH})(?:[ -]?(?P<year1>{YEAR}))?{TO}(?P<month2>{MONTH})[ -]?"
        rf"(?P<year2>{YEAR})",
        _months,
    ),
)
"""Every way of writing a range."""
