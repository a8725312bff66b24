"""Commands about findings; a finding lives in the stream of its audit."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field
from typing_extensions import override

from events.audit import FindingKind
from events.refs import AuditRef, FindingRef
from workflow.command import Command, Words, command


class _AboutAFinding(Command):
    """A command about a finding that was drafted; its stream is the audit's."""

    finding: Annotated[FindingRef, Field(description="The finding, such as AU3/F2.")]

    @property
    @override
    def subject(self) -> str:
        return self.finding.partition("/")[0]

    @property
    def number(self) -> int:
        """Return the finding's number within its audit."""
        return int(self.finding.rpartition("-")[2])


@command("finding", "draft")
class DraftFinding(Command):
    """Write down what an audit found: a strength, or an area for development."""

    audit: Annotated[AuditRef, Field(description="The audit that found it, such as AU3.")]
    kind: Annotated[FindingKind, Field(description="A strength, or an area for development.")]
    text: Annotated[Words, Field(description="What was found, in one or two sentences.")]

    @property
    @override
    def subject(self) -> str:
        return self.audit


@command("finding", "reword")
class RewordFinding(_AboutAFinding):
    """Change the words of a finding that is not agreed yet."""

    text: Annotated[Words, Field(description="The finding in its new words.")]


@command("finding", "agree")
class AgreeFinding(_AboutAFinding):
    """Record that the agencies agree with a finding."""


@command("finding", "dispute")
class DisputeFinding(_AboutAFinding):
    """Record that somebody disputes a finding; the audit cannot be approved until it is settled."""

    reason: Annotated[Words, Field(description="Who disputes it, and what they say.")]


@command("finding", "withdraw")
class WithdrawFinding(_AboutAFinding):
    """Withdraw a finding that does not hold."""

    reason: Annotated[Words, Field(description="Why the finding does not hold.")]


@command("finding", "leave-without-recommendation")
class LeaveFindingWithoutRecommendation(_AboutAFinding):
    """Say why an agreed area for development needs no recommendation."""

    reason: Annotated[Words, Field(description="Why no recommendation is needed.")]


FindingCommand: TypeAlias = (
    DraftFinding
    | RewordFinding
    | AgreeFinding
    | DisputeFinding
    | WithdrawFinding
    | LeaveFindingWithoutRecommendation
)
