"""Where a text seems to tell when somebody was born, and beside whose full name.

A warning rests on it, never a refusal: what an officer writes on any day should pass without one,
so a body's name, an acronym and the words of a form count for nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR: Final = r"(?:19|20)?\d{2}\b"
_DATE: Final = (
    r"(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)?\d{2}\b|\d{4}[-/]\d{2}[-/]\d{2}\b"
    r"|\d{4}(?:19|20)\d{2}\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})"
)
_NAMED: Final = r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bbirthday\b)"
_BORN: Final = r"\bborn\b"
_BETWEEN: Final = r"(?:[\s:(,=–—-]|(?:is|was|on|the)\b){0,8}"
_BIRTH: Final = re.compile(
    rf"(?:{_NAMED}|{_BORN}(?={_BETWEEN}{_DATE}))(?P<dated>{_BETWEEN}{_DATE})?", re.IGNORECASE
)
_DATE_BEFORE: Final = re.compile(rf"{_DATE} ?[(\[]? ?{_NAMED}", re.IGNORECASE)
_WORD: Final = r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?"
_LOOKED_AT: Final = 80
"""So many characters before and after are looked at for a name."""

_APART: Final = r"[ ,;:()\[\]–—-]{0,4}"
_WORDS_BEFORE: Final = re.compile(rf"((?:{_WORD} )*{_WORD}){_APART}$")
_WORDS_AFTER: Final = re.compile(rf"{_APART}({_WORD}(?: {_WORD})*)")
_NO_NAMES: Final = frozenset(
    files("workflow").joinpath("no_names.txt").read_text(encoding="utf-8").split()
)
"""Words that begin with a capital, or stand in capitals, and belong to no child's name."""

_CHILDREN: Final = frozenset({"child", "children", "cin", "cyp", "uasc", "youth"})
"""Those among them that are no name, and yet speak of somebody who was born."""


def has_birth_date(text: str) -> bool:
    """Tell whether a date is said to be one of birth. A strategy is born, too, but is no child."""
    return any(
        found["dated"] and not _is_of_a_body(text, found) for found in _BIRTH.finditer(text)
    ) or bool(_DATE_BEFORE.search(text))


def has_name_beside_birth(text: str) -> bool:
    """Tell whether somebody's full name stands right before or after what is said of a birth."""
    return any(
        _is_full_name(_words_before(text, found.start())[::-1])
        or _is_full_name(_words_after(text, found.end()))
        for found in _BIRTH.finditer(text)
    )


def _is_of_a_body(text: str, found: re.Match[str]) -> bool:
    if found[0][:4].casefold() != "born":
        return False
    words = _words_before(text, found.start())
    if not words or not words[-1][0].isupper():
        return False
    return words[-1].casefold() in _NO_NAMES - _CHILDREN


def _words_before(text: str, end: int) -> list[str]:
    found = _WORDS_BEFORE.search(text[max(end - _LOOKED_AT, 0) : end])
    return found[1].split(" ") if found else []


def _words_after(text: str, start: int) -> list[str]:
    found = _WORDS_AFTER.match(text[start : start + _LOOKED_AT])
    return found[1].split(" ") if found else []


def _is_full_name(words: Sequence[str]) -> bool:
    """Tell whether words, from the one beside a birth on, begin with two of a name.

    An initial may stand between them.
    """
    match words:
        case [one, two, *_] if _is_name(one) and _is_name(two):
            return True
        case [one, initial, two, *_] if len(initial.rstrip(".")) == 1:
            return initial[0].isupper() and _is_name(one) and _is_name(two)
        case _:
            return False


def _is_name(word: str) -> bool:
    plain = re.sub(r"['’]s$", "", word.rstrip("."))
    if len(plain) == 1 or not plain[0].isupper():
        return False
    return _NO_NAMES.isdisjoint(plain.casefold().split("-"))
