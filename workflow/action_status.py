"""Which statuses of an action allow what, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from workflow.action_state import ENDED, ActionState, ActionStatus
from workflow.refusals import NotFound, NotNow

_MENDS: Final = {
    ActionStatus.NOT_STARTED: "Start it first, or note progress.",
    ActionStatus.IN_PROGRESS: "Look at its history to see where it stands.",
    ActionStatus.BLOCKED: "Unblock it first.",
    ActionStatus.ON_HOLD: "Resume it first.",
    ActionStatus.SUBMITTED: "Confirm it or return it first; until then progress can be noted.",
    ActionStatus.RETURNED: "Start it again first, or note progress.",
    ActionStatus.COMPLETE: "Reopen it first.",
    ActionStatus.CANCELLED: "Reopen it first.",
}


def require_status(
    state: ActionState, allowed: AbstractSet[ActionStatus], *, what: str, mend: str | None = None
) -> ActionStatus:
    """Return the status, one of those allowed. Raises `NotFound` or `NotNow`.

    `what` continues "so you cannot"; `mend` says what to do, where the status alone does not.
    """
    if state.status is None:
        raise NotFound(state.ref)
    if state.status not in allowed:
        raise NotNow(state.ref, what, state.status, mend or _MENDS[state.status])
    return state.status


def require_open(state: ActionState, *, what: str) -> ActionStatus:
    """Return the status of an action that has not ended. Raises `NotFound` or `NotNow`."""
    return require_status(state, frozenset(ActionStatus) - ENDED, what=what)
