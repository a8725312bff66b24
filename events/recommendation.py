"""Facts about recommendations, from the proposal to the difference that they made."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.audit import Theme
from events.catalogue import Event, Text, event_type
from events.refs import AddresseeRef, AuditRef, FindingRef, PersonRef, RecommendationRef, RoleRef
from events.values import TargetDate

ExtensionNumber = Annotated[int, Field(ge=1)]


class Colour(StrEnum):
    """The colours of BRAG."""

    BLUE = "blue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


class AfterNoImpact(StrEnum):
    """What follows when no impact could be shown."""

    REOPEN = "reopen"
    RE_AUDIT = "re_audit"


@event_type("recommendation.proposed")
class RecommendationProposed(Event):
    """A recommendation was made: from findings of an audit, or from outside."""

    text: Text
    audit: AuditRef | None = None
    findings: tuple[FindingRef, ...] = ()
    source: Text | None = None
    addressed_to: tuple[AddresseeRef, ...] = ()
    themes: tuple[Theme, ...] = ()
    target: TargetDate | None = None


@event_type("recommendation.reworded")
class RecommendationReworded(Event):
    """The words of a recommendation changed."""

    text: Text
    reason: Text


@event_type("recommendation.readdressed")
class RecommendationReaddressed(Event):
    """A recommendation went to other roles, subgroups or agencies."""

    addressed_to: tuple[AddresseeRef, ...]
    reason: Text


@event_type("recommendation.accepted")
class RecommendationAccepted(Event):
    """A recommendation was accepted whole."""

    decided_by: RoleRef | None = None


@event_type("recommendation.partly_accepted")
class RecommendationPartlyAccepted(Event):
    """A recommendation was accepted in part; the reason says which part and why."""

    decided_by: RoleRef
    reason: Text


@event_type("recommendation.rejected")
class RecommendationRejected(Event):
    """A recommendation was not accepted."""

    decided_by: RoleRef
    reason: Text


@event_type("recommendation.target_date_set")
class RecommendationTargetDateSet(Event):
    """A recommendation got its first target date."""

    target: TargetDate


@event_type("recommendation.target_date_moved")
class RecommendationTargetDateMoved(Event):
    """The target date moved, by an approved extension or for a reason of its own."""

    target: TargetDate
    extension: ExtensionNumber | None = None
    reason: Text | None = None


@event_type("recommendation.target_date_corrected")
class RecommendationTargetDateCorrected(Event):
    """The target date had been recorded wrongly; this is what it always was."""

    target: TargetDate
    reason: Text


@event_type("recommendation.started")
class RecommendationStarted(Event):
    """Work on a recommendation began."""


@event_type("recommendation.progress_noted")
class RecommendationProgressNoted(Event):
    """Somebody told how the work goes."""

    note: Text


@event_type("recommendation.implemented")
class RecommendationImplemented(Event):
    """The work is claimed to be done: what was done, and the evidence or why there is none."""

    what_we_did: Text
    evidence: Text | None = None
    no_evidence_reason: Text | None = None


@event_type("recommendation.verified")
class RecommendationVerified(Event):
    """Somebody who does not lead it confirmed that it is done."""

    verified_by: PersonRef
    note: Text | None = None


@event_type("recommendation.verification_refused")
class RecommendationVerificationRefused(Event):
    """The claim that it is done was not confirmed; work goes on."""

    refused_by: PersonRef
    reason: Text


@event_type("recommendation.impact_due")
class RecommendationImpactDue(Event):
    """It was settled by when its impact has to be shown."""

    target: TargetDate


@event_type("recommendation.impact_shown")
class RecommendationImpactShown(Event):
    """The difference that it made was shown."""

    difference_made: Text
    evidence: Text


@event_type("recommendation.impact_not_shown")
class RecommendationImpactNotShown(Event):
    """No difference could be shown; it reopens, or a re-audit is planned."""

    reason: Text
    then: AfterNoImpact
    re_audit: TargetDate | None = None


@event_type("recommendation.reopened")
class RecommendationReopened(Event):
    """Work on a recommendation began again."""

    reason: Text


@event_type("recommendation.superseded")
class RecommendationSuperseded(Event):
    """Another recommendation took its place."""

    by: RecommendationRef
    reason: Text | None = None


@event_type("recommendation.closed_not_implemented")
class RecommendationClosedNotImplemented(Event):
    """It was closed though it was not done: who accepts the risk, and why."""

    risk_accepted_by: RoleRef
    reason: Text


@event_type("recommendation.extension_requested")
class RecommendationExtensionRequested(Event):
    """More time was asked for."""

    extension: ExtensionNumber
    target: TargetDate
    reason: Text
    progress: Text


@event_type("recommendation.extension_approved")
class RecommendationExtensionApproved(Event):
    """More time was given; the target date moves by an event of its own."""

    extension: ExtensionNumber
    note: Text | None = None


@event_type("recommendation.extension_declined")
class RecommendationExtensionDeclined(Event):
    """More time was not given."""

    extension: ExtensionNumber
    reason: Text


@event_type("recommendation.extension_withdrawn")
class RecommendationExtensionWithdrawn(Event):
    """Who asked for more time no longer needs it."""

    extension: ExtensionNumber


@event_type("recommendation.brag_overridden")
class RecommendationBragOverridden(Event):
    """The computed colour was overruled until a day, for a reason."""

    colour: Colour
    reason: Text
    expires_on: dt.date


@event_type("recommendation.brag_override_ended")
class RecommendationBragOverrideEnded(Event):
    """The computed colour counts again."""
