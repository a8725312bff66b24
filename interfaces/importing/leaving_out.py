"""What a person leaves out of an import: rows, recommendations, new titles of priorities.

A row that is left out still is its action, so that nothing looks as if the document had dropped it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from interfaces.documents.corrections import Place
from interfaces.importing.proposal import (
    Lead,
    PlanProposal,
    PriorityProposal,
    PriorityState,
    Proposal,
    RowProposal,
    RowState,
)
from interfaces.importing.wording import name_key


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is left out: the rows and recommendations at some places.

    `cancels`: which of the actions that the document no longer names are gone; None for all.
    `keeps_titles`: priorities keep the titles that the record has.
    """

    places: frozenset[Place] = frozenset()
    cancels: frozenset[str] | None = None
    keeps_titles: bool = False


NOTHING: Final = Leaving()
"""Nothing is left out."""


def leave_out(proposal: Proposal, leaving: Leaving) -> Proposal:
    """Return a proposal without what is left out, and without what only that would have needed."""
    if leaving == NOTHING:
        return proposal
    plans = tuple(_plan(plan, leaving) for plan in proposal.plans)
    taken = {lead for plan in plans for one in _taken(plan) for lead in one.leads}
    met = {name_key(lead) for plan in plans for one in _taken(plan) for lead in one.row.leads}
    return replace(
        proposal,
        plans=plans,
        roles=tuple(
            replace(role, aliases=tuple(one for one in role.aliases if name_key(one) in met))
            for role in proposal.roles
            if Lead(role.title) in taken
        ),
        aliases=tuple(one for one in proposal.aliases if name_key(one.alias) in met),
        recommendations=tuple(
            one for one in proposal.recommendations if (one.sheet, one.line) not in leaving.places
        ),
        problems=tuple(
            one for one in proposal.problems if (one.sheet, one.line) not in leaving.places
        ),
    )


def _plan(plan: PlanProposal, leaving: Leaving) -> PlanProposal:
    return replace(
        plan,
        rows=tuple(_row(one, leaving) for one in plan.rows),
        gone=tuple(
            one for one in plan.gone if leaving.cancels is None or one.ref in leaving.cancels
        ),
        priorities=tuple(_priority(one, leaving) for one in plan.priorities),
    )


def _row(one: RowProposal, leaving: Leaving) -> RowProposal:
    is_out = (one.sheet, one.row.line) in leaving.places
    return replace(one, state=RowState.LEFT_OUT, problems=()) if is_out else one


def _priority(one: PriorityProposal, leaving: Leaving) -> PriorityProposal:
    if not leaving.keeps_titles or one.state is not PriorityState.RETITLED:
        return one
    return PriorityProposal(one.number, str(one.before), PriorityState.SAME)


def _taken(plan: PlanProposal) -> Iterator[RowProposal]:
    return (one for one in plan.rows if one.state is not RowState.LEFT_OUT)
