"""Commands about plans."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from events.plan import Sha256
from events.refs import PlanRef
from workflow.command import Command, Words, command
from workflow.given_values import Day, number_as_written

ThePlan = Annotated[PlanRef, Field(description="The plan, such as P1.")]
PriorityNumber = Annotated[
    int,
    Field(ge=1, le=999, description="The priority's number within the plan."),
    BeforeValidator(number_as_written),
]


@command("plan", "adopt", opens=True)
class AdoptPlan(Command):
    """Take up a plan, so that its actions can be followed."""

    title: Annotated[Words, Field(description="The plan's title.")]
    from_on: Annotated[Day | None, Field(description="The first day it is for.")] = None
    until_on: Annotated[Day | None, Field(description="The last day it is for.")] = None


@command("plan", "retitle")
class RetitlePlan(Command):
    """Give a plan another title."""

    plan: ThePlan
    title: Annotated[Words, Field(description="The new title.")]


@command("plan", "add-priority")
class AddPriority(Command):
    """Add a priority to a plan."""

    plan: ThePlan
    title: Annotated[Words, Field(description="The priority, as the plan words it.")]
    number: Annotated[
        PriorityNumber | None, Field(description="Its number; leave out for the next free one.")
    ] = None


@command("plan", "retitle-priority")
class RetitlePriority(Command):
    """Give a priority another title."""

    plan: ThePlan
    number: PriorityNumber
    title: Annotated[Words, Field(description="The priority, as it should be worded.")]


@command("plan", "record-document")
class RecordDocument(Command):
    """Record that a document was read into a plan, so that nothing is taken from it twice."""

    plan: ThePlan
    document: Annotated[Words, Field(description="The document's name.")]
    sha256: Annotated[Sha256, Field(description="The SHA-256 of its bytes, in hexadecimal.")]
    rows: Annotated[
        int,
        Field(ge=0, description="How many rows it gave."),
        BeforeValidator(number_as_written),
    ]


@command("plan", "close")
class ClosePlan(Command):
    """Record that a plan came to its end."""

    plan: ThePlan
    reason: Annotated[Words, Field(description="Why, and where its open actions go on.")]


PlanCommand: TypeAlias = (
    AdoptPlan | RetitlePlan | AddPriority | RetitlePriority | RecordDocument | ClosePlan
)
