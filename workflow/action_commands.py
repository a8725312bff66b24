"""Commands about what an action is: its words, who leads it, what it answers, its target date."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.recommendation import Colour
from events.refs import ActionRef, PlanRef, RecommendationRef, RoleRef
from workflow.command import Command, Slip, Words, command
from workflow.given_values import Day, Number

TheAction = Annotated[ActionRef, Field(description="The action, such as A12.")]
LeadRoles = Annotated[
    tuple[RoleRef, ...], Field(description="The roles that lead it, one or more, such as RO4.")
]
WhyChanged = Annotated[Words, Field(description="Why it changes.")]


class AboutAnAction(Command):
    """A command about an action that was created."""

    action: TheAction


@command("action", "create", opens=True)
class CreateAction(Command):
    """Take on an action, under a priority of a plan or in answer to recommendations."""

    text: Annotated[Words, Field(description="What will be done.")]
    lead_roles: LeadRoles
    target: Annotated[Slip, Field(description="By when, such as December 2025 or 31.12.25.")]
    plan: Annotated[PlanRef | None, Field(description="The plan that promises it.")] = None
    priority: Annotated[
        Number | None, Field(description="The number of the plan's priority it stands under.")
    ] = None
    answers: Annotated[
        tuple[RecommendationRef, ...], Field(description="The recommendations that it answers.")
    ] = ()
    success_measure: Annotated[Words | None, Field(description="How success will be known.")] = None


@command("action", "reword")
class RewordAction(AboutAnAction):
    """Change the words of an action."""

    text: Annotated[Words, Field(description="What will be done.")]
    reason: WhyChanged


@command("action", "change-leads")
class ChangeActionLeads(AboutAnAction):
    """Let other roles lead an action."""

    lead_roles: LeadRoles
    reason: WhyChanged


@command("action", "answer-recommendation")
class AnswerRecommendation(AboutAnAction):
    """Record that an action answers a recommendation too."""

    recommendation: Annotated[RecommendationRef, Field(description="Which, such as R7.")]


@command("action", "set-success-measure")
class SetSuccessMeasure(AboutAnAction):
    """Settle how success will be known."""

    success_measure: Annotated[Words, Field(description="How success will be known.")]


@command("action", "move-to-priority")
class MoveActionToPriority(AboutAnAction):
    """Let an action stand under another priority of its plan."""

    priority: Annotated[
        Number, Field(description="The number of the plan's priority it stands under now.")
    ]
    reason: WhyChanged


@command("action", "move-target-date")
class MoveActionTargetDate(AboutAnAction):
    """Move the target date of an action, without an extension being asked for.

    Whoever leads the action may do so only for a date that the partnership printed in a plan:
    then `published_in` names the document. The move shows and counts all the same.
    """

    target: Annotated[Slip, Field(description="The new target date.")]
    reason: WhyChanged
    published_in: Annotated[
        Words | None, Field(description="The published document that prints the new date, if any.")
    ] = None


@command("action", "correct-target-date")
class CorrectActionTargetDate(AboutAnAction):
    """Mend a target date that was recorded wrongly; it does not count as moved."""

    target: Annotated[Slip, Field(description="The target date as it always was.")]
    reason: Annotated[Words, Field(description="What was wrong.")]


@command("action", "override-brag")
class OverrideActionBrag(AboutAnAction):
    """Overrule the computed colour of an action, for a reason and until a day."""

    colour: Annotated[Colour, Field(description="The colour that shall count.")]
    reason: Annotated[Words, Field(description="Why the computed colour misleads.")]
    expires_on: Annotated[Day, Field(description="The last day on which it counts.")]


@command("action", "end-brag-override")
class EndActionBragOverride(AboutAnAction):
    """Let the computed colour of an action count again."""


ActionWordingCommand: TypeAlias = (
    RewordAction
    | ChangeActionLeads
    | AnswerRecommendation
    | SetSuccessMeasure
    | MoveActionToPriority
)
ActionDateCommand: TypeAlias = (
    MoveActionTargetDate | CorrectActionTargetDate | OverrideActionBrag | EndActionBragOverride
)
