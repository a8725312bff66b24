"""The read model "recommendations": each recommendation as it stands, by its reference.

`status` is the word of the workflow. `reached` tells on which day each status was reached last.
`actions` are those that answer it, in the order in which they came to do so. `claimed_by` is who
last reported it done.
"""

from __future__ import annotations

from typing import Final

from events.action import ActionCreated, ActionRecommendationAnswered
from events.recommendation import (
    RecommendationAccepted,
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationClosedNotImplemented,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationPartlyAccepted,
    RecommendationProgressNoted,
    RecommendationProposed,
    RecommendationReaddressed,
    RecommendationRejected,
    RecommendationReopened,
    RecommendationReworded,
    RecommendationStarted,
    RecommendationSuperseded,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from events.recorded import Recorded
from projections import more_time
from projections.civil_days import civil_day, true_on
from projections.former import set_aside
from projections.more_time import beginning, earliest, reach, row_of, stored_target, told
from projections.projection import Projection, Rows, change

RECOMMENDATIONS: Final = Projection("recommendations", version=4)

RECOMMENDATIONS.on(RecommendationTargetDateMoved)(more_time.target_moved)
RECOMMENDATIONS.on(RecommendationTargetDateCorrected)(more_time.target_corrected)
RECOMMENDATIONS.on(RecommendationProgressNoted)(more_time.progress_noted)
RECOMMENDATIONS.on(RecommendationExtensionRequested)(more_time.extension_requested)
RECOMMENDATIONS.on(RecommendationExtensionApproved)(more_time.extension_approved)
RECOMMENDATIONS.on(RecommendationExtensionDeclined)(more_time.extension_declined)
RECOMMENDATIONS.on(RecommendationExtensionWithdrawn)(more_time.extension_withdrawn)
RECOMMENDATIONS.on(RecommendationBragOverridden)(more_time.brag_overridden)
RECOMMENDATIONS.on(RecommendationBragOverrideEnded)(more_time.brag_override_ended)


@RECOMMENDATIONS.on(RecommendationProposed)
def _proposed(rows: Rows, event: RecommendationProposed, recorded: Recorded) -> None:
    on = true_on(recorded)
    rows.add(
        recorded.stream,
        {
            "text": event.text,
            "audit": event.audit,
            "findings": list(event.findings),
            "source": event.source,
            "addressed_to": list(event.addressed_to),
            "themes": list(event.themes),
            "status": "proposed",
            "reached": {"proposed": on},
            "status_reason": None,
            "decided_by": None,
            "proposed_on": on,
            "started_on": None,
            "claimed_by": None,
            "claim_told_on": None,
            "what_we_did": None,
            "evidence": None,
            "no_evidence_reason": None,
            "former": [],
            "verified_by": None,
            "impact_target": None,
            "difference_made": None,
            "impact_evidence": None,
            "re_audit": None,
            "superseded_by": None,
            "risk_accepted_by": None,
            "actions": [],
            **beginning(event.target),
        },
    )


@RECOMMENDATIONS.on(ActionCreated)
def _action_created(rows: Rows, event: ActionCreated, recorded: Recorded) -> None:
    for recommendation in event.answers:
        _answered_by(rows, recommendation, recorded.stream)


@RECOMMENDATIONS.on(ActionRecommendationAnswered)
def _action_answers(rows: Rows, event: ActionRecommendationAnswered, recorded: Recorded) -> None:
    _answered_by(rows, event.recommendation, recorded.stream)


@RECOMMENDATIONS.on(RecommendationReworded)
def _reworded(rows: Rows, event: RecommendationReworded, recorded: Recorded) -> None:
    change(rows, recorded.stream, text=event.text)


@RECOMMENDATIONS.on(RecommendationReaddressed)
def _readdressed(rows: Rows, event: RecommendationReaddressed, recorded: Recorded) -> None:
    change(rows, recorded.stream, addressed_to=list(event.addressed_to))


@RECOMMENDATIONS.on(RecommendationAccepted)
def _accepted(rows: Rows, event: RecommendationAccepted, recorded: Recorded) -> None:
    reach(rows, recorded, "accepted", decided_by=event.decided_by, status_reason=None)


@RECOMMENDATIONS.on(RecommendationPartlyAccepted)
def _partly_accepted(rows: Rows, event: RecommendationPartlyAccepted, recorded: Recorded) -> None:
    decided_by, reason = event.decided_by, event.reason
    reach(rows, recorded, "partly_accepted", decided_by=decided_by, status_reason=reason)


@RECOMMENDATIONS.on(RecommendationRejected)
def _rejected(rows: Rows, event: RecommendationRejected, recorded: Recorded) -> None:
    decided_by, reason = event.decided_by, event.reason
    reach(rows, recorded, "rejected", decided_by=decided_by, status_reason=reason)


@RECOMMENDATIONS.on(RecommendationTargetDateSet)
def _target_set(rows: Rows, event: RecommendationTargetDateSet, recorded: Recorded) -> None:
    stored = stored_target(event.target)
    change(rows, recorded.stream, target=stored, original_target=stored)


@RECOMMENDATIONS.on(RecommendationStarted)
def _started(rows: Rows, _event: RecommendationStarted, recorded: Recorded) -> None:
    started_on = earliest(row_of(rows, recorded.stream)["started_on"], true_on(recorded))
    told(rows, recorded, "in_progress", started_on=started_on, status_reason=None)


@RECOMMENDATIONS.on(RecommendationImplemented)
def _implemented(rows: Rows, event: RecommendationImplemented, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    told(
        rows,
        recorded,
        "implemented",
        status_reason=None,
        started_on=row["started_on"] or true_on(recorded),
        claimed_by=recorded.actor,
        claim_told_on=civil_day(recorded.recorded_at).isoformat(),
        what_we_did=event.what_we_did,
        evidence=event.evidence,
        no_evidence_reason=event.no_evidence_reason,
    )


@RECOMMENDATIONS.on(RecommendationVerified)
def _verified(rows: Rows, event: RecommendationVerified, recorded: Recorded) -> None:
    reach(rows, recorded, "verified", verified_by=event.verified_by, status_reason=None)


@RECOMMENDATIONS.on(RecommendationVerificationRefused)
def _verification_refused(
    rows: Rows, event: RecommendationVerificationRefused, recorded: Recorded
) -> None:
    reach(rows, recorded, "in_progress", status_reason=event.reason)


@RECOMMENDATIONS.on(RecommendationImpactDue)
def _impact_due(rows: Rows, event: RecommendationImpactDue, recorded: Recorded) -> None:
    reach(rows, recorded, "impact_due", impact_target=stored_target(event.target))


@RECOMMENDATIONS.on(RecommendationImpactShown)
def _impact_shown(rows: Rows, event: RecommendationImpactShown, recorded: Recorded) -> None:
    made, evidence = event.difference_made, event.evidence
    told(rows, recorded, "impact_shown", difference_made=made, impact_evidence=evidence)


@RECOMMENDATIONS.on(RecommendationImpactNotShown)
def _impact_not_shown(rows: Rows, event: RecommendationImpactNotShown, recorded: Recorded) -> None:
    re_audit = stored_target(event.re_audit)
    told(rows, recorded, "impact_not_shown", status_reason=event.reason, re_audit=re_audit)


@RECOMMENDATIONS.on(RecommendationReopened)
def _reopened(rows: Rows, event: RecommendationReopened, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    reach(
        rows,
        recorded,
        "in_progress",
        status_reason=event.reason,
        started_on=row["started_on"] or true_on(recorded),
        verified_by=None,
        # An earlier date for showing impact is void: the work goes on towards its target date.
        impact_target=None,
        re_audit=None,
        **set_aside(row, true_on(recorded)),
    )


@RECOMMENDATIONS.on(RecommendationSuperseded)
def _superseded(rows: Rows, event: RecommendationSuperseded, recorded: Recorded) -> None:
    reach(rows, recorded, "superseded", superseded_by=event.by, status_reason=event.reason)


@RECOMMENDATIONS.on(RecommendationClosedNotImplemented)
def _closed(rows: Rows, event: RecommendationClosedNotImplemented, recorded: Recorded) -> None:
    accepted_by, reason = event.risk_accepted_by, event.reason
    closed = "closed_not_implemented"
    reach(rows, recorded, closed, risk_accepted_by=accepted_by, status_reason=reason)


def _answered_by(rows: Rows, recommendation: str, action: str) -> None:
    actions = row_of(rows, recommendation)["actions"]
    change(rows, recommendation, actions=[*actions, action])
