"""Commands about audits, from the programme to the end of monitoring."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.audit import AuditKind, Theme
from events.refs import AgencyRef, AuditRef, RoleRef, SubgroupRef
from workflow.clock_commands import ClockCommand
from workflow.command import Command, Slip, Words, command
from workflow.finding_commands import FindingCommand


@command("audit", "plan", opens=True)
class PlanAudit(Command):
    """Put an audit on the programme."""

    kind: Annotated[AuditKind, Field(description="What sort of look at practice it is.")]
    title: Annotated[Words, Field(description="What it looks at, such as Neglect in early years.")]
    themes: Annotated[
        tuple[Theme, ...], Field(description="Keywords under which audits are compared.")
    ] = ()
    subgroup: Annotated[
        SubgroupRef | None, Field(description="The subgroup that commissions it.")
    ] = None
    lead_role: Annotated[RoleRef | None, Field(description="The role that leads it.")] = None
    fieldwork_by: Annotated[
        Slip | None, Field(description="By when the agencies shall have looked at their records.")
    ] = None


class _AboutAnAudit(Command):
    """A command about an audit that was planned."""

    audit: Annotated[AuditRef, Field(description="The audit, such as AU3.")]


@command("audit", "retitle")
class RetitleAudit(_AboutAnAudit):
    """Change the title of an audit."""

    title: Annotated[Words, Field(description="The new title.")]


@command("audit", "set-themes")
class SetAuditThemes(_AboutAnAudit):
    """Settle the themes of an audit anew; those it had are replaced."""

    themes: Annotated[tuple[Theme, ...], Field(description="All themes, in lower case.")]


@command("audit", "hand-over")
class HandOverAudit(_AboutAnAudit):
    """Let another subgroup commission the audit, or another role lead it."""

    subgroup: Annotated[
        SubgroupRef | None, Field(description="The subgroup that commissions it from now on.")
    ] = None
    lead_role: Annotated[
        RoleRef | None, Field(description="The role that leads it from now on.")
    ] = None
    reason: Annotated[Words | None, Field(description="Why it is handed over.")] = None


@command("audit", "scope")
class ScopeAudit(_AboutAnAudit):
    """Record the agreed scope; until fieldwork starts it can be agreed anew."""

    terms_of_reference: Annotated[Words, Field(description="What the audit is to find out.")]
    key_lines_of_enquiry: Annotated[Words, Field(description="The questions that it asks.")]
    agencies: Annotated[
        tuple[AgencyRef, ...], Field(description="The agencies that take part.")
    ] = ()
    sample: Annotated[
        Words | None, Field(description="Which cases are looked at; no child's name.")
    ] = None


@command("audit", "start-fieldwork")
class StartFieldwork(_AboutAnAudit):
    """Record that the agencies have begun to look at their records."""


@command("audit", "start-analysis")
class StartAnalysis(_AboutAnAudit):
    """Record that the agencies' answers are being brought together."""


@command("audit", "start-moderation")
class StartModeration(_AboutAnAudit):
    """Record that the agencies are checking each other's judgements."""


@command("audit", "approve")
class ApproveAudit(_AboutAnAudit):
    """Approve the audit's report, once every finding is agreed or withdrawn."""

    note: Annotated[Words | None, Field(description="Anything to say about it.")] = None


@command("audit", "start-monitoring")
class StartMonitoring(_AboutAnAudit):
    """Begin to follow the audit's recommendations."""


@command("audit", "pause")
class PauseAudit(_AboutAnAudit):
    """Set an audit aside for a time."""

    reason: Annotated[Words, Field(description="Why it is set aside.")]


@command("audit", "resume")
class ResumeAudit(_AboutAnAudit):
    """Go on with a paused audit at the stage where it had stopped."""


@command("audit", "cancel")
class CancelAudit(_AboutAnAudit):
    """Give up an audit whose report has not been approved."""

    reason: Annotated[Words, Field(description="Why it is given up.")]


@command("audit", "close")
class CloseAudit(_AboutAnAudit):
    """End an audit whose recommendations have all ended.

    It needs a date for auditing again or for looking at its impact, or a reason why neither is
    needed; the date of an impact review of one of its recommendations counts too.
    """

    re_audit: Annotated[Slip | None, Field(description="By when it is audited again.")] = None
    impact_review: Annotated[Slip | None, Field(description="By when its impact is looked at.")] = (
        None
    )
    no_re_audit_reason: Annotated[
        Words | None, Field(description="Why it needs no other audit.")
    ] = None


@command("audit", "follow-up")
class FollowUpAudit(_AboutAnAudit):
    """Record that a closed audit was audited again, or that its impact was looked at."""

    note: Annotated[Words, Field(description="What the look showed, in a sentence or two.")]
    by_audit: Annotated[
        AuditRef | None, Field(description="The audit that looked again, such as AU9.")
    ] = None


StageCommand: TypeAlias = (
    StartFieldwork
    | StartAnalysis
    | StartModeration
    | ApproveAudit
    | StartMonitoring
    | PauseAudit
    | ResumeAudit
    | CancelAudit
    | CloseAudit
)
AuditCommand: TypeAlias = (
    PlanAudit
    | RetitleAudit
    | SetAuditThemes
    | HandOverAudit
    | ScopeAudit
    | FollowUpAudit
    | StageCommand
    | FindingCommand
    | ClockCommand
)
