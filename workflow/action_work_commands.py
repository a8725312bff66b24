"""Commands about how the work on an action goes, from its start to its end."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from pydantic import Field

from workflow.action_commands import AboutAnAction
from workflow.command import Words, command


@command("action", "start")
class StartAction(AboutAnAction):
    """Record that work on an action began."""


@command("action", "note-progress")
class NoteActionProgress(AboutAnAction):
    """Tell how the work on an action goes; the first note starts it."""

    note: Annotated[Words, Field(description="How it goes; no child's name.")]


@command("action", "submit")
class SubmitAction(AboutAnAction):
    """Report an action done, for somebody else to confirm."""

    what_we_did: Annotated[Words, Field(description="What was done; no child's name.")]
    evidence: Annotated[
        Words | None, Field(description="What shows it, and where, if no file does.")
    ] = None
    no_evidence_reason: Annotated[
        Words | None, Field(description="Why there is no evidence, if there is none.")
    ] = None


@command("action", "complete")
class CompleteAction(AboutAnAction):
    """Confirm that an action is done; by somebody who does not lead it."""

    note: Annotated[Words | None, Field(description="Anything to say about it.")] = None


@command("action", "return")
class ReturnAction(AboutAnAction):
    """Give an action back, since it is not done yet; by somebody who does not lead it."""

    reason: Annotated[Words, Field(description="What is still missing.")]


@command("action", "block")
class BlockAction(AboutAnAction):
    """Record that something outside the lead's reach stands in the way."""

    reason: Annotated[Words, Field(description="What stands in the way.")]


@command("action", "unblock")
class UnblockAction(AboutAnAction):
    """Record that what stood in the way of an action is gone."""

    note: Annotated[Words | None, Field(description="What changed.")] = None


@command("action", "put-on-hold")
class PutActionOnHold(AboutAnAction):
    """Let an action rest until a day on which it is looked at again."""

    reason: Annotated[Words, Field(description="Why it rests.")]
    review_on: Annotated[dt.date, Field(description="When it is looked at again.")]


@command("action", "resume")
class ResumeAction(AboutAnAction):
    """Let an action that rested go on."""


@command("action", "cancel")
class CancelAction(AboutAnAction):
    """Give an action up."""

    reason: Annotated[Words, Field(description="Why it is given up.")]


@command("action", "reopen")
class ReopenAction(AboutAnAction):
    """Let an action that had ended go on."""

    reason: Annotated[Words, Field(description="Why it goes on.")]


ActionWorkCommand: TypeAlias = (
    StartAction
    | NoteActionProgress
    | SubmitAction
    | CompleteAction
    | ReturnAction
    | BlockAction
    | UnblockAction
    | PutActionOnHold
    | ResumeAction
    | CancelAction
    | ReopenAction
)
