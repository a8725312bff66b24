"""What in a free text looks like the details of a child: a warning at entry, never a refusal.

An audit's record has no need of them, and what is typed once stands in many copies. An NHS number
is ten digits of which the last checks the others (NHS Data Dictionary: weights 10 to 2, modulo 11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from workflow.births import has_birth_date, has_name_beside_birth

_APART: Final = "[ .–-]?"
_TEN_DIGITS: Final = re.compile(
    rf"(?<!\d)(?<!\d[ .–-])(\d{{3}}){_APART}(\d{{3}}){_APART}(\d{{4}})(?![.–-]?\d)"
)
_BOOK: Final = re.compile(r"\bISBN(?:-1[03])?:?[ \d-]{9,17}\d", re.IGNORECASE)
"""A book's number has the same check digit as a person's."""

_SPACES: Final = re.compile(r"[^\S\n]+")
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


def details_in(fields: Mapping[str, object]) -> dict[str, tuple[Detail, ...]]:
    """Return what some fields seem to hold of a child's details; only those that hold any.

    A field holds a text, or several.
    """
    found = {name: personal_details(text_of(value)) for name, value in fields.items()}
    return {name: details for name, details in found.items() if details}


def text_of(value: object) -> str:
    """Return what can be read in a field: a text, each of several on a line, or nothing."""
    if isinstance(value, str):
        return value
    return "\n".join(map(text_of, value)) if isinstance(value, list | tuple) else ""


def _found(text: str) -> Iterator[Detail]:
    text = _SPACES.sub(" ", _BOOK.sub(" ", text))
    if any(is_nhs_number("".join(found.groups())) for found in _TEN_DIGITS.finditer(text)):
        yield Detail.NHS_NUMBER
    if has_birth_date(text):
        yield Detail.DATE_OF_BIRTH
    if has_name_beside_birth(text):
        yield Detail.NAME_BESIDE_BIRTH
