"""How much there is of each part of a proposal, in words."""

from __future__ import annotations

from interfaces.importing.proposal import Part, PriorityState, Proposal, RowState


def counted(part: Part, proposal: Proposal) -> str:
    """How much a proposal holds of a part: "4 changed actions"."""
    match part:
        case Part.NEW:
            return some(_rows(proposal, RowState.NEW), "new action")
        case Part.CHANGED:
            retitled = sum(
                one.state is PriorityState.RETITLED
                for plan in proposal.plans
                for one in plan.priorities
            )
            actions = some(_rows(proposal, RowState.CHANGED), "changed action")
            if not retitled:
                return actions
            return f"{actions} and {some(retitled, 'retitled priority', 'retitled priorities')}"
        case Part.GONE:
            gone = sum(len(plan.gone) for plan in proposal.plans)
            return f"{some(gone, 'action')} that the document no longer names"
        case Part.RECOMMENDATIONS:
            return some(len(proposal.new_recommendations), "new recommendation")


def some(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 action", "3 actions"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _rows(proposal: Proposal, state: RowState) -> int:
    return sum(row.state is state for row in proposal.rows)
