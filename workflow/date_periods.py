"""Months, seasons, quarters and years as people write them; each is due on its last day."""

from __future__ import annotations

import re

from events.values import Precision
from workflow.civil_dates import (
    NotADate,
    Period,
    month_name,
    month_number,
    real_month,
    whole_months,
    within_bounds,
    year_number,
)
from workflow.date_words import (
    GAP,
    MONTH,
    NUMBER,
    QUARTER,
    SEASON,
    TWO_YEARS,
    YEAR,
    Found,
    Shape,
    shape,
)

# The seasons of the Met Office's calendar: first and last month. Winter ends in the next year.
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_LAST_QUARTER = 4
_FINANCIAL_YEAR = r"(?:the )?(?:financial year|fy)"


def _month(found: Found) -> Period:
    month = (year_number(found["year"]), month_number(found["month"]))
    return whole_months(Precision.MONTH, month, month)


def _numeric_month(found: Found) -> Period:
    month = (within_bounds(int(found["year"])), real_month(int(found["month"])))
    return whole_months(Precision.MONTH, month, month)


def _iso_month(found: Found) -> Period:
    year, month = within_bounds(int(found["year"])), int(found["month"])
    if month == (year + 1) % 100:
        raise NotADate(
            f"it could mean {month_name(year, month)} or the year {_two_years(year)}",
            f'Write "{month_name(year, month)}" if that is the month meant, else the last day.',
        )
    return whole_months(Precision.MONTH, (year, month), (year, month))


def _season(found: Found) -> Period:
    year = year_number(found["year"])
    if found["season"] == "winter":
        raise NotADate(
            f"it could be the winter that ends in February {year} or the one that begins in "
            f"December {year}",
            f'Write "Winter {_two_years(year - 1)}" or "Winter {_two_years(year)}".',
        )
    first, last = _SEASON_MONTHS[found["season"]]
    return whole_months(Precision.SEASON, (year, first), (year, last))


def _season_of_two_years(found: Found) -> Period:
    year, season = _first_of_two_years(found), found["season"]
    if season != "winter":
        raise NotADate(
            f"{season} lies within one year",
            f'Write "{season.title()} {year}" or "{season.title()} {year + 1}".',
        )
    return whole_months(Precision.SEASON, (year, 12), (year + 1, 2))


def _financial_quarter(found: Found) -> Period:
    year, quarter = _first_of_two_years(found), _real_quarter(found)
    if quarter == _LAST_QUARTER:
        return whole_months(Precision.QUARTER, (year + 1, 1), (year + 1, 3))
    first = 3 * quarter + 1
    return whole_months(Precision.QUARTER, (year, first), (year, first + 2))


def _unclear_quarter(found: Found) -> Period:
    year, quarter = year_number(found["year"]), _real_quarter(found)
    by_calendar = f"{month_name(year, 3 * quarter - 2)} to {month_name(year, 3 * quarter)}"
    first = (year + 1, 1) if quarter == _LAST_QUARTER else (year, 3 * quarter + 1)
    by_finance = f"{month_name(*first)} to {month_name(first[0], first[1] + 2)}"
    raise NotADate(
        f"it could be {by_calendar} (calendar year) or {by_finance} (financial year)",
        f'Write "{by_calendar}", or "Q{quarter} {_two_years(year)}" for the financial year.',
    )


def _real_quarter(found: Found) -> int:
    quarter = int(found["quarter"])
    if not 1 <= quarter <= _LAST_QUARTER:
        raise NotADate(f"there is no quarter {quarter}", "Write a quarter from 1 to 4.")
    return quarter


def _financial_year(found: Found) -> Period:
    year = _first_of_two_years(found)
    return whole_months(Precision.YEAR, (year, 4), (year + 1, 3))


def _end_of_year(found: Found) -> Period:
    year = within_bounds(int(found["year"]))
    return whole_months(Precision.YEAR, (year, 1), (year, 12))


def _first_of_two_years(found: Found) -> int:
    first, second = year_number(found["from"]), found["to"]
    if second not in {str(first + 1), f"{(first + 1) % 100:02d}"}:
        raise NotADate(
            f"{found['from']} and {second} are not two years that follow each other",
            f'Write them such as "{_two_years(first)}".',
        )
    within_bounds(first + 1)
    return first


def _two_years(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


PERIOD_SHAPES = (
    # "Dec 24" with no other number: days come first, so 24 cannot be the day.
    shape(rf"(?P<month>{MONTH}){GAP}(?P<year>{YEAR})", _month),
    shape(rf"(?P<month>{NUMBER}) ?[./-] ?(?P<year>[0-9]{{4}})", _numeric_month),
    shape(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])", _iso_month),
    shape(rf"(?P<season>{SEASON})[ -]*(?P<year>{YEAR})", _season),
    shape(rf"(?P<season>{SEASON})[ -]*{TWO_YEARS}", _season_of_two_years),
    shape(rf"{QUARTER}[ /-]*(?:of )?(?:{_FINANCIAL_YEAR} ?)?{TWO_YEARS}", _financial_quarter),
    shape(rf"(?:{_FINANCIAL_YEAR} ?)?{TWO_YEARS}[ /-]*{QUARTER}", _financial_quarter),
    shape(rf"{QUARTER}[ /-]*(?:of )?(?P<year>{YEAR})", _unclear_quarter),
    shape(rf"(?P<year>[0-9]{{4}})[ /-]*{QUARTER}", _unclear_quarter),
    shape(rf"{_FINANCIAL_YEAR} ?{TWO_YEARS}", _financial_year),
    shape(rf"{TWO_YEARS} {_FINANCIAL_YEAR}", _financial_year),
    # A bare year is refused; only its end is a day.
    Shape(re.compile(r"(?:the )?end(?: of)?(?: the year)? (?P<year>[0-9]{4})"), _end_of_year),
)
"""Every way of writing a period that has a name of its own."""
