"""Sentences about audits and their findings."""

from __future__ import annotations

from events.audit import (
    AnalysisStarted,
    AuditApproved,
    AuditCancelled,
    AuditClosed,
    AuditHandedOver,
    AuditPaused,
    AuditPlanned,
    AuditResumed,
    AuditRetitled,
    AuditScoped,
    AuditThemesSet,
    FieldworkStarted,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
    ModerationStarted,
    MonitoringStarted,
)
from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    AuditFollowedUp,
)
from projections.sentence_parts import by, listed, spoken
from projections.sentences_of_clocks import clock_sentence
from workflow.audit_state import AuditEvent
from workflow.clock_state import clock_ref
from workflow.finding_state import finding_ref


def audit_sentence(event: AuditEvent, ref: str) -> str:
    """Return what an event about an audit or one of its findings says."""
    match event:
        case AuditPlanned():
            return _planned(event)
        case AuditRetitled():
            return "changed the title of the audit"
        case AuditThemesSet():
            return f"set the themes to {', '.join(event.themes) or 'none'}"
        case AuditHandedOver():
            return _handed_over(event)
        case AuditScoped():
            agencies = f" with {listed(event.agencies)}" if event.agencies else ""
            return f"agreed the scope of the audit{agencies}"
        case FieldworkStarted():
            return "started the fieldwork"
        case AnalysisStarted():
            return "started the analysis"
        case ModerationStarted():
            return "started the moderation"
        case AuditApproved():
            return "approved the report of the audit"
        case MonitoringStarted():
            return "began to follow the recommendations"
        case AuditPaused():
            return "set the audit aside for a time"
        case AuditResumed():
            return "went on with the audit"
        case AuditCancelled():
            return "gave the audit up"
        case AuditClosed():
            return _closed(event)
        case AuditFollowedUp():
            by_audit = f" by {event.audit}" if event.audit else ""
            return f"followed the audit up{by_audit}"
        case AuditClockStarted() | AuditClockMet() | AuditClockStopped():
            return clock_sentence(event, clock_ref(ref, event.clock))
        case _:
            return _about_a_finding(event, finding_ref(ref, event.finding))


def _about_a_finding(
    event: FindingDrafted
    | FindingReworded
    | FindingAgreed
    | FindingDisputed
    | FindingWithdrawn
    | FindingLeftWithoutRecommendation,
    finding: str,
) -> str:
    match event:
        case FindingDrafted():
            return f"drafted {finding}, {_article(spoken(event.kind))}"
        case FindingReworded():
            return f"reworded {finding}"
        case FindingAgreed():
            return f"agreed {finding}"
        case FindingDisputed():
            return f"disputed {finding}"
        case FindingWithdrawn():
            return f"withdrew {finding}"
        case FindingLeftWithoutRecommendation():
            return f"settled why {finding} needs no recommendation"


def _planned(event: AuditPlanned) -> str:
    what = _article(spoken(event.kind))
    commissioned = f", commissioned by {event.subgroup}" if event.subgroup else ""
    led = f", led by {event.lead_role}" if event.lead_role else ""
    fieldwork = by(event.fieldwork_by)
    until = f"; fieldwork{fieldwork.removeprefix(',')}" if fieldwork else ""
    return f"planned {what}{commissioned}{led}{until}"


def _handed_over(event: AuditHandedOver) -> str:
    commissioning = f"let {event.subgroup} commission the audit" if event.subgroup else ""
    leading = f"handed the audit over to {event.lead_role}" if event.lead_role else ""
    return " and ".join(part for part in (commissioning, leading) if part)


def _closed(event: AuditClosed) -> str:
    again = f"; to be audited again{by(event.re_audit)}" if event.re_audit else ""
    review = event.impact_review
    impact = f"; its impact to be looked at{by(review)}" if review else ""
    return f"closed the audit{again}{impact}"


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
