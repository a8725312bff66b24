"""The words that a cell of a workbook shows."""

from __future__ import annotations

import datetime as dt
import re

from interfaces.documents.cell_text import clean
from workflow.civil_dates import MONTHS, format_date

_NOT_CODES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
)


def words_of(value: object, number_format: str) -> str:
    """What a person reads in a cell; a date becomes "31 December 2024".

    A date whose format shows no day ("Dec-24") is meant as a month: "December 2024"; one that
    shows the year alone, as that year.
    """
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case dt.date():  # and datetime, which is one
            return _date_words(value, number_format)
        case float():
            return _number_words(value, number_format)
        case int() if "%" in number_format:
            return f"{value * 100}%"
        case _:
            # Excel writes a carriage return inside a cell as these letters.
            return clean(str(value).replace("_x000D_", ""))


def hides_the_year(value: object, number_format: str) -> bool:
    """Whether a cell holds a date and shows its day without its year ("24-Dec").

    Excel makes that of somebody's "Dec 24", who meant a month.
    """
    codes = _codes(number_format)
    return isinstance(value, dt.date) and "d" in codes and "y" not in codes


def is_error(words: str) -> bool:
    """Whether a cell shows one of Excel's errors, such as "#REF!"."""
    return words in _ERRORS


def _date_words(value: dt.date, number_format: str) -> str:
    codes = _codes(number_format)
    if "d" in codes or "y" not in codes:
        return format_date(value)
    return f"{MONTHS[value.month - 1]} {value.year}" if "m" in codes else str(value.year)


def _codes(number_format: str) -> str:
    return _NOT_CODES.sub("", number_format.partition(";")[0]).lower()


def _number_words(value: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{value * 100:g}%"
    return str(int(value)) if value.is_integer() else repr(value)
