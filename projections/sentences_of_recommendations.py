"""Sentences about recommendations."""

from __future__ import annotations

from typing import TypeAlias

from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationClosedNotImplemented,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationPartlyAccepted,
    RecommendationProgressNoted,
    RecommendationProposed,
    RecommendationReaddressed,
    RecommendationRejected,
    RecommendationReopened,
    RecommendationReworded,
    RecommendationStarted,
    RecommendationSuperseded,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from projections.sentence_parts import MOVED_TO, because, by, day, listed, request, until
from workflow.recommendation_state import ExtensionEvent, StatusEvent, TargetEvent
from workflow.target_dates import describe

ToldEvent: TypeAlias = (
    RecommendationProgressNoted
    | RecommendationProposed
    | RecommendationReworded
    | RecommendationReaddressed
    | RecommendationImplemented
    | RecommendationImpactDue
    | RecommendationReopened
    | RecommendationBragOverridden
    | RecommendationBragOverrideEnded
)
"""The events that neither decide on a recommendation nor change by when it is due."""


def recommendation_sentence(event: ToldEvent, _ref: str) -> str:
    """Return what an event about the words or the work of a recommendation says."""
    match event:
        case RecommendationProgressNoted():
            return "told how the work goes"
        case RecommendationProposed():
            return _recommendation_proposed(event)
        case RecommendationReworded():
            return "reworded the recommendation"
        case RecommendationReaddressed():
            return f"addressed the recommendation to {listed(event.addressed_to)}"
        case RecommendationImplemented():
            return "reported the recommendation implemented"
        case RecommendationImpactDue():
            return f"settled that its impact is to be shown{by(event.target)}"
        case RecommendationReopened():
            return "reopened the recommendation"
        case RecommendationBragOverridden():
            return f"set the colour to {event.colour} until {day(event.expires_on)}"
        case RecommendationBragOverrideEnded():
            return "let the computed colour count again"


def recommendation_status_sentence(event: StatusEvent, _ref: str) -> str:
    """Return what a decision on a recommendation says."""
    match event:
        case RecommendationAccepted():
            decided = f" on the decision of {event.decided_by}" if event.decided_by else ""
            return f"accepted the recommendation{decided}"
        case RecommendationPartlyAccepted():
            return f"accepted the recommendation in part on the decision of {event.decided_by}"
        case RecommendationRejected():
            return f"rejected the recommendation on the decision of {event.decided_by}"
        case RecommendationStarted():
            return "started the work"
        case RecommendationVerified():
            return f"recorded that {event.verified_by} verified that it is done"
        case RecommendationVerificationRefused():
            return f"recorded that {event.refused_by} could not verify that it is done"
        case RecommendationImpactShown():
            return "showed the difference that it made"
        case RecommendationImpactNotShown():
            audit_again = event.then is AfterNoImpact.RE_AUDIT
            then = f"to be audited again{by(event.re_audit)}" if audit_again else "work goes on"
            return f"recorded that no impact could be shown: {then}"
        case RecommendationSuperseded():
            return f"let {event.by} take its place"
        case RecommendationClosedNotImplemented():
            return f"closed it though it was not done; {event.risk_accepted_by} accepts the risk"


def recommendation_date_sentence(event: TargetEvent | ExtensionEvent, _ref: str) -> str:
    """Return what an event about a recommendation's date says."""
    match event:
        case RecommendationTargetDateSet():
            return f"set the target date to {describe(event.target)}"
        case RecommendationTargetDateMoved():
            return f"{MOVED_TO} {describe(event.target)}{because(event.extension)}"
        case RecommendationTargetDateCorrected():
            return f"corrected the target date, written down wrongly, to {describe(event.target)}"
        case RecommendationExtensionRequested():
            return f"asked for more time ({request(event.extension)}){until(event.target)}"
        case RecommendationExtensionApproved():
            return f"approved more time ({request(event.extension)})"
        case RecommendationExtensionDeclined():
            return f"declined more time ({request(event.extension)})"
        case RecommendationExtensionWithdrawn():
            return f"withdrew the {request(event.extension)} for more time"


def _recommendation_proposed(event: RecommendationProposed) -> str:
    origin = listed(event.findings) if event.findings else event.audit
    source = f" from {origin}" if origin else ""
    to = f", addressed to {listed(event.addressed_to)}" if event.addressed_to else ""
    return f"made the recommendation{source}{to}{by(event.target)}"
