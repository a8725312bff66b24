"""Commands about the clocks of an audit; a clock lives in the stream of its audit."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field
from typing_extensions import override

from events.audit_clock import ClockName
from events.refs import AuditRef, ClockRef
from workflow.command import Command, Words, command
from workflow.given_values import Day


@command("audit", "start-clock")
class StartClock(Command):
    """Let a clock run that law, guidance or the partnership sets, such as that of a rapid review.

    Everything it rests on is kept as it stands that day: a later change of the configuration
    changes no clock that runs.
    """

    audit: Annotated[AuditRef, Field(description="The audit or review, such as AU3.")]
    clock: Annotated[
        ClockName, Field(description="The clock's name in the configuration, such as rapid_review.")
    ]
    started_on: Annotated[
        Day, Field(description="The day of the event that starts it, which is day 0.")
    ]


class _AboutAClock(Command):
    """A command about a clock that was started; its stream is the audit's."""

    clock: Annotated[ClockRef, Field(description="The clock, such as AU3/C1.")]

    @property
    @override
    def subject(self) -> str:
        return self.clock.partition("/")[0]

    @property
    def number(self) -> int:
        """Return the clock's number within its audit."""
        return int(self.clock.rpartition("-")[2])


@command("audit", "meet-clock")
class MeetClock(_AboutAClock):
    """Record that what a clock runs for was done; --effective-on gives an earlier day."""


@command("audit", "stop-clock")
class StopClock(_AboutAClock):
    """Stop a clock because what it runs for is not to be done, or it was started by mistake."""

    reason: Annotated[Words, Field(description="Why it does not run on.")]


ClockCommand: TypeAlias = StartClock | MeetClock | StopClock
