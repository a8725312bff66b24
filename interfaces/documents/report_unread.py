"""Passages that were tables once and cannot be read safely: they are pointed out, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

from interfaces.documents.cell_text import LONGEST_LABEL, key, shortened
from interfaces.documents.document import Problem, ResponseKind, Severity
from interfaces.documents.report_lines import Report, ReportLine
from interfaces.documents.response_rows import answer_label, response_header, text_label
from interfaces.documents.sentences import ends_as_sentence, reads_as_recommendation
from interfaces.documents.torn_rows import is_date

_FEWEST_WORDS = 8
_LONGEST_TAIL_WORDS = 12
_LONGEST_LABEL_WORDS = 6
_PLAN_CELLS = 3
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Unread:
    """A passage that was not read; `end` is the place after it."""

    problem: Problem
    end: int


def interleaved_at(report: Report, place: int) -> Unread | None:
    """A table whose columns were run together word by word into one paragraph."""
    line = report[place]
    if line.tabbed or not _begins_with_header(key(line.text[:LONGEST_LABEL]).split()):
        return None
    tail = report.next_filled(place + 1)
    has_tail = (
        not ends_as_sentence(line.text)
        and tail < len(report)
        and not report[tail].tabbed
        and not report.header_at(tail)
        and len(report[tail].text.split()) <= _LONGEST_TAIL_WORDS
    )
    last = tail if has_tail else place
    where = f"Lines {line.number} to {report[last].number}" if has_tail else "This line"
    what = f"{where} held a table whose columns ran together word by word, and were not read."
    return Unread(_problem(line, what), last + 1)


def _begins_with_header(words: list[str]) -> bool:
    """Whether the words begin with both labels of a table and go on after them."""
    if len(words) < _FEWEST_WORDS:
        return False
    if words[:4] == ["action", "target", "date", "lead"]:
        return True
    return any(
        text_label(" ".join(words[:cut])) is not None
        and any(answer_label(" ".join(words[cut : cut + length])) for length in range(1, 5))
        for cut in range(1, 4)
    )


def bare_list_at(report: Report, place: int) -> Unread | None:
    """A list below "Areas for development?" alone, without bullets that would part its items."""
    line = report[place]
    if line.tabbed or text_label(line.text) is None:
        return None
    below = report.next_filled(place + 1)
    if below == len(report) or report.header_at(below):
        return None
    what = f"A list of {line.text.rstrip('?:').lower()} follows whose items cannot be told apart."
    return Unread(_problem(line, what), place + 1)


@dataclass(frozen=True, slots=True)
class HeaderlessRun:
    """Rows without a header that is known, from `start` up to `end`."""

    start: int
    end: int


def run_at(report: Report, place: int) -> HeaderlessRun | None:
    """The rows of cells that begin here and belong to no table that was recognised."""
    end = place
    while end < len(report) and report[end].tabbed and not report.header_at(end):
        end += 1
    return HeaderlessRun(place, end) if end > place else None


def lost_plan_rows(report: Report, run: HeaderlessRun) -> Problem | None:
    """The report of rows that look like a plan's (text, date, lead) below no header."""
    rows = [report[place].grid.cells for place in range(run.start, run.end)]
    if not any(len(row) == _PLAN_CELLS and is_date(row[1]) for row in rows):
        return None
    what = "These rows look like actions with target dates, but no header stands above them."
    return _problem(report[run.start], what)


def disguised_header(report: Report, run: HeaderlessRun) -> bool:
    """Whether a run is a table of recommendations whose header became unreadable.

    So it is when its first line is two short labels, every row below pairs a recommendation
    with an answer, and the same section goes on with the header as it should be.
    """
    rows = [report[place].grid.cells for place in range(run.start, run.end)]
    if any(len(row) != _PAIR for row in rows) or len(rows) < _PAIR:
        return False
    labels, below = rows[0], rows[1:]
    short = all(
        len(label.split()) <= _LONGEST_LABEL_WORDS and not ends_as_sentence(label)
        for label in labels
    )
    return (
        short
        and all(reads_as_recommendation(row[0]) for row in below)
        and _goes_on_with_header(report, run.end)
    )


def _goes_on_with_header(report: Report, place: int) -> bool:
    header = report.next_response_header(place)
    if header is None or report.heading_between(place, header):
        return False
    kind, _ = response_header(report[header].grid.cells) or (None, ())
    return kind is ResponseKind.RECOMMENDATION


def _problem(line: ReportLine, what: str) -> Problem:
    mend = "Look it up in the document and type it in."
    return Problem(line.number, "table", shortened(line.text), what, mend, Severity.UNREAD)
