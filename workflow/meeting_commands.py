"""Commands about meetings."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.refs import MeetingRef, SubgroupRef
from workflow.command import Command, Words, command
from workflow.given_values import Day, Number

TheMeeting = Annotated[MeetingRef, Field(description="The meeting, such as M3.")]
Papers = Annotated[
    Number | None,
    Field(
        description="The entry of the log up to which its papers went: the number after 'Record' at"
        " the foot of the report.",
    ),
]


@command("meeting", "record", opens=True)
class RecordMeeting(Command):
    """Record that the board or a subgroup met, so that the meeting names a day."""

    title: Annotated[Words, Field(description="What it is called.")]
    held_on: Annotated[Day, Field(description="The day on which it was held.")]
    subgroup: Annotated[
        SubgroupRef | None, Field(description="Which subgroup met; leave out for the whole board.")
    ] = None
    papers_position: Papers = None


@command("meeting", "correct")
class CorrectMeeting(Command):
    """Put right what was recorded of a meeting, or say what its papers were made from."""

    meeting: TheMeeting
    reason: Annotated[Words, Field(description="What was wrong.")]
    title: Annotated[Words | None, Field(description="What it is called.")] = None
    held_on: Annotated[Day | None, Field(description="The day on which it was held.")] = None
    papers_position: Papers = None


@command("meeting", "cancel")
class CancelMeeting(Command):
    """Record that a meeting never took place, or was recorded twice."""

    meeting: TheMeeting
    reason: Annotated[Words, Field(description="Why.")]


MeetingCommand: TypeAlias = RecordMeeting | CorrectMeeting | CancelMeeting
