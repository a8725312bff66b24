"""Facts about audits and the findings that belong to them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from events.catalogue import Event, Text, event_type
from events.refs import AgencyRef, RoleRef, SubgroupRef
from events.values import TargetDate

FindingNumber = Annotated[int, Field(ge=1)]
Theme = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9 '-]{0,59}$", strip_whitespace=True)
]
"""A keyword under which audits are compared, in lower case; never a name."""


class AuditKind(StrEnum):
    """What sort of look at practice it is."""

    AUDIT = "audit"
    INSPECTION = "inspection"
    RAPID_REVIEW = "rapid_review"
    PRACTICE_REVIEW = "practice_review"
    QUALITY_ASSURANCE_VISIT = "quality_assurance_visit"
    SELF_ASSESSMENT = "self_assessment"


class AuditStage(StrEnum):
    """The stages through which an audit goes, and those in which it rests."""

    PLANNED = "planned"
    SCOPED = "scoped"
    FIELDWORK = "fieldwork"
    ANALYSIS = "analysis"
    MODERATION = "moderation"
    APPROVED = "approved"
    MONITORING = "monitoring"
    CLOSED = "closed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class FindingKind(StrEnum):
    """Whether a finding praises or asks for change."""

    STRENGTH = "strength"
    AREA_FOR_DEVELOPMENT = "area_for_development"


@event_type("audit.planned")
class AuditPlanned(Event):
    """An audit was put on the programme."""

    kind: AuditKind
    title: Text
    themes: tuple[Theme, ...] = ()
    subgroup: SubgroupRef | None = None
    lead_role: RoleRef | None = None
    fieldwork_by: TargetDate | None = None


@event_type("audit.retitled")
class AuditRetitled(Event):
    """An audit's title changed."""

    title: Text


@event_type("audit.themes_set")
class AuditThemesSet(Event):
    """The themes of an audit were settled anew."""

    themes: tuple[Theme, ...]


@event_type("audit.handed_over")
class AuditHandedOver(Event):
    """Another subgroup commissions the audit, or another role leads it."""

    subgroup: SubgroupRef | None = None
    lead_role: RoleRef | None = None
    reason: Text | None = None


@event_type("audit.scoped")
class AuditScoped(Event):
    """Terms of reference, key lines of enquiry, agencies and sample were agreed."""

    terms_of_reference: Text
    key_lines_of_enquiry: Text
    agencies: tuple[AgencyRef, ...] = ()
    sample: Text | None = None


@event_type("audit.fieldwork_started")
class FieldworkStarted(Event):
    """Agencies began to look at their records."""


@event_type("audit.analysis_started")
class AnalysisStarted(Event):
    """The answers of the agencies were brought together."""


@event_type("audit.moderation_started")
class ModerationStarted(Event):
    """The agencies began to check each other's judgements."""


@event_type("audit.approved")
class AuditApproved(Event):
    """The report of the audit was approved."""

    note: Text | None = None


@event_type("audit.monitoring_started")
class MonitoringStarted(Event):
    """The recommendations of the audit began to be followed."""


@event_type("audit.paused")
class AuditPaused(Event):
    """An audit was set aside for a time."""

    reason: Text


@event_type("audit.resumed")
class AuditResumed(Event):
    """A paused audit went on at the stage where it had stopped."""


@event_type("audit.cancelled")
class AuditCancelled(Event):
    """An audit was given up."""

    reason: Text


@event_type("audit.closed")
class AuditClosed(Event):
    """An audit ended, with a date for looking again or a reason why none is needed."""

    re_audit: TargetDate | None = None
    impact_review: TargetDate | None = None
    no_re_audit_reason: Text | None = None


@event_type("audit.finding_drafted")
class FindingDrafted(Event):
    """A finding was written down, numbered within its audit."""

    finding: FindingNumber
    kind: FindingKind
    text: Text


@event_type("audit.finding_reworded")
class FindingReworded(Event):
    """The words of a finding changed."""

    finding: FindingNumber
    text: Text


@event_type("audit.finding_agreed")
class FindingAgreed(Event):
    """The agencies agreed a finding."""

    finding: FindingNumber


@event_type("audit.finding_disputed")
class FindingDisputed(Event):
    """Somebody disputed a finding."""

    finding: FindingNumber
    reason: Text


@event_type("audit.finding_withdrawn")
class FindingWithdrawn(Event):
    """A finding was withdrawn."""

    finding: FindingNumber
    reason: Text


@event_type("audit.finding_left_without_recommendation")
class FindingLeftWithoutRecommendation(Event):
    """It was settled why an agreed area for development needs no recommendation."""

    finding: FindingNumber
    reason: Text
