"""The words and numbers that dates are written in, as patterns over tidied words.

Tidied words are in lower case with single spaces and plain hyphens, without "by" in front.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from workflow.civil_dates import Period

DAY = r"[0-9]{1,2}(?: ?(?:st|nd|rd|th))?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
NUMBER = r"[0-9]{1,2}"
YEAR = r"(?:[0-9]{4}|'?[0-9]{2})"
# Two years that follow each other: "2025/26", "2025-26", "2025/2026".
TWO_YEARS = r"(?P<from>[0-9]{4}|[0-9]{2}) ?[/-] ?(?P<to>[0-9]{4}|[0-9]{2})"
SEASON = r"(?:spring|summer|autumn|winter)"
QUARTER = r"(?:q|qtr|quarter) ?(?P<quarter>[0-9])"
WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)? )?"
GAP = r"[ ./-]*"
TO = r" ?(?:-|to|until) ?"
_END = r"(?:(?:the )?end(?: of)?(?: the)? )?"

Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing a date, and how it is read once it is found."""

    pattern: re.Pattern[str]
    read: Callable[[Found], Period]


def shape(pattern: str, read: Callable[[Found], Period]) -> Shape:
    """Make a shape; "end of" may stand before each, since each is due on its last day."""
    return Shape(re.compile(_END + pattern), read)
