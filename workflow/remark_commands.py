"""Commands about remarks."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.refs import RemarkableRef, RemarkRef
from workflow.command import Command, Words, command
from workflow.given_values import Day, Number


@command("remark", "add", opens=True)
class AddRemark(Command):
    """Say something of a thing, of one entry of the log, or of the board of a day.

    Only the scrutineer does, and it changes nothing of what it is about.
    """

    words: Annotated[Words, Field(description="What is to be said.")]
    on: Annotated[
        RemarkableRef | None, Field(description="What it is about, such as A12 or M3.")
    ] = None
    entry: Annotated[
        Number | None,
        Field(description="The entry of the log it is about, as histories number them."),
    ] = None
    as_at: Annotated[
        Day | None, Field(description="The day of whose state it speaks, if not today's.")
    ] = None


@command("remark", "withdraw")
class WithdrawRemark(Command):
    """Take back a remark of one's own; it stays readable, as withdrawn."""

    remark: Annotated[RemarkRef, Field(description="The remark, such as RM2.")]
    reason: Annotated[Words, Field(description="Why.")]


RemarkCommand: TypeAlias = AddRemark | WithdrawRemark
