"""What may happen to the findings of an audit, from the first draft to the approved report."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from events.audit import (
    AuditStage,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingKind,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
)
from events.refs import quoted
from workflow.audit_state import OVER, AuditState, require_stage
from workflow.circumstances import Circumstances
from workflow.finding_commands import (
    AgreeFinding,
    DisputeFinding,
    DraftFinding,
    FindingCommand,
    LeaveFindingWithoutRecommendation,
    RewordFinding,
    WithdrawFinding,
)
from workflow.finding_state import UNSETTLED, Finding, FindingEvent, FindingStatus
from workflow.recommendation_state import ENDED
from workflow.refusals import Incomplete, NotFound, NotNow

_AT_WORK = frozenset({AuditStage.FIELDWORK, AuditStage.ANALYSIS, AuditStage.MODERATION})
_NOT_WITHDRAWN = frozenset(FindingStatus) - {FindingStatus.WITHDRAWN}


def decide_finding(
    command: FindingCommand, state: AuditState, circumstances: Circumstances
) -> list[FindingEvent]:
    """Return what follows from a command about a finding of a planned audit."""
    if isinstance(command, LeaveFindingWithoutRecommendation):
        return _leave_without_recommendation(command, state, circumstances)
    mend = "Findings are worked on from fieldwork until the report is approved."
    require_stage(state, _AT_WORK, what="change its findings", mend=mend)
    match command:
        case DraftFinding():
            number = len(state.findings) + 1
            return [FindingDrafted(finding=number, kind=command.kind, text=command.text)]
        case RewordFinding():
            return _reword(command, _existing(state, command.number))
        case AgreeFinding():
            return _agree(command, _existing(state, command.number))
        case DisputeFinding():
            return _dispute(command, _existing(state, command.number))
        case WithdrawFinding():
            return _withdraw(command, _existing(state, command.number), state, circumstances)


def _existing(state: AuditState, number: int) -> Finding:
    if number > len(state.findings):
        raise NotFound(f"{state.ref}/finding-{number}", field="finding")
    return state.findings[number - 1]


def _require(
    finding: Finding, statuses: AbstractSet[FindingStatus], *, what: str, mend: str
) -> None:
    if finding.status not in statuses:
        raise NotNow(finding.ref, what, finding.status, mend)


def _reword(command: RewordFinding, finding: Finding) -> list[FindingEvent]:
    mend = "The words of an agreed finding stand: dispute it first, or draft another."
    _require(finding, UNSETTLED, what="reword it", mend=mend)
    if command.text == finding.text:
        return []
    return [FindingReworded(finding=command.number, text=command.text)]


def _agree(command: AgreeFinding, finding: Finding) -> list[FindingEvent]:
    mend = "Draft it again as a new finding if it holds after all."
    _require(finding, _NOT_WITHDRAWN, what="agree it", mend=mend)
    if finding.status is FindingStatus.AGREED:
        return []
    return [FindingAgreed(finding=command.number)]


def _dispute(command: DisputeFinding, finding: Finding) -> list[FindingEvent]:
    mend = "Nothing is left to dispute."
    _require(finding, _NOT_WITHDRAWN, what="dispute it", mend=mend)
    return [FindingDisputed(finding=command.number, reason=command.reason)]


def _withdraw(
    command: WithdrawFinding, finding: Finding, state: AuditState, circumstances: Circumstances
) -> list[FindingEvent]:
    mend = "There is nothing left to withdraw."
    _require(finding, _NOT_WITHDRAWN, what="withdraw it", mend=mend)
    for facts in circumstances.known.recommendations_of(state.ref):
        if finding.ref in facts.findings and facts.status not in ENDED:
            status = f"what {quoted(facts.ref)} rests on"
            mend = f"Reject, supersede or close {quoted(facts.ref)} first."
            raise NotNow(finding.ref, "withdraw it", status, mend)
    return [FindingWithdrawn(finding=command.number, reason=command.reason)]


def _leave_without_recommendation(
    command: LeaveFindingWithoutRecommendation, state: AuditState, circumstances: Circumstances
) -> list[FindingEvent]:
    what = "leave it without a recommendation"
    live = frozenset(AuditStage) - OVER - {AuditStage.PAUSED}
    require_stage(state, live, what="settle its findings", mend="What is over stays as it was.")
    finding = _existing(state, command.number)
    _require(finding, {FindingStatus.AGREED}, what=what, mend="Agree it first.")
    if finding.kind is FindingKind.STRENGTH:
        message = f"{quoted(finding.ref)} is a strength, which needs no recommendation anyway."
        raise Incomplete(field="finding", message=message)
    for facts in circumstances.known.recommendations_of(state.ref):
        if finding.ref in facts.findings:
            status = f"answered by {quoted(facts.ref)} already"
            raise NotNow(finding.ref, what, status, "Nothing more is needed.")
    if command.reason == finding.no_recommendation_reason:
        return []
    return [FindingLeftWithoutRecommendation(finding=command.number, reason=command.reason)]
