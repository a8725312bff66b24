"""Facts about actions: what a plan promises, or what answers a recommendation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from events.catalogue import Event, Text, event_type
from events.recommendation import Colour, ExtensionNumber
from events.refs import PersonRef, PlanRef, RecommendationRef, RoleRef
from events.values import TargetDate


@event_type("action.created")
class ActionCreated(Event):
    """An action was taken on, under a priority of a plan or in answer to recommendations."""

    text: Text
    lead_roles: tuple[RoleRef, ...]
    target: TargetDate
    plan: PlanRef | None = None
    priority: Annotated[int, Field(ge=1)] | None = None
    answers: tuple[RecommendationRef, ...] = ()
    success_measure: Text | None = None


@event_type("action.reworded")
class ActionReworded(Event):
    """The words of an action changed."""

    text: Text
    reason: Text


@event_type("action.leads_changed")
class ActionLeadsChanged(Event):
    """Other roles lead the action."""

    lead_roles: tuple[RoleRef, ...]
    reason: Text


@event_type("action.recommendation_answered")
class ActionRecommendationAnswered(Event):
    """The action was found to answer a recommendation too."""

    recommendation: RecommendationRef


@event_type("action.success_measure_set")
class ActionSuccessMeasureSet(Event):
    """It was settled how success will be known."""

    success_measure: Text


@event_type("action.moved_to_priority")
class ActionMovedToPriority(Event):
    """The action stands under another priority of its plan."""

    priority: Annotated[int, Field(ge=1)]
    reason: Text


@event_type("action.target_date_moved")
class TargetDateMoved(Event):
    """The target date moved, by an approved extension or for a reason of its own."""

    target: TargetDate
    extension: ExtensionNumber | None = None
    reason: Text | None = None


@event_type("action.target_date_corrected")
class TargetDateCorrected(Event):
    """The target date had been recorded wrongly; this is what it always was."""

    target: TargetDate
    reason: Text


@event_type("action.started")
class ActionStarted(Event):
    """Work on an action began."""


@event_type("action.progress_noted")
class ActionProgressNoted(Event):
    """Somebody told how the work goes."""

    note: Text


@event_type("action.submitted")
class ActionSubmitted(Event):
    """The work is claimed to be done: what was done, and the evidence or why there is none."""

    what_we_did: Text
    evidence: Text | None = None
    no_evidence_reason: Text | None = None


@event_type("action.completed")
class ActionCompleted(Event):
    """Somebody who does not lead it confirmed that it is done."""

    confirmed_by: PersonRef
    note: Text | None = None


@event_type("action.returned")
class ActionReturned(Event):
    """The claim that it is done was not confirmed; work goes on."""

    returned_by: PersonRef
    reason: Text


@event_type("action.blocked")
class ActionBlocked(Event):
    """Something outside the lead's reach stands in the way."""

    reason: Text


@event_type("action.unblocked")
class ActionUnblocked(Event):
    """What stood in the way is gone."""

    note: Text | None = None


@event_type("action.put_on_hold")
class ActionPutOnHold(Event):
    """An action rests until a day on which it is looked at again."""

    reason: Text
    review_on: dt.date


@event_type("action.resumed")
class ActionResumed(Event):
    """An action that rested goes on."""


@event_type("action.cancelled")
class ActionCancelled(Event):
    """An action was given up."""

    reason: Text


@event_type("action.reopened")
class ActionReopened(Event):
    """An action that had ended goes on."""

    reason: Text


@event_type("action.extension_requested")
class ActionExtensionRequested(Event):
    """More time was asked for."""

    extension: ExtensionNumber
    target: TargetDate
    reason: Text
    progress: Text


@event_type("action.extension_approved")
class ActionExtensionApproved(Event):
    """More time was given; the target date moves by an event of its own."""

    extension: ExtensionNumber
    note: Text | None = None


@event_type("action.extension_declined")
class ActionExtensionDeclined(Event):
    """More time was not given."""

    extension: ExtensionNumber
    reason: Text


@event_type("action.extension_withdrawn")
class ActionExtensionWithdrawn(Event):
    """Who asked for more time no longer needs it."""

    extension: ExtensionNumber


@event_type("action.brag_overridden")
class ActionBragOverridden(Event):
    """The computed colour was overruled until a day, for a reason."""

    colour: Colour
    reason: Text
    expires_on: dt.date


@event_type("action.brag_override_ended")
class ActionBragOverrideEnded(Event):
    """The computed colour counts again."""
