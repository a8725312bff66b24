"""The lines of a report's text, cut into cells, and what can be said of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from interfaces.documents.cell_text import LONGEST_LABEL, clean, one_line
from interfaces.documents.columns import plan_columns
from interfaces.documents.grid import GridLine, trimmed
from interfaces.documents.priorities import priority_heading
from interfaces.documents.response_rows import (
    answer_label,
    impact_label,
    numbered_list_header,
    response_header,
    text_label,
)
from interfaces.documents.sentences import has_finite_verb, starts_midway

_BULLET = re.compile(r"^\s*(?:[-–•●*]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_PAGE = re.compile(r"^(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
_RULE = re.compile(r"^[-–—_=*\s]{2,}$")
_MARKED_HEADING = re.compile(r"^#{1,6}\s+")
_LONGEST_HEADING_WORDS = 12


@dataclass(frozen=True)
class ReportLine:
    """One line of a report: `raw` as it stands, `grid` its cells, divided at tabs."""

    raw: str
    grid: GridLine

    @property
    def number(self) -> int:
        """The line's number in the file, from 1."""
        return self.grid.number

    @cached_property
    def text(self) -> str:
        """The words of the line, all cells after each other."""
        return one_line(" ".join(self.grid.filled))

    @cached_property
    def blank(self) -> bool:
        """Whether nothing stands here but what a page break leaves: space, or a page number."""
        return self.grid.blank or _PAGE.match(self.text) is not None

    @property
    def tabbed(self) -> bool:
        """Whether the line was a row of a table once: it has a second cell, or a first missing."""
        return len(self.grid.cells) > 1

    @property
    def in_a_cell(self) -> bool:
        """Whether the line has a tab at all, if only at its end."""
        return "\t" in self.raw

    @property
    def rule(self) -> bool:
        """Whether the line only divides ("--")."""
        return _RULE.match(self.raw) is not None and not self.grid.blank

    @property
    def bullet(self) -> str | None:
        """The words of a list item, without its bullet or number."""
        match = _BULLET.match(self.raw)
        return clean(self.raw[match.end() :]) if match and not self.rule else None


class Report:
    """All lines of a report, with looks ahead and back."""

    def __init__(self, text: str) -> None:
        self.lines = [
            ReportLine(raw, GridLine(number, trimmed([clean(cell) for cell in raw.split("\t")])))
            for number, raw in enumerate(text.split("\n"), start=1)
        ]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, place: int) -> ReportLine:
        return self.lines[place]

    def next_filled(self, place: int) -> int:
        """The first place from here on that is not blank; the length of the report if none is."""
        while place < len(self.lines) and self.lines[place].blank:
            place += 1
        return place

    def grid_after(self, place: int) -> GridLine | None:
        """The next filled line after this one."""
        following = self.next_filled(place + 1)
        return self.lines[following].grid if following < len(self.lines) else None

    def priority_at(self, place: int) -> bool:
        """Whether this line announces a priority, and the header of its actions follows."""
        following = self.grid_after(place)
        if following is None or not priority_heading(self.lines[place].grid):
            return False
        return plan_columns(following.cells) is not None

    def header_at(self, place: int) -> bool:
        """Whether a table begins here."""
        line = self.lines[place]
        return (
            plan_columns(line.grid.cells) is not None
            or response_header(line.grid.cells) is not None
            or self.priority_at(place)
            or numbered_list_header(line.grid, self.grid_after(place)) is not None
        )

    def next_response_header(self, place: int) -> int | None:
        """The first place from here on where a table of responses begins with its header."""
        at = bisect_left(self._response_headers, place)
        return self._response_headers[at] if at < len(self._response_headers) else None

    def heading_between(self, place: int, end: int) -> bool:
        """Whether a heading stands from here on and before the end."""
        at = bisect_left(self._headings, place)
        return at < len(self._headings) and self._headings[at] < end

    def answer_label_within(self, place: int, lines: int) -> bool:
        """Whether a label of answers stands alone on one of the next lines."""
        at = bisect_left(self._answer_labels, place)
        return at < len(self._answer_labels) and self._answer_labels[at] < place + lines

    @cached_property
    def _response_headers(self) -> list[int]:
        return [
            place
            for place, line in enumerate(self.lines)
            if line.tabbed and response_header(line.grid.cells) is not None
        ]

    @cached_property
    def _headings(self) -> list[int]:
        return [place for place in range(len(self)) if self.heading_at(place) is not None]

    @cached_property
    def _answer_labels(self) -> list[int]:
        return [
            place
            for place, line in enumerate(self.lines)
            if not line.blank and not line.tabbed and answer_label(line.text)
        ]

    def heading_at(self, place: int) -> str | None:
        """The heading that stands here: short, no sentence, with space above it."""
        line = self.lines[place]
        if line.blank or line.tabbed or line.rule or not self._space_above(place):
            return None
        text = _MARKED_HEADING.sub("", line.text)
        if _MARKED_HEADING.match(line.raw):
            return text
        if len(text) > LONGEST_LABEL or len(text.split()) > _LONGEST_HEADING_WORDS:
            return None
        if text.endswith((".", ":", ";", ",", "?", "!")):
            return None
        if line.bullet is not None or has_finite_verb(text) or _label(text):
            return None
        following = self.grid_after(place)
        torn = following is not None and starts_midway(following.filled[0])
        return text if (text[:1].isupper() or text[:1].isdigit()) and not torn else None

    def _space_above(self, place: int) -> bool:
        return place == 0 or self.lines[place - 1].blank or self.lines[place - 1].rule


def _label(text: str) -> bool:
    return text_label(text) is not None or answer_label(text) or impact_label(text)
