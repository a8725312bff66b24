"""Which commands a recommendation answers in which status, and who answers for it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from events.directory import Office
from events.refs import category_of, quoted
from workflow.circumstances import Circumstances
from workflow.recommendation_state import RecommendationState, RecommendationStatus
from workflow.refusals import NotAllowed, NotNow
from workflow.separation_of_duties import require_other_hands

_APART_FROM_THEIR_AGENCY = frozenset({Office.BUSINESS_MANAGER, Office.SCRUTINEER})


def require_status(
    state: RecommendationState,
    statuses: AbstractSet[RecommendationStatus],
    *,
    what: str,
    mend: str,
) -> None:
    """Check that a recommendation that was proposed has one of some statuses.

    Raises `NotNow`, which says that one cannot do `what`, and `mend`.
    """
    if state.status not in statuses:
        raise NotNow(state.ref, what, str(state.status), mend)


def require_verifier(
    state: RecommendationState, circumstances: Circumstances, *, what: str
) -> None:
    """Check that who asks is an outsider and did not report it done. Raises `NotAllowed`."""
    _require_outsider(state, circumstances, claimed_by=state.claimed_by, what=what)


def require_outsider(
    state: RecommendationState, circumstances: Circumstances, *, what: str
) -> None:
    """Check that who asks neither leads the recommendation, nor belongs to whom it is addressed to.

    The chair of a subgroup answers for what is addressed to the subgroup; so does everybody in an
    agency's roles for what is addressed to the agency, except business managers and scrutineers,
    who serve the whole partnership. Raises `NotAllowed`.
    """
    _require_outsider(state, circumstances, claimed_by=None, what=what)


def _require_outsider(
    state: RecommendationState, circumstances: Circumstances, *, claimed_by: str | None, what: str
) -> None:
    known = circumstances.known
    chairs = (
        known.chair_role_of(ref) for ref in state.addressed_to if category_of(ref) == "subgroup"
    )
    leads = (*state.lead_roles, *(chair for chair in chairs if chair is not None))
    require_other_hands(circumstances, lead_roles=leads, claimed_by=claimed_by, what=what)
    agencies = {ref for ref in state.addressed_to if category_of(ref) == "agency"}
    for role in known.roles_of(circumstances.actor, circumstances.today):
        if role.agency in agencies and role.office not in _APART_FROM_THEIR_AGENCY:
            who = f"{quoted(circumstances.actor)}, who acts for {quoted(role.agency)},"
            raise NotAllowed(who, what, "somebody from outside that agency")
