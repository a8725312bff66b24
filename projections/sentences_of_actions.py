"""Sentences about actions."""

from __future__ import annotations

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
from projections.sentence_parts import MOVED_TO, because, by, day, listed, request, until
from workflow.action_state import DateEvent, WordingEvent, WorkEvent
from workflow.target_dates import describe


def action_sentence(event: ActionCreated | WordingEvent, _ref: str) -> str:
    """Return what the beginning of an action, or a change of its words, says."""
    match event:
        case ActionCreated():
            return _action_created(event)
        case ActionReworded():
            return "reworded the action"
        case ActionLeadsChanged():
            return f"handed the action over to {listed(event.lead_roles)}"
        case ActionRecommendationAnswered():
            return f"found that the action answers {event.recommendation} too"
        case ActionSuccessMeasureSet():
            return "settled how success will be known"
        case ActionMovedToPriority():
            return f"moved the action to priority {event.priority} of its plan"


def action_work_sentence(event: WorkEvent, _ref: str) -> str:
    """Return what an event about the work on an action says."""
    match event:
        case ActionProgressNoted():
            return "told how the work goes"
        case ActionStarted():
            return "started the work"
        case ActionSubmitted():
            return "reported the work done"
        case ActionCompleted():
            return f"recorded that {event.confirmed_by} confirmed that it is done"
        case ActionReturned():
            return f"recorded that {event.returned_by} gave it back: it is not done yet"
        case ActionBlocked():
            return "told that something stands in the way"
        case ActionUnblocked():
            return "told that nothing stands in the way any more"
        case ActionPutOnHold():
            return f"put the work on hold, to be looked at again on {day(event.review_on)}"
        case ActionResumed():
            return "went on with the work"
        case ActionCancelled():
            return "stopped the action"
        case ActionReopened():
            return "reopened the action"


def action_date_sentence(event: DateEvent, _ref: str) -> str:
    """Return what an event about an action's date or colour says."""
    match event:
        case TargetDateMoved():
            return f"{MOVED_TO} {describe(event.target)}{because(event.extension)}"
        case TargetDateCorrected():
            return f"corrected the target date, written down wrongly, to {describe(event.target)}"
        case ActionExtensionRequested():
            return f"asked for more time ({request(event.extension)}){until(event.target)}"
        case ActionExtensionApproved():
            return f"approved more time ({request(event.extension)})"
        case ActionExtensionDeclined():
            return f"declined more time ({request(event.extension)})"
        case ActionExtensionWithdrawn():
            return f"withdrew the {request(event.extension)} for more time"
        case ActionBragOverridden():
            return f"set the colour to {event.colour} until {day(event.expires_on)}"
        case ActionBragOverrideEnded():
            return "let the computed colour count again"


def _action_created(event: ActionCreated) -> str:
    led = f", led by {listed(event.lead_roles)}" if event.lead_roles else ", with no lead"
    place = ""
    if event.plan is not None:
        under = f"under priority {event.priority} of" if event.priority else "in"
        place = f", {under} {event.plan}"
    answers = f", in answer to {listed(event.answers)}" if event.answers else ""
    return f"took on the action{led}{by(event.target)}{place}{answers}"
