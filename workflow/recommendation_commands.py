"""Commands about recommendations: made, worded, addressed, decided on, begun and done."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.audit import Theme
from events.refs import AddresseeRef, AuditRef, FindingRef, RecommendationRef, RoleRef
from workflow.command import Command, Slip, Words, command


class AboutARecommendation(Command):
    """A command about a recommendation that was proposed."""

    recommendation: Annotated[
        RecommendationRef, Field(description="The recommendation, such as R7.")
    ]


@command("recommendation", "propose", opens=True)
class ProposeRecommendation(Command):
    """Make a recommendation: from findings of an audit, or from outside."""

    text: Annotated[Words, Field(description="What is recommended.")]
    audit: Annotated[
        AuditRef | None, Field(description="The audit that it comes from, such as AU3.")
    ] = None
    findings: Annotated[
        tuple[FindingRef, ...], Field(description="The findings that it answers, such as AU3/F2.")
    ] = ()
    source: Annotated[
        Words | None, Field(description="Where it comes from, if not from an audit kept here.")
    ] = None
    addressed_to: Annotated[
        tuple[AddresseeRef, ...], Field(description="The roles, subgroups or agencies to act.")
    ] = ()
    themes: Annotated[
        tuple[Theme, ...], Field(description="Keywords under which it is found, in lower case.")
    ] = ()
    target: Annotated[Slip | None, Field(description="By when it is to be done.")] = None


@command("recommendation", "reword")
class RewordRecommendation(AboutARecommendation):
    """Change the words of a recommendation that is not done yet."""

    text: Annotated[Words, Field(description="The recommendation in its new words.")]
    reason: Annotated[Words, Field(description="Why its words change.")]


@command("recommendation", "readdress")
class ReaddressRecommendation(AboutARecommendation):
    """Address a recommendation to other roles, subgroups or agencies."""

    addressed_to: Annotated[
        tuple[AddresseeRef, ...],
        Field(description="All roles, subgroups or agencies to act from now on.", min_length=1),
    ]
    reason: Annotated[Words, Field(description="Why others shall act.")]


@command("recommendation", "accept")
class AcceptRecommendation(AboutARecommendation):
    """Accept a recommendation whole."""

    decided_by: Annotated[RoleRef | None, Field(description="The role that decided.")] = None


@command("recommendation", "accept-partly")
class AcceptRecommendationPartly(AboutARecommendation):
    """Accept a recommendation in part."""

    decided_by: Annotated[RoleRef, Field(description="The role that decided.")]
    reason: Annotated[Words, Field(description="Which part is not accepted, and why.")]


@command("recommendation", "reject")
class RejectRecommendation(AboutARecommendation):
    """Do not accept a recommendation."""

    decided_by: Annotated[RoleRef, Field(description="The role that decided.")]
    reason: Annotated[Words, Field(description="Why it is not accepted.")]


@command("recommendation", "start")
class StartRecommendation(AboutARecommendation):
    """Record that work on a recommendation has begun."""


@command("recommendation", "note-progress")
class NoteRecommendationProgress(AboutARecommendation):
    """Tell how the work goes."""

    note: Annotated[Words, Field(description="What has been done, and what comes next.")]


@command("recommendation", "report-implemented")
class ReportRecommendationImplemented(AboutARecommendation):
    """Report a recommendation as done; somebody who does not lead it verifies that."""

    what_we_did: Annotated[Words, Field(description="What was done.")]
    evidence: Annotated[
        Words | None, Field(description="What shows it, such as a document or a figure.")
    ] = None
    no_evidence_reason: Annotated[Words | None, Field(description="Why there is no evidence.")] = (
        None
    )


@command("recommendation", "verify")
class VerifyRecommendation(AboutARecommendation):
    """Confirm that a recommendation is done, as somebody who does not lead it."""

    note: Annotated[Words | None, Field(description="What was looked at.")] = None


@command("recommendation", "refuse-verification")
class RefuseVerification(AboutARecommendation):
    """Send a recommendation that was reported done back to work."""

    reason: Annotated[Words, Field(description="What is missing.")]


@command("recommendation", "reopen")
class ReopenRecommendation(AboutARecommendation):
    """Begin again with a recommendation that was done or closed."""

    reason: Annotated[Words, Field(description="Why work begins again.")]


@command("recommendation", "supersede")
class SupersedeRecommendation(AboutARecommendation):
    """Let another recommendation take its place."""

    by: Annotated[RecommendationRef, Field(description="The recommendation that replaces it.")]
    reason: Annotated[Words | None, Field(description="Why it is replaced.")] = None


@command("recommendation", "close-not-implemented")
class CloseNotImplemented(AboutARecommendation):
    """Close a recommendation though it was not done; somebody accepts the risk."""

    risk_accepted_by: Annotated[RoleRef, Field(description="The role that accepts the risk.")]
    reason: Annotated[Words, Field(description="Why it is not done, and why that is bearable.")]


WordingCommand: TypeAlias = (
    RewordRecommendation
    | ReaddressRecommendation
    | AcceptRecommendation
    | AcceptRecommendationPartly
    | RejectRecommendation
    | SupersedeRecommendation
    | CloseNotImplemented
)
"""What is recommended, to whom, and whether that is taken on."""

WorkCommand: TypeAlias = (
    StartRecommendation
    | NoteRecommendationProgress
    | ReportRecommendationImplemented
    | VerifyRecommendation
    | RefuseVerification
    | ReopenRecommendation
)
"""How the work goes."""
