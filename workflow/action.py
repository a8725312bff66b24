"""Decisions about actions: which of them a command calls for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workflow.action_commands import (
    ActionDateCommand,
    ActionWordingCommand,
    AnswerRecommendation,
    ChangeActionLeads,
    CorrectActionTargetDate,
    CreateAction,
    EndActionBragOverride,
    MoveActionTargetDate,
    MoveActionToPriority,
    OverrideActionBrag,
    RewordAction,
    SetSuccessMeasure,
)
from workflow.action_dates import extend, settle_date
from workflow.action_ending import cancel, complete, give_back
from workflow.action_state import WITH_DAYS, ActionEvent, ActionState, dated, evolve
from workflow.action_wording import create, reword
from workflow.action_work import (
    block,
    note_progress,
    put_on_hold,
    reopen,
    resume,
    start,
    submit,
    unblock,
)
from workflow.action_work_commands import (
    ActionWorkCommand,
    BlockAction,
    CancelAction,
    CompleteAction,
    NoteActionProgress,
    PutActionOnHold,
    ReopenAction,
    ResumeAction,
    ReturnAction,
    StartAction,
    SubmitAction,
    UnblockAction,
)
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.extension_commands import (
    ApproveExtension,
    DeclineExtension,
    ExtensionCommand,
    RequestExtension,
    WithdrawExtension,
)

ActionCommand: TypeAlias = (
    CreateAction | ActionWordingCommand | ActionDateCommand | ActionWorkCommand | ExtensionCommand
)


def decide(
    command: ActionCommand, state: ActionState, circumstances: Circumstances
) -> Sequence[ActionEvent]:
    """Return what follows from a command about an action. Raises a `Refusal`."""
    match command:
        case CreateAction():
            return create(command, circumstances)
        case (
            RewordAction()
            | ChangeActionLeads()
            | AnswerRecommendation()
            | SetSuccessMeasure()
            | MoveActionToPriority()
        ):
            return reword(command, state, circumstances)
        case (
            MoveActionTargetDate()
            | CorrectActionTargetDate()
            | OverrideActionBrag()
            | EndActionBragOverride()
        ):
            return settle_date(command, state, circumstances)
        case RequestExtension() | ApproveExtension() | DeclineExtension() | WithdrawExtension():
            return extend(command, state, circumstances)
        case (
            StartAction()
            | NoteActionProgress()
            | SubmitAction()
            | CompleteAction()
            | ReturnAction()
            | BlockAction()
            | UnblockAction()
            | PutActionOnHold()
            | ResumeAction()
            | CancelAction()
            | ReopenAction()
        ):
            return _work(command, state, circumstances)


DECIDER = Decider("action", ActionState, decide, evolve, dated, WITH_DAYS)
"""How actions decide and evolve."""


def _work(
    command: ActionWorkCommand, state: ActionState, circumstances: Circumstances
) -> Sequence[ActionEvent]:
    match command:
        case StartAction():
            return start(command, state, circumstances)
        case NoteActionProgress():
            return note_progress(command, state, circumstances)
        case SubmitAction():
            return submit(command, state, circumstances)
        case CompleteAction():
            return complete(command, state, circumstances)
        case ReturnAction():
            return give_back(command, state, circumstances)
        case BlockAction():
            return block(command, state)
        case UnblockAction():
            return unblock(command, state)
        case PutActionOnHold():
            return put_on_hold(command, state, circumstances)
        case ResumeAction():
            return resume(state)
        case CancelAction():
            return cancel(command, state, circumstances)
        case ReopenAction():
            return reopen(command, state, circumstances)
