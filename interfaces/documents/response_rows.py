"""The rows of a table of responses: what was found or recommended, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from interfaces.documents.cell_text import key, one_line, shortened
from interfaces.documents.document import Problem, ResponseKind, ResponseRow, Severity
from interfaces.documents.grid import GridLine

_KINDS = {
    "recommendation": ResponseKind.RECOMMENDATION,
    "recommendations": ResponseKind.RECOMMENDATION,
    "area for development": ResponseKind.AREA_FOR_DEVELOPMENT,
    "areas for development": ResponseKind.AREA_FOR_DEVELOPMENT,
    "area for improvement": ResponseKind.AREA_FOR_DEVELOPMENT,
    "areas for improvement": ResponseKind.AREA_FOR_DEVELOPMENT,
    "area of learning": ResponseKind.AREA_FOR_DEVELOPMENT,
    "areas of learning": ResponseKind.AREA_FOR_DEVELOPMENT,
}
_ANSWERS = {
    "how have we responded", "how did we respond", "implementation", "our response", "response",
    "responses", "what did we do", "what have we done", "what we did", "what we have done",
    "action taken", "actions taken", "progress",
}  # fmt: skip
_NUMBERS = {"", "no", "number", "ref", "reference"}
_IMPACT = re.compile(r"^(?:what difference (?:has it|did it|has this|did this) mak?d?e|impact$)")
_ITEM_NUMBER = re.compile(r"^\d{1,2}\s*[.)]?$")


class Part(Enum):
    """What one column of a table of responses holds."""

    NUMBER = auto()
    TEXT = auto()
    ANSWER = auto()


def text_label(words: str) -> ResponseKind | None:
    """The kind that a label such as "Area for development" announces."""
    return _KINDS.get(key(words))


def answer_label(words: str) -> bool:
    """Whether these words head a column of answers ("What we did?")."""
    return key(words) in _ANSWERS


def impact_label(words: str) -> bool:
    """Whether these words ask what difference it made."""
    return _IMPACT.match(key(words)) is not None


def response_header(cells: tuple[str, ...]) -> tuple[ResponseKind, tuple[Part, ...]] | None:
    """The kind and columns of a table of responses, if this line is its header."""
    kind: ResponseKind | None = None
    parts: list[Part] = []
    for cell in cells:
        if text_label(cell) and kind is None:
            kind = text_label(cell)
            parts.append(Part.TEXT)
        elif answer_label(cell):
            parts.append(Part.ANSWER)
        elif key(cell) in _NUMBERS:
            parts.append(Part.NUMBER)
        else:
            return None
    return (kind, tuple(parts)) if kind and parts.count(Part.ANSWER) == 1 else None


def numbered_list_header(line: GridLine, following: GridLine | None) -> ResponseKind | None:
    """The kind of a list headed by one cell ("Recommendations for the Partnership").

    Only when the line below it starts with a number in a cell of its own.
    """
    if following is None or len(line.filled) != 1 or not numbered_item(following):
        return None
    words = key(line.filled[0])
    starts = (kind for name, kind in _KINDS.items() if words.startswith(name))
    return next(starts, None)


def numbered_item(line: GridLine) -> bool:
    """Whether a line is one numbered item: its number, a tab, its text."""
    return len(line.filled) > 1 and _ITEM_NUMBER.match(line.filled[0]) is not None


NUMBERED = (Part.NUMBER, Part.TEXT)
"""The columns of a numbered list, which has no answers."""


@dataclass(slots=True)
class ResponseReading:
    """A table of responses while it is read."""

    kind: ResponseKind
    heading: str
    sheet: str | None = None
    rows: list[ResponseRow] = field(default_factory=list)
    impact: str | None = None
    problems: list[Problem] = field(default_factory=list)
    _goes_on: dict[int, list[int]] = field(default_factory=dict)

    def feed(self, lines: Iterable[GridLine], parts: tuple[Part, ...]) -> None:
        """Read these lines, whose cells hold `parts`."""
        for line in lines:
            if not line.blank:
                self._feed_one(line, parts)

    def add(self, line: int, text: str, narrative: str = "") -> None:
        """Add a row that was read elsewhere."""
        self.rows.append(ResponseRow(line, one_line(text), narrative))

    def finish(self) -> None:
        """Say what can only be said once all lines were seen."""
        for row, lines in self._goes_on.items():
            what = f"{_lines(lines)} went on from the row above, and so into its answer."
            self.problems.append(
                Problem(row, "answer", "", what, "Check the answer.", Severity.MENDED, self.sheet)
            )

    def _feed_one(self, line: GridLine, parts: tuple[Part, ...]) -> None:
        cells = dict(zip(parts, line.cells, strict=False))
        text, answer = cells.get(Part.TEXT, ""), cells.get(Part.ANSWER, "")
        if impact_label(text):
            self.impact = answer or self.impact
        elif text:
            self.add(line.number, text, answer)
        elif answer and self.rows:
            self._continue(line.number, answer)
        else:
            self._complain(line)
        self._surplus(line, len(parts))

    def _continue(self, number: int, answer: str) -> None:
        last = self.rows[-1]
        narrative = f"{last.narrative}\n{answer}" if last.narrative else answer
        self.rows[-1] = ResponseRow(last.line, last.text, narrative)
        self._goes_on.setdefault(last.line, []).append(number)

    def _complain(self, line: GridLine) -> None:
        what = f"The row has no {self.kind.value.replace('_', ' ')} in it."
        mend = "Write it in, or join the row to the one that it goes on from."
        value = shortened(" | ".join(line.filled))
        self.problems.append(
            Problem(line.number, "text", value, what, mend, Severity.BAD, self.sheet)
        )

    def _surplus(self, line: GridLine, width: int) -> None:
        for cell in line.cells[width:]:
            if cell:
                what = "This cell stands under no heading and was not read."
                mend = "Give its column a name, or check whether a comma or tab split a cell."
                self.problems.append(
                    Problem(line.number, "column", shortened(cell), what, mend, sheet=self.sheet)
                )


def _lines(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"Line {first}" if first == last else f"Lines {first} to {last}"
