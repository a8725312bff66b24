"""Recommendations that have come to each status, for the tables of cases."""

from __future__ import annotations

from events.catalogue import Event
from events.directory import Office
from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationClosedNotImplemented,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationPartlyAccepted,
    RecommendationProposed,
    RecommendationRejected,
    RecommendationStarted,
    RecommendationSuperseded,
    RecommendationVerified,
)
from events.values import TargetDate
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import LEAD, Scenario
from workflow.recommendation import DECIDER
from workflow.recommendation_state import RecommendationStatus
from workflow.target_dates import read_target_date

R = "recommendation-7"
DUE: TargetDate = read_target_date("31 March 2025")
LATER: TargetDate = read_target_date("30 June 2025")
IMPACT_DATE: TargetDate = read_target_date("January 2026")

CHAIR, POLICE, MANAGER, EXECUTIVE = "person-3", "person-4", "person-5", "person-6"

KNOWN = FakeKnown(
    standings={
        "subgroup-1": "current",
        "agency-1": "current",
        "agency-2": "ended",
        "audit-3": "monitoring",
        "audit-3/finding-1": "agreed",
        "audit-3/finding-2": "withdrawn",
        "audit-4": "cancelled",
        "audit-5": "closed",
        "recommendation-8": "accepted",
        "recommendation-9": "rejected",
    },
    roles=(
        role("role-1", LEAD),
        role("role-2", CHAIR, office=Office.SUBGROUP_CHAIR, subgroup="subgroup-1"),
        role("role-3", POLICE, agency="agency-1"),
        role("role-4", MANAGER, office=Office.BUSINESS_MANAGER, agency="agency-1"),
        role("role-5", EXECUTIVE, office=Office.EXECUTIVE),
    ),
    chairs={"subgroup-1": "role-2"},
)

PROPOSED = RecommendationProposed(
    text="Share chronologies within a week.",
    source="An inspection",
    addressed_to=("role-1", "subgroup-1", "agency-1"),
    target=DUE,
)
IMPLEMENTED = RecommendationImplemented(what_we_did="We share them.", evidence="A dip sample")
VERIFIED = RecommendationVerified(verified_by="person-2")
NOT_SHOWN = RecommendationImpactNotShown(
    reason="No change yet", then=AfterNoImpact.RE_AUDIT, re_audit=IMPACT_DATE
)

_AT_WORK: tuple[Event, ...] = (RecommendationAccepted(), RecommendationStarted())
_DATED = (*_AT_WORK, IMPLEMENTED, VERIFIED, RecommendationImpactDue(target=IMPACT_DATE))
_REJECTED = RecommendationRejected(decided_by="role-5", reason="Done elsewhere")
_CLOSED = RecommendationClosedNotImplemented(risk_accepted_by="role-5", reason="No money")
_SHOWN = RecommendationImpactShown(difference_made="Fewer repeats", evidence="A re-audit")

STORIES: dict[RecommendationStatus, tuple[Event, ...]] = {
    RecommendationStatus.PROPOSED: (),
    RecommendationStatus.ACCEPTED: (RecommendationAccepted(),),
    RecommendationStatus.PARTLY_ACCEPTED: (
        RecommendationPartlyAccepted(decided_by="role-5", reason="Not for schools"),
    ),
    RecommendationStatus.REJECTED: (_REJECTED,),
    RecommendationStatus.IN_PROGRESS: _AT_WORK,
    RecommendationStatus.IMPLEMENTED: (*_AT_WORK, IMPLEMENTED),
    RecommendationStatus.VERIFIED: (*_AT_WORK, IMPLEMENTED, VERIFIED),
    RecommendationStatus.IMPACT_DUE: _DATED,
    RecommendationStatus.IMPACT_SHOWN: (*_DATED, _SHOWN),
    RecommendationStatus.IMPACT_NOT_SHOWN: (*_DATED, NOT_SHOWN),
    RecommendationStatus.SUPERSEDED: (RecommendationSuperseded(by="recommendation-8"),),
    RecommendationStatus.CLOSED_NOT_IMPLEMENTED: (*_AT_WORK, _CLOSED),
}
"""What happened after the proposal, for each status."""

NEW = Scenario(DECIDER, R, KNOWN)


def recommendation(status: RecommendationStatus | str, proposed: Event = PROPOSED) -> Scenario:
    """Return a recommendation that has come to a status; person-1, its lead, did all of it."""
    return NEW.given(proposed, *STORIES[RecommendationStatus(status)])
