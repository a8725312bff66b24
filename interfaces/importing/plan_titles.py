"""Where a plan's title came from, and the time that it says the plan is for."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from pathlib import Path

from interfaces.documents.document import PlanTable
from interfaces.importing.proposal import TitledBy
from interfaces.importing.wording import text_key
from workflow.civil_dates import MONTHS
from workflow.target_dates import UnclearTargetDate, read_target_date

_MONTH = rf"(?:{'|'.join(MONTHS)})\s+20\d\d"
_MONTHS = re.compile(rf"{_MONTH}\s*(?:to|[-–—])\s*{_MONTH}", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\d/.-])(20\d\d)\s*(?:to|[-–—/])\s*(20\d\d)(?![\d/.-])")


def titled_by(title: str, table: PlanTable, source: str) -> TitledBy:
    """Say where the title of a new plan came from; `source` is the name of the document's file.

    A reader names a table after its heading, else after its sheet, else after the file.
    """
    if text_key(title) != text_key(table.title):
        return TitledBy.OPTION
    if table.title == table.sheet:
        return TitledBy.SHEET
    return TitledBy.FILE if table.title == Path(source).stem else TitledBy.HEADING


Period = tuple[dt.date | None, dt.date | None]


def period_in(title: str) -> Period:
    """The first and the last day that a title names, both None where it names none clearly.

    "April 2024 to March 2026" names them. "2024-2026" is taken from the first day of 2024 to the
    last of 2026; "2024-2025", "2024/25" and a single year may mean a year from April or from
    September, and are left open.
    """
    months = _MONTHS.findall(title)
    if len(months) == 1:
        with suppress(UnclearTargetDate):
            period = read_target_date(months[0])
            return period.earliest, period.latest
    years = [(int(first), int(last)) for first, last in _YEARS.findall(title)]
    if not months and len(years) == 1 and years[0][1] - years[0][0] > 1:
        return dt.date(years[0][0], 1, 1), dt.date(years[0][1], 12, 31)
    return None, None
