"""Which column of a plan is which, by the many names that councils give them."""

from __future__ import annotations

import difflib
from enum import StrEnum

from interfaces.documents.cell_text import key


class PlanField(StrEnum):
    """A column that a plan may have; the value is the name shown to people."""

    REFERENCE = "reference"
    PRIORITY = "priority"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    TARGET_DATE = "target date"
    LEAD = "lead"
    MEASURE = "success measure"
    STATUS = "status"
    PROGRESS = "progress"


REQUIRED = (PlanField.ACTION, PlanField.TARGET_DATE, PlanField.LEAD)

_SYNONYMS: dict[PlanField, tuple[str, ...]] = {
    PlanField.REFERENCE: (
        "ref", "ref no", "reference", "reference number", "action ref", "action no",
        "action number", "no", "number", "id", "item",
    ),
    PlanField.PRIORITY: (
        "priority", "priorities", "priority theme", "priority area", "strategic priority",
        "theme", "themes", "objective", "strategic objective", "aim",
    ),
    PlanField.RECOMMENDATION: ("recommendation", "recommendations"),
    PlanField.ACTION: (
        "action", "actions", "what", "what will we do", "what we will do", "what needs to happen",
        "what needs to be done", "action required", "actions required", "action to be taken",
        "actions to be taken", "agreed action", "agreed actions", "key action", "key actions",
        "task", "activity",
    ),
    PlanField.TARGET_DATE: (
        "target date", "target dates", "target", "due", "due date", "date due", "deadline",
        "by when", "when", "timescale", "timescales", "timeframe", "completion date",
        "target completion date", "date for completion", "to be completed by",
    ),
    PlanField.LEAD: (
        "lead", "leads", "lead s", "lead officer", "lead officers", "action lead", "lead person",
        "lead role", "owner", "owners", "action owner", "responsible", "responsible person",
        "responsible officer", "person responsible", "by whom", "who", "responsibility",
    ),
    PlanField.MEASURE: (
        "success measure", "success measures", "measure", "measures", "measure of success",
        "measures of success", "outcome", "outcomes", "intended outcome", "desired outcome",
        "expected outcome", "success criteria", "impact measure", "how will we know",
    ),
    PlanField.STATUS: (
        "status", "rag", "brag", "rag status", "brag status", "rag rating", "brag rating",
        "current status",
    ),
    PlanField.PROGRESS: (
        "progress", "progress update", "progress to date", "progress updates", "update",
        "updates", "latest update", "comments", "comment", "notes", "commentary",
    ),
}  # fmt: skip

_FIELD_BY_KEY = {name: field for field, names in _SYNONYMS.items() for name in names}

Columns = tuple[PlanField | None, ...]
"""What each cell of a plan's header stands for; None where nobody knows it."""


def field_named(words: str) -> PlanField | None:
    """The column that these words are a known name of."""
    return _FIELD_BY_KEY.get(key(words))


def nearest_field(words: str) -> PlanField | None:
    """The column that these words most resemble, where any comes near."""
    near = difflib.get_close_matches(key(words), _FIELD_BY_KEY, n=1, cutoff=0.6)
    return _FIELD_BY_KEY[near[0]] if near else None


def known_names() -> str:
    """The known columns, for a message: "reference, priority, ..."."""
    return ", ".join(field.value for field in PlanField)


def plan_columns(cells: tuple[str, ...]) -> Columns | None:
    """What each cell stands for, if this line is the header of a plan.

    It is one when it names an action beside another known column, or a target date and a lead
    (so that a misspelt "Acton" is pointed out instead of hiding the whole table).
    """
    columns = tuple(field_named(cell) if cell else None for cell in cells)
    known = {field for field in columns if field is not None}
    named_by_action = PlanField.ACTION in known and len(known) > 1
    named_by_others = {PlanField.TARGET_DATE, PlanField.LEAD} <= known
    return columns if named_by_action or named_by_others else None
