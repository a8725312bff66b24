"""What decisions need to know of a recommendation, and how each event changes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from events.recommendation import (
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
from events.refs import category_of
from events.values import TargetDate
from workflow.brag_overrides import BragOverride
from workflow.extensions import Extensions, Outcome
from workflow.order_of_days import Turn
from workflow.target_history import TargetHistory


class RecommendationStatus(StrEnum):
    """Where a recommendation stands between the proposal and the difference that it made."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    IMPACT_DUE = "impact_due"
    IMPACT_SHOWN = "impact_shown"
    IMPACT_NOT_SHOWN = "impact_not_shown"
    SUPERSEDED = "superseded"
    CLOSED_NOT_IMPLEMENTED = "closed_not_implemented"


ENDED = frozenset(
    {
        RecommendationStatus.REJECTED,
        RecommendationStatus.IMPACT_SHOWN,
        RecommendationStatus.IMPACT_NOT_SHOWN,
        RecommendationStatus.SUPERSEDED,
        RecommendationStatus.CLOSED_NOT_IMPLEMENTED,
    }
)
"""The statuses in which nothing more is expected. Impact not shown stays only where a re-audit
was planned; otherwise the recommendation is in progress again at once."""

BEFORE_WORK = frozenset(
    {
        RecommendationStatus.PROPOSED,
        RecommendationStatus.ACCEPTED,
        RecommendationStatus.PARTLY_ACCEPTED,
        RecommendationStatus.REJECTED,
    }
)
"""The statuses before work began, in which it can still be decided otherwise."""

ACCEPTED = frozenset(
    {
        RecommendationStatus.ACCEPTED,
        RecommendationStatus.PARTLY_ACCEPTED,
        RecommendationStatus.IN_PROGRESS,
    }
)
"""The statuses in which somebody has work to do by the target date."""

OPEN = ACCEPTED | {RecommendationStatus.PROPOSED}
"""The statuses in which the work has not been reported done."""

TAKEN_ON = ACCEPTED | {RecommendationStatus.IMPLEMENTED}
"""The statuses in which it was accepted, and nobody has verified that it is done."""

StatusEvent: TypeAlias = (
    RecommendationAccepted
    | RecommendationPartlyAccepted
    | RecommendationRejected
    | RecommendationStarted
    | RecommendationVerified
    | RecommendationVerificationRefused
    | RecommendationImpactShown
    | RecommendationImpactNotShown
    | RecommendationSuperseded
    | RecommendationClosedNotImplemented
)
ExtensionEvent: TypeAlias = (
    RecommendationExtensionRequested
    | RecommendationExtensionApproved
    | RecommendationExtensionDeclined
    | RecommendationExtensionWithdrawn
)
TargetEvent: TypeAlias = (
    RecommendationTargetDateSet | RecommendationTargetDateMoved | RecommendationTargetDateCorrected
)
RecommendationEvent: TypeAlias = (
    RecommendationProposed
    | RecommendationReworded
    | RecommendationReaddressed
    | RecommendationProgressNoted
    | RecommendationImplemented
    | RecommendationImpactDue
    | RecommendationReopened
    | RecommendationBragOverridden
    | RecommendationBragOverrideEnded
    | StatusEvent
    | TargetEvent
    | ExtensionEvent
)


@dataclass(frozen=True, slots=True)
class RecommendationState:
    """A recommendation as decisions see it; `status` is None before it was proposed.

    `claimed_by` is who last reported it done; `impact_target` is by when its impact is to be
    shown. `started_on` is the day on which work began; `turn` is the last turn after that, which
    no later change may lie before.
    """

    ref: str
    audit: str | None = None
    status: RecommendationStatus | None = None
    text: str = ""
    addressed_to: tuple[str, ...] = ()
    dates: TargetHistory = field(default_factory=TargetHistory)
    extensions: Extensions = field(default_factory=Extensions)
    claimed_by: str | None = None
    impact_target: TargetDate | None = None
    brag_override: BragOverride | None = None
    started_on: dt.date | None = None
    turn: Turn | None = None

    @property
    def target(self) -> TargetDate | None:
        """Return the target date that counts now."""
        return self.dates.current

    @property
    def original_target(self) -> TargetDate | None:
        """Return the target date that it was first given."""
        return self.dates.original

    @property
    def lead_roles(self) -> tuple[str, ...]:
        """Return the roles that it is addressed to."""
        return tuple(ref for ref in self.addressed_to if category_of(ref) == "role")


_TURNS: dict[type[RecommendationEvent], str] = {
    RecommendationImplemented: "reported as done",
    RecommendationVerified: "verified",
    RecommendationVerificationRefused: "sent back to work",
    RecommendationImpactShown: "shown to have made a difference",
    RecommendationImpactNotShown: "found to show no impact",
    RecommendationClosedNotImplemented: "closed",
    RecommendationReopened: "reopened",
}

WITH_DAYS = frozenset({RecommendationStarted, *_TURNS})
"""The events whose days decisions rest on."""


def dated(
    state: RecommendationState, event: RecommendationEvent, on: dt.date
) -> RecommendationState:
    """Return the recommendation with the day on which an event of `WITH_DAYS` became true."""
    if isinstance(event, RecommendationStarted):
        return replace(state, started_on=on)
    return replace(state, turn=Turn(_TURNS[type(event)], on))


def evolve(
    state: RecommendationState, event: RecommendationEvent, actor: str
) -> RecommendationState:
    """Return the recommendation after an event that `actor` caused."""
    match event:
        case RecommendationProposed():
            return _proposed(state, event)
        case RecommendationReworded():
            return replace(state, text=event.text)
        case RecommendationReaddressed():
            return replace(state, addressed_to=event.addressed_to)
        case RecommendationProgressNoted():
            return state
        case RecommendationImplemented():
            return replace(state, status=RecommendationStatus.IMPLEMENTED, claimed_by=actor)
        case RecommendationImpactDue():
            due = RecommendationStatus.IMPACT_DUE
            return replace(state, status=due, impact_target=event.target)
        case RecommendationReopened():
            # The work goes on towards its target date; an earlier impact date is void.
            return replace(state, status=RecommendationStatus.IN_PROGRESS, impact_target=None)
        case RecommendationBragOverridden():
            return replace(state, brag_override=BragOverride(event.colour, event.expires_on))
        case RecommendationBragOverrideEnded():
            return replace(state, brag_override=None)
        case (
            RecommendationTargetDateSet()
            | RecommendationTargetDateMoved()
            | RecommendationTargetDateCorrected()
        ):
            return replace(state, dates=_dates_after(state.dates, event))
        case (
            RecommendationExtensionRequested()
            | RecommendationExtensionApproved()
            | RecommendationExtensionDeclined()
            | RecommendationExtensionWithdrawn()
        ):
            return replace(state, extensions=_extensions_after(state.extensions, event, actor))
        case (
            RecommendationAccepted()
            | RecommendationPartlyAccepted()
            | RecommendationRejected()
            | RecommendationStarted()
            | RecommendationVerified()
            | RecommendationVerificationRefused()
            | RecommendationImpactShown()
            | RecommendationImpactNotShown()
            | RecommendationSuperseded()
            | RecommendationClosedNotImplemented()
        ):
            return replace(state, status=_status_after(event))


def _proposed(state: RecommendationState, event: RecommendationProposed) -> RecommendationState:
    begun = replace(
        state,
        status=RecommendationStatus.PROPOSED,
        audit=_audit_of(event),
        text=event.text,
        addressed_to=event.addressed_to,
    )
    return begun if event.target is None else replace(begun, dates=state.dates.set(event.target))


def _dates_after(dates: TargetHistory, event: TargetEvent) -> TargetHistory:
    match event:
        case RecommendationTargetDateSet():
            return dates.set(event.target)
        case RecommendationTargetDateMoved():
            return dates.move(event.target)
        case RecommendationTargetDateCorrected():
            return dates.correct(event.target)


def _extensions_after(extensions: Extensions, event: ExtensionEvent, actor: str) -> Extensions:
    match event:
        case RecommendationExtensionRequested():
            return extensions.asked(event.extension, event.target, by=actor)
        case RecommendationExtensionApproved():
            return extensions.settled(event.extension, Outcome.APPROVED)
        case RecommendationExtensionDeclined():
            return extensions.settled(event.extension, Outcome.DECLINED)
        case RecommendationExtensionWithdrawn():
            return extensions.settled(event.extension, Outcome.WITHDRAWN)


def _status_after(event: StatusEvent) -> RecommendationStatus:
    match event:
        case RecommendationAccepted():
            return RecommendationStatus.ACCEPTED
        case RecommendationPartlyAccepted():
            return RecommendationStatus.PARTLY_ACCEPTED
        case RecommendationRejected():
            return RecommendationStatus.REJECTED
        case RecommendationStarted() | RecommendationVerificationRefused():
            return RecommendationStatus.IN_PROGRESS
        case RecommendationVerified():
            return RecommendationStatus.VERIFIED
        case RecommendationImpactShown():
            return RecommendationStatus.IMPACT_SHOWN
        case RecommendationImpactNotShown():
            return RecommendationStatus.IMPACT_NOT_SHOWN
        case RecommendationSuperseded():
            return RecommendationStatus.SUPERSEDED
        case RecommendationClosedNotImplemented():
            return RecommendationStatus.CLOSED_NOT_IMPLEMENTED


def _audit_of(event: RecommendationProposed) -> str | None:
    if event.audit is not None or not event.findings:
        return event.audit
    return event.findings[0].partition("/")[0]
