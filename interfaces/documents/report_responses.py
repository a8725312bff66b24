"""The tables of responses, and the lists, in a report's text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from interfaces.documents.document import Problem, ResponseKind
from interfaces.documents.grid import GridLine
from interfaces.documents.report_lines import Report
from interfaces.documents.response_rows import (
    NUMBERED,
    Part,
    impact_label,
    numbered_item,
    numbered_list_header,
    response_header,
)
from interfaces.documents.sentences import (
    ends_as_sentence,
    reads_as_recommendation,
    starts_midway,
)
from interfaces.documents.torn_rows import mended

_LIST_OPENING = re.compile(
    r"\b(?P<kind>recommendations?|areas? (?:for|of) (?:development|improvement|learning))\b.*:$",
    re.IGNORECASE,
)
_FEWEST_WORDS_OF_AN_ANSWER = 6


@dataclass(slots=True)
class ResponseLines:
    """The lines of one table or list, the text on its impact, and what was mended."""

    kind: ResponseKind
    parts: tuple[Part, ...]
    end: int
    lines: list[GridLine] = field(default_factory=list)
    mends: list[Problem] = field(default_factory=list)
    impact: str | None = None


def responses_at(report: Report, place: int) -> ResponseLines | None:
    """The table of responses, or the list, that begins here; `end` is the place after it."""
    line = report[place]
    header = response_header(line.grid.cells)
    if header is not None:
        return _table(report, ResponseLines(*header, place + 1))
    kind = numbered_list_header(line.grid, report.grid_after(place))
    if kind is not None:
        return _table(report, ResponseLines(kind, NUMBERED, place + 1))
    return _bulleted_list(report, place)


def _bulleted_list(report: Report, place: int) -> ResponseLines | None:
    """A list of items below a line such as "Areas for development included:"."""
    line = report[place]
    opening = _LIST_OPENING.search(line.text)
    if opening is None or line.bullet is not None or line.tabbed:
        return None
    is_recommendation = opening["kind"].lower().startswith("recommendation")
    kind = ResponseKind.RECOMMENDATION if is_recommendation else ResponseKind.AREA_FOR_DEVELOPMENT
    found = ResponseLines(kind, (Part.TEXT,), place + 1)
    at = report.next_filled(place + 1)
    while at < len(report) and (item := report[at].bullet):
        found.lines.append(GridLine(report[at].number, (item,)))
        found.end = at + 1
        at = report.next_filled(at + 1)
    return found if found.lines else None


def _table(report: Report, found: ResponseLines) -> ResponseLines:
    while found.end < len(report) and _take_line(report, found):
        pass
    return found


def _take_line(report: Report, found: ResponseLines) -> bool:
    """Take the line at the end of the table; False where the table ends before it."""
    place = found.end
    line = report[place]
    if line.blank:
        return _cross_gap(report, found)
    if line.grid.cells and impact_label(line.grid.cells[0]):
        _take_impact(report, found)
        return False
    if line.rule or report.header_at(place) or report.heading_at(place):
        return False
    found.end += 1
    if line.tabbed or (line.in_a_cell and Part.ANSWER in found.parts):
        found.lines.append(line.grid)
    elif found.lines:
        _join(line.number, line.text, found)
    return True


def _join(number: int, text: str, found: ResponseLines) -> None:
    """A line without tabs goes on from the cell above it."""
    if Part.ANSWER in found.parts:
        at = found.parts.index(Part.ANSWER)
        found.lines.append(GridLine(number, (*[""] * at, text)))
        return
    row = found.lines[-1]
    found.lines[-1] = GridLine(row.number, (*row.cells[:-1], f"{row.cells[-1]} {text}"))
    what = f"Line {number} has no number of its own and was joined to the item above."
    found.mends.append(mended(row.number, "text", text, what))


def _cross_gap(report: Report, found: ResponseLines) -> bool:
    """Go over blank lines, if what comes after them can only belong to this table."""
    place = report.next_filled(found.end)
    if place == len(report) or report.header_at(place):
        return False
    row = report[place].grid
    if not impact_label(row.cells[0]):
        if not report[place].tabbed or not _belongs(row, found):
            return False
        if found.lines:
            what = "Blank lines part the table here; the rows below were read on as part of it."
            found.mends.append(mended(row.number, "table", "", what))
    found.end = place
    return True


def _belongs(row: GridLine, found: ResponseLines) -> bool:
    """Whether a row after a gap is certainly one of this table."""
    if Part.ANSWER not in found.parts:
        return numbered_item(row)
    if found.lines and not row.cells[0]:
        return True
    if found.kind is ResponseKind.RECOMMENDATION:
        return reads_as_recommendation(row.cells[0])
    answer = row.cells[-1]
    return len(answer.split()) >= _FEWEST_WORDS_OF_AN_ANSWER and ends_as_sentence(answer)


def _take_impact(report: Report, found: ResponseLines) -> None:
    """Read the answer to "What difference has it made?": beside it, or the paragraph below."""
    beside = report[found.end].grid.filled[1:]
    if beside:
        found.impact, found.end = "\n".join(beside), found.end + 1
        return
    paragraphs: list[str] = []
    place = report.next_filled(found.end + 1)
    while place < len(report) and _is_of_impact(report, place, paragraphs):
        paragraphs.append("\n".join(report[place].grid.filled))
        place += 1
        following = report.next_filled(place)
        if following > place and not (following < len(report) and _torn(report, following)):
            break
        place = following
    found.impact, found.end = "\n".join(paragraphs) or None, place


def _is_of_impact(report: Report, place: int, so_far: list[str]) -> bool:
    line = report[place]
    if line.blank or line.rule or report.header_at(place):
        return False
    return bool(so_far) or report.heading_at(place) is None


def _torn(report: Report, place: int) -> bool:
    """Whether the paragraph here is the rest of one that a page break cut."""
    return not report[place].tabbed and starts_midway(report[place].text)
