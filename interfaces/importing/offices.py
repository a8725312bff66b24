"""The office and the subgroup that a role's title suggests; shown, and easily changed later."""

from __future__ import annotations

import re
from typing import NamedTuple

from events.directory import Office

_CHAIR_OF = re.compile(
    r"^(?:the\s+)?chair(?:person|man|woman)?\s+of\s+(?:the\s+)?(.+)$", re.IGNORECASE
)
_SUBGROUP_CHAIR = re.compile(r"^(?:the\s+)?(.+?\s+sub[\s-]?group)\s+chair$", re.IGNORECASE)
_SUBGROUP_ENDING = re.compile(r"\s+sub[\s-]?group$", re.IGNORECASE)
# A deputy does not get the rights of the office without a person saying so.
_NOT_ITSELF = re.compile(r"\b(?:deputy|assistant|vice|former)\b", re.IGNORECASE)
_NAMED_OFFICES = {
    Office.BUSINESS_MANAGER: re.compile(r"\bbusiness\s+manager$", re.IGNORECASE),
    Office.DELEGATED_PARTNER: re.compile(r"\bdelegated\s+safeguarding\s+partners?$", re.IGNORECASE),
    Office.EXECUTIVE: re.compile(r"\blead\s+safeguarding\s+partners?$", re.IGNORECASE),
    Office.SCRUTINEER: re.compile(r"\bindependent\s+scrutineer$", re.IGNORECASE),
}
_WHOLE_PARTNERSHIP = re.compile(
    r"(?:[A-Z]{2,6}\s+)?(?:safeguarding\s+)?(?:partnership|executive|board)"
    r"(?:\s+(?:board|group|meeting))?",
    re.IGNORECASE,
)


class Suggestion(NamedTuple):
    """An office, and for a chair the name of the subgroup, without the word itself."""

    office: Office
    subgroup: str | None = None


def suggested_office(title: str) -> Suggestion:
    """What a role of this title seems to be to the partnership.

    Who chairs the whole partnership, its executive or its board chairs no subgroup.
    """
    plain = " ".join(title.split())
    chair = _CHAIR_OF.match(plain) or _SUBGROUP_CHAIR.match(plain)
    if chair:
        whole = _WHOLE_PARTNERSHIP.fullmatch(chair[1]) is not None
        return Suggestion(
            Office.LEAD if whole else Office.SUBGROUP_CHAIR,
            None if whole else subgroup_name(chair[1]),
        )
    if _NOT_ITSELF.search(plain):
        return Suggestion(Office.LEAD)
    offices = (office for office, pattern in _NAMED_OFFICES.items() if pattern.search(plain))
    return Suggestion(next(offices, Office.LEAD))


def subgroup_name(words: str) -> str:
    """The name of a subgroup without "Subgroup" at its end."""
    return _SUBGROUP_ENDING.sub("", words.strip())
