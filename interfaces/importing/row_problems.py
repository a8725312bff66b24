"""The problems that stand against one row of a plan."""

from __future__ import annotations

from interfaces.documents.document import Problem, Severity
from interfaces.importing.proposal import Proposal, RowProposal


def problems_of(one: RowProposal, proposal: Proposal) -> tuple[Problem, ...]:
    """What is bad or was mended at the line of a row, in the order in which it was found."""
    return tuple(
        problem
        for problem in proposal.problems
        if (problem.line, problem.sheet) == (one.row.line, one.sheet)
        and problem.severity is not Severity.UNREAD
    )
