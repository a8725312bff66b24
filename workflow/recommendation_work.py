"""How the work on a recommendation begins, is told, is reported done, and is verified."""

from __future__ import annotations

from events.audit import AuditStage
from events.recommendation import (
    RecommendationImplemented,
    RecommendationProgressNoted,
    RecommendationReopened,
    RecommendationStarted,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.evidence import require_evidence_or_reason
from workflow.recommendation_commands import (
    NoteRecommendationProgress,
    RefuseVerification,
    ReopenRecommendation,
    ReportRecommendationImplemented,
    StartRecommendation,
    VerifyRecommendation,
    WorkCommand,
)
from workflow.recommendation_standing import require_status, require_verifier
from workflow.recommendation_state import (
    ACCEPTED,
    ENDED,
    RecommendationEvent,
    RecommendationState,
    RecommendationStatus,
)
from workflow.refusals import NotNow

_REOPENABLE = frozenset(
    {
        RecommendationStatus.IMPLEMENTED,
        RecommendationStatus.VERIFIED,
        RecommendationStatus.IMPACT_DUE,
        RecommendationStatus.IMPACT_SHOWN,
        RecommendationStatus.IMPACT_NOT_SHOWN,
        RecommendationStatus.CLOSED_NOT_IMPLEMENTED,
    }
)


def decide_work(
    command: WorkCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about the work on a recommendation."""
    match command:
        case StartRecommendation():
            return _start(state)
        case NoteRecommendationProgress():
            going_on = frozenset(RecommendationStatus) - ENDED
            mend = "Reopen it if work goes on after all."
            require_status(state, going_on, what="note progress", mend=mend)
            return [RecommendationProgressNoted(note=command.note)]
        case ReportRecommendationImplemented():
            return _report(command, state)
        case VerifyRecommendation():
            return _verify(command, state, circumstances)
        case RefuseVerification():
            return _refuse_verification(command, state, circumstances)
        case ReopenRecommendation():
            mend = "Only what was reported done or closed can be reopened."
            require_status(state, _REOPENABLE, what="reopen it", mend=mend)
            _require_audit_not_closed(state, circumstances)
            return [RecommendationReopened(reason=command.reason)]


def _require_audit_not_closed(state: RecommendationState, circumstances: Circumstances) -> None:
    # An audit closes on what became of its recommendations: that has to stay true.
    if state.audit is None or circumstances.known.standing(state.audit) != AuditStage.CLOSED:
        return
    mend = (
        f"{quoted(state.audit)} was closed on the strength of it. Propose a new recommendation"
        " that names as its source what was seen since."
    )
    raise NotNow(state.ref, "reopen it", "settled", mend)


def _start(state: RecommendationState) -> list[RecommendationEvent]:
    mend = "Work starts once the recommendation was accepted, and as long as it is not done."
    require_status(state, ACCEPTED, what="start work on it", mend=mend)
    return [] if state.status is RecommendationStatus.IN_PROGRESS else [RecommendationStarted()]


def _report(
    command: ReportRecommendationImplemented, state: RecommendationState
) -> list[RecommendationEvent]:
    mend = "Accept it first, or reopen it if it was done before."
    require_status(state, ACCEPTED, what="report it as done", mend=mend)
    require_evidence_or_reason(command.evidence, command.no_evidence_reason)
    # Work that is done has begun: nobody has to say so first.
    return [
        *_start(state),
        RecommendationImplemented(
            what_we_did=command.what_we_did,
            evidence=command.evidence,
            no_evidence_reason=command.no_evidence_reason,
        ),
    ]


def _require_reported(state: RecommendationState, *, what: str) -> None:
    mend = "Verification follows the report that it is done."
    require_status(state, {RecommendationStatus.IMPLEMENTED}, what=what, mend=mend)


def _verify(
    command: VerifyRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_reported(state, what="verify it")
    require_verifier(state, circumstances, what=f"verify {quoted(state.ref)}")
    return [RecommendationVerified(verified_by=circumstances.actor, note=command.note)]


def _refuse_verification(
    command: RefuseVerification, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_reported(state, what="send it back to work")
    require_verifier(state, circumstances, what=f"decide whether {quoted(state.ref)} is done")
    refused = RecommendationVerificationRefused(
        refused_by=circumstances.actor, reason=command.reason
    )
    return [refused]
