"""A table of recommendations that the conversion broke into loose paragraphs.

What remains is the label "Recommendation", one paragraph or several, the label
"Implementation", and paragraphs of answers, among which further recommendations may hide.
A row is read only where the labels, or the form of its sentence, leave no doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from interfaces.documents.cell_text import shortened
from interfaces.documents.document import Problem, ResponseKind, Severity
from interfaces.documents.report_lines import Report
from interfaces.documents.response_rows import answer_label, text_label
from interfaces.documents.sentences import (
    ends_as_sentence,
    reads_as_answer,
    reads_as_recommendation,
    starts_midway,
)
from interfaces.documents.torn_rows import mended

_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `line` is where it begins, `lines` are all that it was joined from."""

    line: int
    text: str
    lines: tuple[int, ...]

    def joined(self, end: Paragraph) -> Paragraph:
        """This paragraph with the end that was torn from it."""
        return Paragraph(self.line, f"{self.text} {end.text}", (*self.lines, *end.lines))


@dataclass(slots=True)
class LooseRow:
    """A recommendation put together from paragraphs."""

    recommendation: Paragraph
    answers: list[Paragraph] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line at which the recommendation begins."""
        return self.recommendation.line

    @property
    def text(self) -> str:
        """The words of the recommendation."""
        return self.recommendation.text

    @property
    def narrative(self) -> str:
        """The answer, paragraph by paragraph."""
        return "\n".join(answer.text for answer in self.answers)

    @property
    def lines(self) -> list[int]:
        """All lines that it was joined from."""
        return [line for part in (self.recommendation, *self.answers) for line in part.lines]


@dataclass(slots=True)
class LooseTable:
    """What could be put together, and the problems: one for each mend and each doubt."""

    kind: ResponseKind
    end: int
    rows: list[LooseRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _doubtful: list[Paragraph] = field(default_factory=list)

    def start(self, paragraph: Paragraph) -> None:
        """A new recommendation begins."""
        self._settle_doubt()
        self.rows.append(LooseRow(paragraph))

    def answer(self, paragraph: Paragraph) -> None:
        """A paragraph of the answer to the recommendation before it, or of nobody knows what."""
        if self._doubtful or not self.rows:
            self._doubtful.append(paragraph)
        else:
            self.rows[-1].answers.append(paragraph)

    def doubt(self, paragraph: Paragraph) -> None:
        """A paragraph that may be a recommendation or an answer."""
        self._doubtful.append(paragraph)

    def finish(self) -> None:
        """Report what was mended and what was left."""
        self._settle_doubt()
        for row in self.rows:
            lines = f"lines {min(row.lines)} to {max(row.lines)}"
            what = f"The table fell into loose paragraphs; this row was joined from {lines}."
            self.problems.append(mended(row.line, "table", row.text, what))

    def _settle_doubt(self) -> None:
        if not self._doubtful:
            return
        first, last = self._doubtful[0].line, self._doubtful[-1].line
        where = f"Lines {first} to {last}" if last > first else f"Line {first}"
        after = f", after the recommendation of line {self.rows[-1].line}," if self.rows else ""
        what = f"{where}{after} may hold a recommendation or an answer, and were not read."
        self.problems.append(_unread(first, self._doubtful[0].text, what))
        self._doubtful = []


def loose_table_at(report: Report, place: int) -> LooseTable | None:
    """The broken table whose label stands alone here; None where the other label is missing."""
    kind = text_label(report[place].text) if not report[place].tabbed else None
    if kind is None or not report.answer_label_within(place, _MOST_LINES):
        return None
    table = LooseTable(kind, _end(report, place))
    paragraphs = [
        Paragraph(report[at].number, report[at].text, (report[at].number,))
        for at in range(place, table.end)
        if not report[at].blank
    ]
    if not any(answer_label(paragraph.text) for paragraph in paragraphs):
        return None
    for is_answer, group in _groups(paragraphs):
        _read_group(table, is_answer=is_answer, group=_joined(group))
    table.finish()
    return table


def _end(report: Report, place: int) -> int:
    """Where the paragraphs end: at a table, a heading or a rule."""
    end = place
    furthest = min(len(report), place + _MOST_LINES)
    while end < furthest:
        line = report[end]
        if line.tabbed or line.rule or (not line.blank and report.header_at(end)):
            break
        if report.heading_at(end) and end > place and not text_label(line.text):
            break
        end += 1
    return end


def _groups(paragraphs: list[Paragraph]) -> list[tuple[bool, list[Paragraph]]]:
    """The paragraphs below each label; True for those below a label of answers."""
    groups: list[tuple[bool, list[Paragraph]]] = []
    for paragraph in paragraphs:
        if text_label(paragraph.text):
            groups.append((False, []))
        elif answer_label(paragraph.text):
            groups.append((True, []))
        else:
            groups[-1][1].append(paragraph)
    return groups


def _joined(group: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, where one that begins midway is joined to the one it was torn from.

    The conversion sometimes puts the torn-off end first; then it goes to the end of the first
    paragraph that breaks off.
    """
    whole: list[Paragraph] = []
    ends: list[Paragraph] = []
    for paragraph in group:
        if starts_midway(paragraph.text) and whole and not ends_as_sentence(whole[-1].text):
            whole[-1] = whole[-1].joined(paragraph)
        elif starts_midway(paragraph.text) and not whole:
            ends.append(paragraph)
        elif ends and not ends_as_sentence(paragraph.text):
            whole.append(paragraph.joined(ends.pop(0)))
        else:
            whole.append(paragraph)
    return ends + whole


def _read_group(table: LooseTable, *, is_answer: bool, group: list[Paragraph]) -> None:
    if is_answer:
        _read_answers(table, group)
    elif len(group) == 1:
        table.start(group[0])
    else:
        for paragraph in group:
            _read_by_form(table, paragraph)


def _read_answers(table: LooseTable, group: list[Paragraph]) -> None:
    """The paragraph after the label answers, unless it has the form of a recommendation."""
    awaited = bool(table.rows) and not table.rows[-1].answers
    for place, paragraph in enumerate(group):
        if place == 0 and awaited and not reads_as_recommendation(paragraph.text):
            table.answer(paragraph)
        else:
            _read_by_form(table, paragraph)


def _read_by_form(table: LooseTable, paragraph: Paragraph) -> None:
    if table.kind is ResponseKind.RECOMMENDATION and reads_as_recommendation(paragraph.text):
        table.start(paragraph)
    elif reads_as_answer(paragraph.text):
        table.answer(paragraph)
    else:
        table.doubt(paragraph)


def _unread(line: int, text: str, what: str) -> Problem:
    mend = "Look it up in the document and type it in."
    return Problem(line, "table", shortened(text), what, mend, Severity.UNREAD)
