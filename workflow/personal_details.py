"""What in a free text looks like the details of a child: a warning at entry, never a refusal.

An audit's record has no need of them, and what is typed once stands in many copies. An NHS number
is ten digits of which the last checks the others (NHS Data Dictionary: weights 10 to 2, modulo 11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

_TEN_DIGITS: Final = re.compile(r"(?<![\d/.-])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\d/-])")
_DATE: Final = (
    r"(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)?\d{2}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"\.?,?\s+(?:19|20)?\d{2})"
)
_BIRTH: Final = r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bborn(?: on)?\b)"
_BORN_ON: Final = re.compile(rf"{_BIRTH}[\s:(–-]{{0,5}}{_DATE}", re.IGNORECASE)
_NAME: Final = r"(?:[A-Z]['’])?[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?"
_NAME_BY_BIRTH: Final = re.compile(
    rf"\b{_NAME} (?:[A-Z]\.? |{_NAME} )?{_NAME}\b[,;:(\s–-]{{0,4}}(?i:{_BIRTH})"
)
_WEIGHTS: Final = range(10, 1, -1)


class Detail(StrEnum):
    """What something in a text looks like, as it is said in a warning."""

    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"
    NAME_BESIDE_BIRTH = "somebody's full name beside a date of birth"


def personal_details(text: str) -> tuple[Detail, ...]:
    """Return what of a child's details a text seems to hold, each once."""
    return tuple(dict.fromkeys(_found(text)))


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits check as an NHS number; ten times the same digit is nobody's."""
    if len(digits) != len(_WEIGHTS) + 1 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:-1], strict=True))
    # Where this gives 10, no digit fits and the number is not in use.
    return (11 - weighted % 11) % 11 == int(digits[-1])


def _found(text: str) -> Iterator[Detail]:
    if any(is_nhs_number("".join(found.groups())) for found in _TEN_DIGITS.finditer(text)):
        yield Detail.NHS_NUMBER
    if _BORN_ON.search(text):
        yield Detail.DATE_OF_BIRTH
    if _NAME_BY_BIRTH.search(text):
        yield Detail.NAME_BESIDE_BIRTH
