"""How a recommendation begins: from findings of one audit, or from outside."""

from __future__ import annotations

from events.recommendation import RecommendationProposed
from events.refs import quoted
from workflow.audit_state import OVER
from workflow.circumstances import Circumstances
from workflow.date_given import date_given_if_any
from workflow.finding_state import FindingStatus
from workflow.recommendation_commands import ProposeRecommendation
from workflow.refusals import Incomplete, NotNow


def propose(command: ProposeRecommendation, circumstances: Circumstances) -> RecommendationProposed:
    """Return the recommendation that is made. Raises `Incomplete`, `NotFound` or `NotNow`."""
    audit = _audit_of(command)
    if audit is not None:
        _require_audit(audit, circumstances)
    elif command.source is None:
        message = (
            "Say where the recommendation comes from: from an audit or its findings, or from"
            " outside, such as the report of an inspection."
        )
        raise Incomplete(field="source", message=message)
    _require_findings(command, circumstances)
    for addressee in command.addressed_to:
        circumstances.require_current(addressee, field="addressed_to")
    return RecommendationProposed(
        text=command.text,
        audit=audit,
        findings=tuple(dict.fromkeys(command.findings)),
        source=command.source,
        addressed_to=tuple(dict.fromkeys(command.addressed_to)),
        themes=tuple(dict.fromkeys(command.themes)),
        target=date_given_if_any(command.target, field="target"),
    )


def _audit_of(command: ProposeRecommendation) -> str | None:
    """Return the audit that was named, or else the one that its findings belong to."""
    audits = {finding.partition("/")[0] for finding in command.findings}
    if command.audit is not None:
        audits.add(command.audit)
    if len(audits) > 1:
        named = " and ".join(sorted(quoted(audit) for audit in audits))
        message = (
            f"These findings belong to different audits ({named}). Make one recommendation for"
            " each audit, under the same themes."
        )
        raise Incomplete(field="findings", message=message)
    return audits.pop() if audits else None


def _require_audit(audit: str, circumstances: Circumstances) -> None:
    stage = circumstances.require(audit, field="audit")
    if stage in OVER:
        mend = "Name a current audit, or say in 'source' where the recommendation comes from."
        raise NotNow(audit, "make a recommendation from it", stage, mend)


def _require_findings(command: ProposeRecommendation, circumstances: Circumstances) -> None:
    for finding in command.findings:
        status = circumstances.require(finding, field="findings")
        if status == FindingStatus.WITHDRAWN:
            mend = "Leave it out, or draft it again if it holds after all."
            raise NotNow(finding, "make a recommendation from it", status, mend)
