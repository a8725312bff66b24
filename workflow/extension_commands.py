"""Commands about more time, for actions and recommendations alike."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints
from typing_extensions import override

from workflow.command import Command, Slip, Words, command

ExtendableRef = Annotated[
    str, StringConstraints(pattern=r"^(action|recommendation)-[1-9][0-9]{0,9}$")
]
"""An action or a recommendation: what has a target date that can be extended."""

Item = Annotated[ExtendableRef, Field(description="The action or recommendation, such as A12.")]


class _AboutAnItem(Command):
    """A command about more time; its stream is the item's."""

    item: Item

    @property
    @override
    def subject(self) -> str:
        return self.item


@command("extension", "request")
class RequestExtension(_AboutAnItem):
    """Ask for more time. The target date stays as it is until somebody else has decided."""

    target: Annotated[Slip, Field(description="The new target date that is asked for.")]
    reason: Annotated[Words, Field(description="Why more time is needed.")]
    progress: Annotated[Words, Field(description="What has been done so far.")]


@command("extension", "approve")
class ApproveExtension(_AboutAnItem):
    """Give the time that was asked for; the target date moves."""

    note: Annotated[Words | None, Field(description="Anything to say about it.")] = None


@command("extension", "decline")
class DeclineExtension(_AboutAnItem):
    """Do not give the time that was asked for; the target date stays."""

    reason: Annotated[Words, Field(description="Why more time is not given.")]


@command("extension", "withdraw")
class WithdrawExtension(_AboutAnItem):
    """Take back a request for more time that nobody has decided yet."""


ExtensionCommand: TypeAlias = (
    RequestExtension | ApproveExtension | DeclineExtension | WithdrawExtension
)
