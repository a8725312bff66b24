"""What a published document holds once it is read: plans, responses, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override

from events.values import TargetDate


class Severity(StrEnum):
    """What a problem means for an import."""

    BAD = "bad"
    """A row or a column that cannot be stored as it stands."""
    MENDED = "mended"
    """A torn place that was put together again; the problem says how."""
    UNREAD = "unread"
    """A passage that looks like a table but cannot be read safely; a person types it in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that somebody should know about one place of a document.

    `line` is the row number of the spreadsheet, or the line number of the text, from 1.
    `what` and `mend` are one sentence each: what is wrong (or was done), and what to do.
    `sheet` names the sheet of a workbook, and is None elsewhere.
    """

    line: int
    field: str
    value: str
    what: str
    mend: str
    severity: Severity = Severity.BAD
    sheet: str | None = None

    @override
    def __str__(self) -> str:
        place = f"line {self.line}" if self.sheet is None else f"{self.sheet}, row {self.line}"
        shown = f" “{self.value}”" if self.value else ""
        return f"{place}, {self.field}{shown}: {self.what} {self.mend}"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One action of a plan, as written.

    `target_date_words` is empty where the cell was blank, and `target_date` is None where the
    words have no single meaning. `leads` holds one entry for each lead of the cell, in order.
    `priority` is the name without its number ("Neglect"). `storable` is False when a bad
    problem stands against the row.
    """

    line: int
    text: str
    target_date_words: str
    target_date: TargetDate | None
    leads: tuple[str, ...]
    priority: str | None = None
    priority_number: int | None = None
    measure: str | None = None
    status: str | None = None
    progress: str | None = None
    reference: str | None = None
    recommendation: str | None = None
    storable: bool = True


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One plan: all its priorities, in the order of the document.

    `title` is the nearest heading above it, else the name of the sheet or of the file.
    """

    title: str
    rows: tuple[PlanRow, ...]
    sheet: str | None = None


class ResponseKind(StrEnum):
    """What the left column of a table of responses holds."""

    RECOMMENDATION = "recommendation"
    AREA_FOR_DEVELOPMENT = "area_for_development"


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One recommendation or area for development, and what was done about it.

    `narrative` is empty where the document gives no answer (yet); its paragraphs are divided
    by a newline.
    """

    line: int
    text: str
    narrative: str


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """The recommendations, or areas for development, of one audit or review.

    `heading` is the nearest heading above: the audit or review that they belong to.
    `impact` is the answer to "What difference has it made?", None where it was not asked.
    """

    kind: ResponseKind
    heading: str
    rows: tuple[ResponseRow, ...]
    impact: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that was read from one file.

    `source` is the name of the file without its folder; `sha256` is of its bytes, in hex.
    """

    source: str
    sha256: str
    plans: tuple[PlanTable, ...]
    responses: tuple[ResponseTable, ...]
    problems: tuple[Problem, ...]
