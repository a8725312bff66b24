"""Under which heading of a digest each kind of event is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from events.action import (
    ActionBlocked,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
    ActionUnblocked,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.catalogue import Event
from events.recommendation import (
    RecommendationAccepted,
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
    RecommendationRejected,
    RecommendationReopened,
    RecommendationStarted,
    RecommendationSuperseded,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from events.recorded import Recorded
from events.refs import category_of


class Heading(StrEnum):
    """Under what something that moved is told, in the order of a digest."""

    DONE = "Reported done, confirmed or returned"
    TIME = "Dates and more time"
    STUCK = "Blocked or on hold"
    WORK = "Reported on"
    NEW = "New"
    ENDED = "No longer followed"
    DECIDED = "Accepted"
    AUDITS = "Audits"
    CHANGED = "Also changed"


MOVING: Final = {"action": "actions", "recommendation": "recommendations", "audit": "audits"}
"""The categories of streams of which a digest tells, each with its read model."""

_UNDER: Final[Mapping[Heading, tuple[type[Event], ...]]] = {
    Heading.DONE: (
        ActionSubmitted,
        ActionCompleted,
        ActionReturned,
        ActionReopened,
        RecommendationImplemented,
        RecommendationVerified,
        RecommendationVerificationRefused,
        RecommendationReopened,
        RecommendationImpactDue,
        RecommendationImpactShown,
        RecommendationImpactNotShown,
    ),
    Heading.TIME: (
        TargetDateMoved,
        TargetDateCorrected,
        ActionExtensionRequested,
        ActionExtensionApproved,
        ActionExtensionDeclined,
        ActionExtensionWithdrawn,
        RecommendationTargetDateSet,
        RecommendationTargetDateMoved,
        RecommendationTargetDateCorrected,
        RecommendationExtensionRequested,
        RecommendationExtensionApproved,
        RecommendationExtensionDeclined,
        RecommendationExtensionWithdrawn,
    ),
    Heading.STUCK: (ActionBlocked, ActionUnblocked, ActionPutOnHold, ActionResumed),
    Heading.WORK: (
        ActionStarted,
        ActionProgressNoted,
        RecommendationStarted,
        RecommendationProgressNoted,
    ),
    Heading.NEW: (ActionCreated, RecommendationProposed),
    Heading.ENDED: (
        ActionCancelled,
        RecommendationRejected,
        RecommendationSuperseded,
        RecommendationClosedNotImplemented,
    ),
    Heading.DECIDED: (RecommendationAccepted, RecommendationPartlyAccepted),
}
_HEADINGS: Final = {kind: heading for heading, kinds in _UNDER.items() for kind in kinds}

Moves: TypeAlias = dict[Heading, dict[str, list[Recorded]]]
"""By heading and thing: what happened to it in the period, in order."""


def heading_of(recorded: Recorded) -> Heading | None:
    """Return under what an event is told, None for what no digest tells of."""
    category = category_of(recorded.stream)
    if category not in MOVING:
        return None
    if category == "audit":
        return Heading.AUDITS
    return _HEADINGS.get(type(recorded.event), Heading.CHANGED)


def moves(events: Iterable[Recorded]) -> Moves:
    """Put the events of a period under their headings."""
    found: Moves = {heading: {} for heading in Heading}
    for recorded in events:
        heading = heading_of(recorded)
        if heading is not None:
            found[heading].setdefault(recorded.stream, []).append(recorded)
    return found
