"""How the work on a recommendation begins, is told, is reported done, and is verified."""

from __future__ import annotations

import datetime as dt

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
from workflow.evidence_given import require_evidence_or_reason
from workflow.order_of_days import require_in_order
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
            return _start(command, state, circumstances)
        case NoteRecommendationProgress():
            going_on = frozenset(RecommendationStatus) - ENDED
            mend = "Reopen it if work goes on after all."
            require_status(state, going_on, what="note progress", mend=mend)
            return [RecommendationProgressNoted(note=command.note)]
        case ReportRecommendationImplemented():
            return _report(command, state, circumstances)
        case VerifyRecommendation():
            return _verify(command, state, circumstances)
        case RefuseVerification():
            return _refuse_verification(command, state, circumstances)
        case ReopenRecommendation():
            mend = "Only what was reported done or closed can be reopened."
            require_status(state, _REOPENABLE, what="reopen it", mend=mend)
            _require_audit_not_closed(state, circumstances)
            require_in_order(state.ref, state.turn, command, circumstances, what="reopened")
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


def _start(
    command: StartRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    mend = "Work starts once the recommendation was accepted, and as long as it is not done."
    require_status(state, ACCEPTED, what="start work on it", mend=mend)
    day = require_in_order(state.ref, state.turn, command, circumstances, what="started")
    return _begun_by(day, state)


def _begun_by(day: dt.date, state: RecommendationState) -> list[RecommendationEvent]:
    """Let work have begun by a day, whatever later day was told for its beginning."""
    is_told_later = state.started_on is not None and day < state.started_on
    if state.status is RecommendationStatus.IN_PROGRESS and not is_told_later:
        return []
    return [RecommendationStarted()]


def _report(
    command: ReportRecommendationImplemented,
    state: RecommendationState,
    circumstances: Circumstances,
) -> list[RecommendationEvent]:
    mend = "Accept it first, or reopen it if it was done before."
    require_status(state, ACCEPTED, what="report it as done", mend=mend)
    require_evidence_or_reason(
        command.evidence,
        command.no_evidence_reason,
        has_files=bool(circumstances.known.files_on(state.ref)),
    )
    day = require_in_order(state.ref, state.turn, command, circumstances, what="reported as done")
    # Work that is done has begun: nobody has to say so first.
    return [
        *_begun_by(day, state),
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
    require_in_order(state.ref, state.turn, command, circumstances, what="verified")
    return [RecommendationVerified(verified_by=circumstances.actor, note=command.note)]


def _refuse_verification(
    command: RefuseVerification, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_reported(state, what="send it back to work")
    require_verifier(state, circumstances, what=f"decide whether {quoted(state.ref)} is done")
    require_in_order(state.ref, state.turn, command, circumstances, what="sent back to work")
    refused = RecommendationVerificationRefused(
        refused_by=circumstances.actor, reason=command.reason
    )
    return [refused]
