"""How an audit goes from stage to stage, rests, and is given up."""

from __future__ import annotations

from events.audit import (
    AnalysisStarted,
    AuditApproved,
    AuditCancelled,
    AuditPaused,
    AuditResumed,
    AuditStage,
    FieldworkStarted,
    ModerationStarted,
    MonitoringStarted,
)
from events.refs import quoted
from workflow.audit_closing import close, unended
from workflow.audit_commands import (
    ApproveAudit,
    CancelAudit,
    CloseAudit,
    PauseAudit,
    ResumeAudit,
    StageCommand,
    StartAnalysis,
    StartFieldwork,
    StartModeration,
    StartMonitoring,
)
from workflow.audit_state import OVER, AuditState, StageEvent, require_stage
from workflow.circumstances import Circumstances
from workflow.finding_state import UNSETTLED
from workflow.refusals import NotNow

REPORTED = frozenset({AuditStage.APPROVED, AuditStage.MONITORING})
"""The stages after its report was approved: its findings stand, and it can only be closed."""

_LIVE = frozenset(AuditStage) - OVER - {AuditStage.PAUSED}


def decide_stage(
    command: StageCommand, state: AuditState, circumstances: Circumstances
) -> list[StageEvent]:
    """Return what follows from a command that brings an audit to another stage."""
    match command:
        case StartFieldwork():
            mend = "Record its scope first; fieldwork starts once."
            _require(state, AuditStage.SCOPED, what="start fieldwork", mend=mend)
            return [FieldworkStarted()]
        case StartAnalysis():
            mend = "Analysis follows fieldwork."
            _require(state, AuditStage.FIELDWORK, what="start the analysis", mend=mend)
            return [AnalysisStarted()]
        case StartModeration():
            mend = "Moderation follows analysis."
            _require(state, AuditStage.ANALYSIS, what="start moderation", mend=mend)
            return [ModerationStarted()]
        case ApproveAudit():
            return _approve(command, state)
        case StartMonitoring():
            return _start_monitoring(state, circumstances)
        case PauseAudit():
            mend = "Only an audit that goes on can be paused."
            require_stage(state, _LIVE, what="pause it", mend=mend)
            return [AuditPaused(reason=command.reason)]
        case ResumeAudit():
            mend = "Only a paused audit can be resumed."
            _require(state, AuditStage.PAUSED, what="resume it", mend=mend)
            return [AuditResumed()]
        case CancelAudit():
            return _cancel(command, state, circumstances)
        case CloseAudit():
            return [close(command, state, circumstances)]


def _require(state: AuditState, stage: AuditStage, *, what: str, mend: str) -> None:
    require_stage(state, {stage}, what=what, mend=mend)


def _approve(command: ApproveAudit, state: AuditState) -> list[StageEvent]:
    what = "approve its report"
    _require(state, AuditStage.MODERATION, what=what, mend="Approval follows moderation.")
    for finding in state.findings:
        if finding.status in UNSETTLED:
            mend = "Agree or withdraw it first."
            raise NotNow(finding.ref, f"approve {quoted(state.ref)}", finding.status, mend)
    return [AuditApproved(note=command.note)]


def _start_monitoring(state: AuditState, circumstances: Circumstances) -> list[StageEvent]:
    mend = "Monitoring follows the approval of its report."
    _require(state, AuditStage.APPROVED, what="start monitoring", mend=mend)
    recommendations = circumstances.known.recommendations_of(state.ref)
    answered = {finding for facts in recommendations for finding in facts.findings}
    for finding in state.findings:
        reasoned = finding.no_recommendation_reason is not None
        if finding.asks_for_change and not reasoned and finding.ref not in answered:
            raise NotNow(
                finding.ref,
                f"start monitoring {quoted(state.ref)}",
                "an agreed area for development without a recommendation",
                "Propose a recommendation for it, or say why it needs none.",
            )
    return [MonitoringStarted()]


def _cancel(
    command: CancelAudit, state: AuditState, circumstances: Circumstances
) -> list[StageEvent]:
    mend = "An audit that was reported on or is over cannot be given up; it is closed in its time."
    live = frozenset(AuditStage) - OVER - REPORTED
    require_stage(state, live, what="cancel it", mend=mend)
    if state.resumes_to in REPORTED:
        raise NotNow(state.ref, "cancel it", "paused after its report was approved", mend)
    going_on = unended(state, circumstances)
    if going_on:
        named = ", ".join(quoted(facts.ref) for facts in going_on)
        raise NotNow(
            state.ref,
            "cancel it",
            f"still followed by recommendations that have not ended ({named})",
            "Reject, supersede or close them first.",
        )
    return [AuditCancelled(reason=command.reason)]
