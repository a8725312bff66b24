"""The priority that a group of actions stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interfaces.documents.cell_text import one_line
from interfaces.documents.grid import GridLine

_KEYWORD = r"(?:strategic\s+)?(?:priority|theme|objective|aim)"
_HEADING = re.compile(
    rf"^{_KEYWORD}(?:\s+(?P<number>\d{{1,2}})(?:\s*[:.\-–—]\s*|\s+|$)|\s*[:–—]\s*)(?P<name>.*)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,2})(?:\s*[:.)\-–—]\s*(?P<name>\D.*)?)?$")


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority: its name, and its number where it has one."""

    name: str
    number: int | None


def priority_heading(line: GridLine) -> Priority | None:
    """The priority that a line announces ("Priority 2: Exploitation"), if it does.

    Such a line has nothing in its other cells.
    """
    if len(line.filled) != 1:
        return None
    return _named(_HEADING.match(one_line(line.filled[0])))


def priority_cell(words: str) -> Priority:
    """The priority that a cell of the priority column names: "2", "2. Neglect", "Neglect"."""
    line = one_line(words)
    return _named(_HEADING.match(line)) or _named(_NUMBERED.match(line)) or Priority(line, None)


def _named(match: re.Match[str] | None) -> Priority | None:
    if match is None:
        return None
    number = int(match["number"]) if match["number"] else None
    name = (match["name"] or "").strip()
    if number is None and not name:
        return None
    return Priority(name or f"Priority {number}", number)
