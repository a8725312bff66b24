"""The target date that a cell names, or the question that has to be asked about it."""

from __future__ import annotations

from events.values import TargetDate
from interfaces.documents.cell_text import shortened
from interfaces.documents.document import Problem
from workflow.target_dates import UnclearTargetDate, read_target_date


def target_date_or_problem(
    line: int, words: str, sheet: str | None
) -> tuple[TargetDate | None, Problem | None]:
    """Exactly one of the two: what the words mean, or why they cannot be stored."""
    try:
        return read_target_date(words), None
    except UnclearTargetDate as unclear:
        what = f"The target date is not clear: {unclear.reason}."
        problem = Problem(line, "target date", shortened(words), what, unclear.mend, sheet=sheet)
        return None, problem
