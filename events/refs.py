"""References: the name of a stream is also the reference that people quote.

`action-12` is written A12, `recommendation-7` R7, `audit-3` AU3. Findings and clocks belong to
their audit: `audit-3/finding-2` is written AU3/F2, `audit-3/clock-1` AU3/C1.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import StringConstraints

LETTERS: Final = {
    "action": "A",
    "agency": "AG",
    "audit": "AU",
    "email": "E",
    "evidence": "EV",
    "log": "L",
    "meeting": "M",
    "person": "PE",
    "plan": "P",
    "recommendation": "R",
    "remark": "RM",
    "role": "RO",
    "subgroup": "S",
}
"""The letters under which people quote each category of stream."""

_CATEGORIES: Final = {letters: category for category, letters in LETTERS.items()}
_PARTS: Final = {"finding": "F", "clock": "C"}
"""The letters of what belongs to an audit."""

_PART_CATEGORIES: Final = {letter: part for part, letter in _PARTS.items()}
_QUOTED: Final = re.compile(r"([A-Z]{1,2})-?([1-9][0-9]{0,9})(?:/([FC])([1-9][0-9]{0,4}))?")
_STREAM: Final = re.compile(r"([a-z]+)-([1-9][0-9]{0,9})(?:/(finding|clock)-([1-9][0-9]{0,4}))?")


def _stream_of(category: str) -> StringConstraints:
    return StringConstraints(pattern=rf"^{category}-[1-9][0-9]{{0,9}}$")


ActionRef = Annotated[str, _stream_of("action")]
AgencyRef = Annotated[str, _stream_of("agency")]
AuditRef = Annotated[str, _stream_of("audit")]
EvidenceRef = Annotated[str, _stream_of("evidence")]
MeetingRef = Annotated[str, _stream_of("meeting")]
PersonRef = Annotated[str, _stream_of("person")]
PlanRef = Annotated[str, _stream_of("plan")]
RecommendationRef = Annotated[str, _stream_of("recommendation")]
RemarkRef = Annotated[str, _stream_of("remark")]
RoleRef = Annotated[str, _stream_of("role")]
SubgroupRef = Annotated[str, _stream_of("subgroup")]
FindingRef = Annotated[
    str, StringConstraints(pattern=r"^audit-[1-9][0-9]{0,9}/finding-[1-9][0-9]{0,4}$")
]
ClockRef = Annotated[
    str, StringConstraints(pattern=r"^audit-[1-9][0-9]{0,9}/clock-[1-9][0-9]{0,4}$")
]
RemindedRef = Annotated[
    str,
    StringConstraints(
        pattern=r"^((action|recommendation|audit|person|role|subgroup)-[1-9][0-9]{0,9}"
        r"|audit-[1-9][0-9]{0,9}/clock-[1-9][0-9]{0,4})$"
    ),
]
"""Of what an email can remind: work, an audit, one of its clocks, an entry of the directory."""

EvidencedRef = Annotated[
    str, StringConstraints(pattern=r"^(action|recommendation)-[1-9][0-9]{0,9}$")
]
"""What evidence can be of."""

RemarkableRef = Annotated[
    str,
    StringConstraints(
        pattern=r"^((action|agency|audit|email|evidence|log|meeting|person|plan|recommendation"
        r"|remark|role|subgroup)-[1-9][0-9]{0,9}|audit-[1-9][0-9]{0,9}/(finding|clock)-[1-9][0-9]{0,4})$"
    ),
]
"""Of what a remark can be: any stream, a finding, a clock."""

AddresseeRef = Annotated[
    str, StringConstraints(pattern=r"^(role|subgroup|agency)-[1-9][0-9]{0,9}$")
]


class UnknownReference(ValueError):
    """Some words are not a reference such as A12, R7, AU3, AU3/F2 or AU3/C1."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(
            f"'{words}' is not a reference. Write a letter and a number, such as A12 for an action,"
            " R7 for a recommendation, AU3 for an audit, AU3/F2 for one of its findings or AU3/C1"
            " for one of its clocks."
        )


def category_of(ref: str) -> str:
    """Return the category of a stream: `action-12` gives `action`."""
    return ref.partition("-")[0]


def split_stream(stream: str) -> tuple[str, int]:
    """Return category and number: `action-12` gives `("action", 12)`. Raises `ValueError`."""
    found = _STREAM.fullmatch(stream)
    if found is None or found[3]:
        message = f"'{stream}' is not the name of a stream: it takes a category and a number, a-1"
        raise ValueError(message)
    return found[1], int(found[2])


def order_of(ref: str) -> tuple[str, int, int]:
    """Return by what references are put in order: category, number, number within the audit.

    `audit-3/clock-2` gives `("audit", 3, 2)`. Raises `ValueError` for what is no reference.
    """
    stream, _, part = ref.partition("/")
    category, _, number = stream.partition("-")
    # Thousands are put in order at a time: what is a number tells a reference well enough.
    return category, int(number), int(part.rpartition("-")[2]) if part else 0


def quoted(ref: str) -> str:
    """Return a reference as people write it: `action-12` gives A12, `audit-3/finding-2` AU3/F2.

    Anything else (an actor such as `system`) comes back as it is.
    """
    found = _STREAM.fullmatch(ref)
    if found is None or found[1] not in LETTERS:
        return ref
    part = f"/{_PARTS[found[3]]}{found[4]}" if found[3] else ""
    return f"{LETTERS[found[1]]}{found[2]}{part}"


def read_ref(words: str) -> str:
    """Read a reference as people write it (A12, a12, action-12). Raises `UnknownReference`."""
    cleaned = words.strip()
    stream = _STREAM.fullmatch(cleaned.lower())
    if stream is not None and stream[1] in LETTERS:
        return cleaned.lower()
    found = _QUOTED.fullmatch(cleaned.upper())
    if found is None or found[1] not in _CATEGORIES or (found[3] and found[1] != "AU"):
        raise UnknownReference(words)
    part = f"/{_PART_CATEGORIES[found[3]]}-{found[4]}" if found[3] else ""
    return f"{_CATEGORIES[found[1]]}-{found[2]}{part}"
