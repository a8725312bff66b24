"""What is wrong with the cells that every action needs: its words, and who leads it."""

from __future__ import annotations

from collections.abc import Iterator

from interfaces.documents.cell_text import shortened
from interfaces.documents.document import Problem, Severity
from interfaces.documents.lead_cells import doubtful_comma, leads_in


def no_action(line: int, others: str, sheet: str | None) -> Problem:
    """Say that a row does not tell what is to be done; `others` is what stands in it."""
    what = "The row does not say what is to be done."
    mend = "Write the action; if the row goes on from the one above, put it into that cell."
    return Problem(line, "action", shortened(others), what, mend, sheet=sheet)


def lead_problems(line: int, cell: str, sheet: str | None) -> Iterator[Problem]:
    """Say that a cell names no lead, or how a comma in it was read."""
    if not leads_in(cell):
        what = "Nobody is named as lead."
        mend = "Name the role that leads this action, for example “Business Manager”."
        yield Problem(line, "lead", shortened(cell), what, mend, sheet=sheet)
    elif doubtful_comma(cell):
        what = "The comma may divide two leads or belong to one name; it was kept as one name."
        mend = "If they are two leads, divide them by a semicolon."
        yield Problem(line, "lead", shortened(cell), what, mend, Severity.MENDED, sheet)
