"""What may happen to an audit. Its stages are in `audit_stages`, its findings in `finding`."""

from __future__ import annotations

from collections.abc import Sequence

from events.audit import (
    AuditHandedOver,
    AuditPlanned,
    AuditRetitled,
    AuditScoped,
    AuditStage,
    AuditThemesSet,
)
from events.audit_clock import AuditFollowedUp
from workflow.audit_clocks import decide_clock
from workflow.audit_commands import (
    AuditCommand,
    FollowUpAudit,
    HandOverAudit,
    PlanAudit,
    RetitleAudit,
    ScopeAudit,
    SetAuditThemes,
    StageCommand,
)
from workflow.audit_stages import decide_stage
from workflow.audit_state import OVER, AuditEvent, AuditState, evolve, require_stage
from workflow.circumstances import Circumstances
from workflow.clock_commands import ClockCommand
from workflow.command import Decider
from workflow.date_given import date_given_if_any
from workflow.finding import decide_finding
from workflow.finding_commands import FindingCommand
from workflow.refusals import Incomplete, NotNow

_NOT_OVER = frozenset(AuditStage) - OVER


def decide(
    command: AuditCommand, state: AuditState, circumstances: Circumstances
) -> Sequence[AuditEvent]:
    """Return what follows from a command about an audit. Raises a `Refusal`."""
    if isinstance(command, PlanAudit):
        return _plan(command, circumstances)
    if isinstance(command, FindingCommand):
        return decide_finding(command, state, circumstances)
    if isinstance(command, StageCommand):
        return decide_stage(command, state, circumstances)
    if isinstance(command, ClockCommand):
        return decide_clock(command, state, circumstances)
    match command:
        case RetitleAudit():
            return _retitle(command, state)
        case SetAuditThemes():
            return _set_themes(command, state)
        case HandOverAudit():
            return _hand_over(command, state, circumstances)
        case ScopeAudit():
            return _scope(command, state, circumstances)
        case FollowUpAudit():
            return _follow_up(command, state, circumstances)


def _plan(command: PlanAudit, circumstances: Circumstances) -> list[AuditEvent]:
    _require_current(command, circumstances)
    return [
        AuditPlanned(
            kind=command.kind,
            title=command.title,
            themes=tuple(dict.fromkeys(command.themes)),
            subgroup=command.subgroup,
            lead_role=command.lead_role,
            fieldwork_by=date_given_if_any(command.fieldwork_by, field="fieldwork_by"),
        )
    ]


def _retitle(command: RetitleAudit, state: AuditState) -> list[AuditEvent]:
    require_stage(state, _NOT_OVER, what="change its title", mend="What is over stays as it was.")
    if command.title == state.title:
        return []
    return [AuditRetitled(title=command.title)]


def _set_themes(command: SetAuditThemes, state: AuditState) -> list[AuditEvent]:
    require_stage(state, _NOT_OVER, what="change its themes", mend="What is over stays as it was.")
    themes = tuple(dict.fromkeys(command.themes))
    if themes == state.themes:
        return []
    return [AuditThemesSet(themes=themes)]


def _hand_over(
    command: HandOverAudit, state: AuditState, circumstances: Circumstances
) -> list[AuditEvent]:
    require_stage(state, _NOT_OVER, what="hand it over", mend="Nobody needs to lead it any more.")
    if command.subgroup is None and command.lead_role is None:
        message = "Say to whom it is handed over: to another subgroup, another lead role, or both."
        raise Incomplete(field="lead_role", message=message)
    _require_current(command, circumstances)
    subgroup = None if command.subgroup == state.subgroup else command.subgroup
    lead_role = None if command.lead_role == state.lead_role else command.lead_role
    if subgroup is None and lead_role is None:
        return []
    return [AuditHandedOver(subgroup=subgroup, lead_role=lead_role, reason=command.reason)]


def _scope(
    command: ScopeAudit, state: AuditState, circumstances: Circumstances
) -> list[AuditEvent]:
    require_stage(
        state,
        {AuditStage.PLANNED, AuditStage.SCOPED},
        what="agree its scope",
        mend="The scope is settled before fieldwork starts.",
    )
    for agency in command.agencies:
        circumstances.require_current(agency, field="agencies")
    scoped = AuditScoped(
        terms_of_reference=command.terms_of_reference,
        key_lines_of_enquiry=command.key_lines_of_enquiry,
        agencies=tuple(dict.fromkeys(command.agencies)),
        sample=command.sample,
    )
    return [] if scoped == state.scope else [scoped]


def _follow_up(
    command: FollowUpAudit, state: AuditState, circumstances: Circumstances
) -> list[AuditEvent]:
    mend = "What is to follow an audit is settled when it is closed."
    require_stage(state, {AuditStage.CLOSED}, what="follow it up", mend=mend)
    if state.is_followed_up:
        mend = "Its history tells what that look showed."
        raise NotNow(state.ref, "follow it up again", "followed up already", mend)
    if command.by_audit is not None:
        if command.by_audit == state.ref:
            message = "An audit cannot follow itself up. Name the other one, or leave it out."
            raise Incomplete(field="by_audit", message=message)
        circumstances.require(command.by_audit, field="by_audit")
    return [AuditFollowedUp(note=command.note, audit=command.by_audit)]


def _require_current(command: PlanAudit | HandOverAudit, circumstances: Circumstances) -> None:
    if command.subgroup is not None:
        circumstances.require_current(command.subgroup, field="subgroup")
    if command.lead_role is not None:
        circumstances.require_current(command.lead_role, field="lead_role")


DECIDER = Decider("audit", AuditState, decide, evolve)
