"""Decisions that end an action, or give it back to its leads."""

from __future__ import annotations

from typing import Final

from events.action import (
    ActionCancelled,
    ActionCompleted,
    ActionExtensionWithdrawn,
    ActionReturned,
)
from events.refs import quoted
from workflow.action_state import ActionEvent, ActionState, ActionStatus
from workflow.action_status import require_open, require_status
from workflow.action_work_commands import CancelAction, CompleteAction, ReturnAction
from workflow.circumstances import Circumstances
from workflow.order_of_days import require_in_order
from workflow.separation_of_duties import require_other_hands

_FIRST: Final = "Somebody who leads it has to report it done first."


def complete(
    command: CompleteAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Confirm that it is done: neither a lead of it nor who reported it done may."""
    what = f"confirm {quoted(state.ref)} as done"
    require_status(state, {ActionStatus.SUBMITTED}, what="confirm it as done", mend=_FIRST)
    _require_other_hands(state, what, circumstances)
    require_in_order(state.ref, state.turn, command, circumstances, what="confirmed as done")
    confirmed = ActionCompleted(confirmed_by=circumstances.actor, note=command.note)
    return [*_open_request_lapsing(state), confirmed]


def give_back(
    command: ReturnAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Return it to its leads, which is a judgement as confirming is."""
    require_status(state, {ActionStatus.SUBMITTED}, what="return it", mend=_FIRST)
    _require_other_hands(state, f"return {quoted(state.ref)}", circumstances)
    require_in_order(state.ref, state.turn, command, circumstances, what="returned")
    return [ActionReturned(returned_by=circumstances.actor, reason=command.reason)]


def cancel(
    command: CancelAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Give it up."""
    require_open(state, what="cancel it")
    require_in_order(state.ref, state.turn, command, circumstances, what="cancelled")
    return [*_open_request_lapsing(state), ActionCancelled(reason=command.reason)]


def _require_other_hands(state: ActionState, what: str, circumstances: Circumstances) -> None:
    require_other_hands(
        circumstances, lead_roles=state.lead_roles, claimed_by=state.claimed_by, what=what
    )


def _open_request_lapsing(state: ActionState) -> list[ActionEvent]:
    # Nobody could decide the request any more, and it would be open again if it reopened.
    asked = state.extensions.open_request
    return [] if asked is None else [ActionExtensionWithdrawn(extension=asked.number)]
