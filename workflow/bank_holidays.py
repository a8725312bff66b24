"""Where the table of England's bank holidays comes from, and how it is renewed.

The table is a file of this package, so that two machines with different versions of the
`holidays` library never disagree about a due date, and a program need not spend half a second on
loading the calendars of every country. To renew it, install the newest `holidays`, look at
https://www.gov.uk/bank-holidays for the last year announced there, set `ANNOUNCED_UNTIL`, and run
write the text of `fresh_table()` to `workflow/bank_holidays_england.txt`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

FIRST_YEAR = 1999
"""A year before the earliest target date, so that days can be counted back from it."""

LAST_YEAR = 2101
"""A year after the latest target date, so that days can be counted on from it."""

ANNOUNCED_UNTIL = dt.date(2028, 12, 31)
"""The last day of the last year whose bank holidays the government had published when the table
was made. Later years follow the standing rules, and may yet gain a day or see one moved, as 2002,
2011, 2012, 2020, 2022 and 2023 did."""

_SATURDAY = 5
_TABLE = Path(__file__).with_name("bank_holidays_england.txt")


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """England's bank holidays that fall on weekdays, and how far they are known for certain."""

    days: frozenset[dt.date]
    version: str
    announced_until: dt.date


def stored_bank_holidays() -> BankHolidays:
    """Read the table that comes with this package."""
    heading, until, *years = _TABLE.read_text(encoding="utf-8").splitlines()
    return BankHolidays(
        days=frozenset(day for line in years for day in _days_of(line)),
        version=heading.removeprefix("# "),
        announced_until=dt.date.fromisoformat(until.rpartition(" ")[2]),
    )


def fresh_table() -> str:
    """Work the table out anew from the installed `holidays` library, as the file holds it."""
    import holidays  # noqa: PLC0415 - half a second that only a renewal spends

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    known = holidays.country_holidays("GB", subdiv="ENG", years=years)
    rows = [_line_of(year, sorted(day for day in known if day.year == year)) for year in years]
    heading = f"# holidays {version('holidays')} England"
    return "\n".join([heading, f"# announced until {ANNOUNCED_UNTIL}", *rows]) + "\n"


def _days_of(line: str) -> Iterator[dt.date]:
    year, *days = line.split()
    for day in days:
        yield dt.date.fromisoformat(f"{year.rstrip(':')}-{day}")


def _line_of(year: int, days: Iterable[dt.date]) -> str:
    """Write one year; a holiday at a weekend is given back on a weekday, which alone counts."""
    weekdays = (f"{day:%m-%d}" for day in days if day.weekday() < _SATURDAY)
    return f"{year}: {' '.join(weekdays)}"
