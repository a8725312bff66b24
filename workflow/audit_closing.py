"""When an audit may end: nothing that it asked for is left open, and somebody will look again."""

from __future__ import annotations

from events.audit import AuditClosed, AuditStage
from events.refs import quoted
from events.values import TargetDate
from workflow.audit_commands import CloseAudit
from workflow.audit_state import AuditState, require_stage
from workflow.circumstances import Circumstances, RecommendationFacts
from workflow.date_given import date_ahead_given
from workflow.recommendation_state import ENDED
from workflow.refusals import Incomplete, NotNow


def unended(state: AuditState, circumstances: Circumstances) -> list[RecommendationFacts]:
    """Return the audit's recommendations that still go on."""
    recommendations = circumstances.known.recommendations_of(state.ref)
    return [facts for facts in recommendations if facts.status not in ENDED]


def close(command: CloseAudit, state: AuditState, circumstances: Circumstances) -> AuditClosed:
    """Return the end of an audit. Raises `NotNow` while a recommendation goes on."""
    mend = "An audit is closed once, after monitoring."
    require_stage(state, {AuditStage.MONITORING}, what="close it", mend=mend)
    for facts in unended(state, circumstances):
        mend = "See it to its end, supersede it, or close it with who accepts the risk."
        raise NotNow(facts.ref, f"close {quoted(state.ref)}", facts.status, mend)
    closed = AuditClosed(
        re_audit=_ahead(command, command.re_audit, "re_audit", circumstances),
        impact_review=_ahead(command, command.impact_review, "impact_review", circumstances),
        no_re_audit_reason=command.no_re_audit_reason,
    )
    _require_another_look(closed, state, circumstances)
    return closed


def _ahead(
    command: CloseAudit, words: str | None, field: str, circumstances: Circumstances
) -> TargetDate | None:
    if words is None:
        return None
    told_on = command.effective_on or circumstances.today
    return date_ahead_given(words, field=field, told_on=told_on)


def _require_another_look(
    closed: AuditClosed, state: AuditState, circumstances: Circumstances
) -> None:
    if closed.re_audit is not None and closed.no_re_audit_reason is not None:
        message = "Give a date for auditing again, or the reason why there is none, but not both."
        raise Incomplete(field="no_re_audit_reason", message=message)
    recommendations = circumstances.known.recommendations_of(state.ref)
    reviewed = any(facts.impact_review_set for facts in recommendations)
    looks_again = closed.re_audit or closed.impact_review or closed.no_re_audit_reason
    if not (looks_again or reviewed):
        message = (
            f"Say when {quoted(state.ref)} is audited again or its impact is looked at, such as"
            " March 2026, or give the reason why neither is needed."
        )
        raise Incomplete(field="re_audit", message=message)
