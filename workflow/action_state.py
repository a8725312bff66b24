"""What decisions need to know of an action, and how each event changes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeAlias

from events.action import (
    ActionBlocked,
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionRecommendationAnswered,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionReworded,
    ActionStarted,
    ActionSubmitted,
    ActionSuccessMeasureSet,
    ActionUnblocked,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.values import TargetDate
from workflow.brag_overrides import BragOverride
from workflow.extensions import Extensions, Outcome
from workflow.order_of_days import Turn
from workflow.target_history import TargetHistory

WordingEvent: TypeAlias = (
    ActionReworded
    | ActionLeadsChanged
    | ActionRecommendationAnswered
    | ActionSuccessMeasureSet
    | ActionMovedToPriority
)
WorkEvent: TypeAlias = (
    ActionStarted
    | ActionProgressNoted
    | ActionSubmitted
    | ActionCompleted
    | ActionReturned
    | ActionBlocked
    | ActionUnblocked
    | ActionPutOnHold
    | ActionResumed
    | ActionCancelled
    | ActionReopened
)
DateEvent: TypeAlias = (
    TargetDateMoved
    | TargetDateCorrected
    | ActionExtensionRequested
    | ActionExtensionApproved
    | ActionExtensionDeclined
    | ActionExtensionWithdrawn
    | ActionBragOverridden
    | ActionBragOverrideEnded
)
ActionEvent: TypeAlias = ActionCreated | WordingEvent | WorkEvent | DateEvent


class ActionStatus(StrEnum):
    """How far an action has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    ON_HOLD = "on_hold"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({ActionStatus.COMPLETE, ActionStatus.CANCELLED})
"""The statuses in which nothing more is to be done; only reopening leaves them."""


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action; its status is None before it was created.

    `interrupted` holds the statuses to go back to, the latest last: an action that was in
    progress, then blocked, then put on hold goes on blocked, and then in progress.
    `claimed_by` is who last reported it done. `started_on` is the day on which work began, or began
    again; `turn` is the last turn after that, which no later change may lie before.
    """

    ref: str
    status: ActionStatus | None = None
    text: str = ""
    lead_roles: tuple[str, ...] = ()
    plan: str | None = None
    priority: int | None = None
    answers: tuple[str, ...] = ()
    success_measure: str | None = None
    dates: TargetHistory = field(default_factory=TargetHistory)
    interrupted: tuple[ActionStatus, ...] = ()
    review_on: dt.date | None = None
    claimed_by: str | None = None
    extensions: Extensions = field(default_factory=Extensions)
    brag_override: BragOverride | None = None
    started_on: dt.date | None = None
    turn: Turn | None = None

    @property
    def target(self) -> TargetDate | None:
        """Return the target date that counts now; None before the action was created."""
        return self.dates.current


_TURNS: Final[dict[type[ActionEvent], str]] = {
    ActionSubmitted: "reported done",
    ActionReturned: "returned",
    ActionCompleted: "confirmed as done",
    ActionCancelled: "cancelled",
    ActionReopened: "reopened",
}

WITH_DAYS: Final = frozenset({ActionStarted, *_TURNS})
"""The events whose days decisions rest on."""


def dated(state: ActionState, event: ActionEvent, on: dt.date) -> ActionState:
    """Return the action with the day on which an event of `WITH_DAYS` became true."""
    if isinstance(event, ActionStarted):
        return replace(state, started_on=on)
    return replace(state, turn=Turn(_TURNS[type(event)], on))


def evolve(state: ActionState, event: ActionEvent, actor: str) -> ActionState:
    """Return the action after one more event; `actor` is who caused it."""
    match event:
        case ActionCreated():
            return _created(state, event)
        case (
            ActionReworded()
            | ActionLeadsChanged()
            | ActionRecommendationAnswered()
            | ActionSuccessMeasureSet()
            | ActionMovedToPriority()
        ):
            return _worded(state, event)
        case (
            ActionStarted()
            | ActionProgressNoted()
            | ActionSubmitted()
            | ActionCompleted()
            | ActionReturned()
            | ActionBlocked()
            | ActionUnblocked()
            | ActionPutOnHold()
            | ActionResumed()
            | ActionCancelled()
            | ActionReopened()
        ):
            return _worked(state, event, actor)
        case (
            TargetDateMoved()
            | TargetDateCorrected()
            | ActionExtensionRequested()
            | ActionExtensionApproved()
            | ActionExtensionDeclined()
            | ActionExtensionWithdrawn()
            | ActionBragOverridden()
            | ActionBragOverrideEnded()
        ):
            return _dated(state, event, actor)


def _created(state: ActionState, event: ActionCreated) -> ActionState:
    return replace(
        state,
        status=ActionStatus.NOT_STARTED,
        text=event.text,
        lead_roles=event.lead_roles,
        plan=event.plan,
        priority=event.priority,
        answers=event.answers,
        success_measure=event.success_measure,
        dates=state.dates.set(event.target),
    )


def _worded(state: ActionState, event: WordingEvent) -> ActionState:
    match event:
        case ActionReworded():
            return replace(state, text=event.text)
        case ActionLeadsChanged():
            return replace(state, lead_roles=event.lead_roles)
        case ActionRecommendationAnswered():
            return replace(state, answers=(*state.answers, event.recommendation))
        case ActionSuccessMeasureSet():
            return replace(state, success_measure=event.success_measure)
        case ActionMovedToPriority():
            return replace(state, priority=event.priority)


def _worked(state: ActionState, event: WorkEvent, actor: str) -> ActionState:
    match event:
        case ActionProgressNoted():
            return state
        case ActionStarted() | ActionReopened():
            return _now(state, ActionStatus.IN_PROGRESS)
        case ActionSubmitted():
            return replace(_now(state, ActionStatus.SUBMITTED), claimed_by=actor)
        case ActionCompleted():
            return _now(state, ActionStatus.COMPLETE)
        case ActionReturned():
            return _now(state, ActionStatus.RETURNED)
        case ActionCancelled():
            return _now(state, ActionStatus.CANCELLED)
        case ActionBlocked():
            return _interrupted(state, ActionStatus.BLOCKED)
        case ActionPutOnHold():
            return replace(_interrupted(state, ActionStatus.ON_HOLD), review_on=event.review_on)
        case ActionUnblocked() | ActionResumed():
            *earlier, before = state.interrupted
            return replace(state, status=before, interrupted=tuple(earlier), review_on=None)


def _dated(state: ActionState, event: DateEvent, actor: str) -> ActionState:
    match event:
        case TargetDateMoved():
            return replace(state, dates=state.dates.move(event.target))
        case TargetDateCorrected():
            return replace(state, dates=state.dates.correct(event.target))
        case ActionExtensionRequested():
            asked = state.extensions.asked(event.extension, event.target, by=actor)
            return replace(state, extensions=asked)
        case ActionExtensionApproved():
            return _settled(state, event.extension, Outcome.APPROVED)
        case ActionExtensionDeclined():
            return _settled(state, event.extension, Outcome.DECLINED)
        case ActionExtensionWithdrawn():
            return _settled(state, event.extension, Outcome.WITHDRAWN)
        case ActionBragOverridden():
            return replace(state, brag_override=BragOverride(event.colour, event.expires_on))
        case ActionBragOverrideEnded():
            return replace(state, brag_override=None)


def _now(state: ActionState, status: ActionStatus) -> ActionState:
    return replace(state, status=status, interrupted=(), review_on=None)


def _interrupted(state: ActionState, status: ActionStatus) -> ActionState:
    if state.status is None or state.status is status:
        return state
    return replace(state, status=status, interrupted=(*state.interrupted, state.status))


def _settled(state: ActionState, extension: int, outcome: Outcome) -> ActionState:
    return replace(state, extensions=state.extensions.settled(extension, outcome))
