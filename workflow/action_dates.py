"""Decisions about an action's target date, more time for it, and its overruled colour."""

from __future__ import annotations

from events.action import (
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.refs import quoted
from workflow import extensions
from workflow.action_commands import (
    ActionDateCommand,
    CorrectActionTargetDate,
    EndActionBragOverride,
    MoveActionTargetDate,
    OverrideActionBrag,
)
from workflow.action_state import ActionEvent, ActionState
from workflow.action_status import require_open
from workflow.brag_overrides import new_override, require_override
from workflow.circumstances import Circumstances
from workflow.date_given import date_given
from workflow.extension_commands import (
    ApproveExtension,
    DeclineExtension,
    ExtensionCommand,
    RequestExtension,
    WithdrawExtension,
)
from workflow.separation_of_duties import require_other_hands


def settle_date(
    command: ActionDateCommand, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Move or correct the target date, or overrule the colour that is computed from it."""
    match command:
        case MoveActionTargetDate():
            return _move(command, state, circumstances)
        case CorrectActionTargetDate():
            return _correct(command, state)
        case OverrideActionBrag():
            return _override(command, state, circumstances)
        case EndActionBragOverride():
            require_open(state, what="end an override")
            require_override(state.ref, state.brag_override, circumstances)
            return [ActionBragOverrideEnded()]


def extend(
    command: ExtensionCommand, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Ask for more time, give it, decline it, or take the request back."""
    match command:
        case RequestExtension():
            require_open(state, what="ask for more time")
            return _request(command, state, circumstances)
        case ApproveExtension():
            return _approve(command, state, circumstances)
        case DeclineExtension():
            require_open(state, what="decline an extension")
            asked = extensions.decline(state, circumstances)
            return [ActionExtensionDeclined(extension=asked.number, reason=command.reason)]
        case WithdrawExtension():
            require_open(state, what="withdraw a request for more time")
            asked = extensions.withdraw(state, circumstances)
            return [ActionExtensionWithdrawn(extension=asked.number)]


def _move(
    command: MoveActionTargetDate, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    require_open(state, what="move its target date")
    target = date_given(command.target, field="target")
    if target == state.target:
        return []
    if command.published_in is not None:
        reason = f"{command.reason}, as printed in {command.published_in}"
        return [TargetDateMoved(target=target, reason=reason)]
    _require_other_hands(state, f"move the target date of {quoted(state.ref)}", circumstances)
    return [TargetDateMoved(target=target, reason=command.reason)]


def _correct(command: CorrectActionTargetDate, state: ActionState) -> list[ActionEvent]:
    require_open(state, what="correct its target date")
    target = date_given(command.target, field="target")
    if target == state.target:
        return []
    return [TargetDateCorrected(target=target, reason=command.reason)]


def _override(
    command: OverrideActionBrag, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    require_open(state, what="overrule its colour")
    _require_other_hands(state, f"overrule the colour of {quoted(state.ref)}", circumstances)
    asked = new_override(command.colour, command.expires_on, circumstances)
    if state.brag_override == asked:
        return []
    return [
        ActionBragOverridden(
            colour=command.colour, reason=command.reason, expires_on=command.expires_on
        )
    ]


def _require_other_hands(state: ActionState, what: str, circumstances: Circumstances) -> None:
    require_other_hands(circumstances, lead_roles=state.lead_roles, claimed_by=None, what=what)


def _request(
    command: RequestExtension, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    asked = extensions.request(state, command, circumstances)
    return [
        ActionExtensionRequested(
            extension=asked.number,
            target=asked.target,
            reason=command.reason,
            progress=command.progress,
        )
    ]


def _approve(
    command: ApproveExtension, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    require_open(state, what="approve an extension")
    asked = extensions.approve(state, circumstances)
    return [
        ActionExtensionApproved(extension=asked.number, note=command.note),
        TargetDateMoved(target=asked.target, extension=asked.number),
    ]
