"""Decisions about how the work on an action goes, from its start to its end."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.action import (
    ActionBlocked,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionReopened,
    ActionResumed,
    ActionStarted,
    ActionSubmitted,
    ActionUnblocked,
)
from workflow.action_state import ENDED, ActionEvent, ActionState, ActionStatus
from workflow.action_status import require_open, require_status
from workflow.action_work_commands import (
    BlockAction,
    NoteActionProgress,
    PutActionOnHold,
    ReopenAction,
    StartAction,
    SubmitAction,
    UnblockAction,
)
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.order_of_days import day_of, require_in_order
from workflow.refusals import Incomplete

BEFORE_WORK: Final = frozenset({ActionStatus.NOT_STARTED, ActionStatus.RETURNED})
"""The statuses that the first sign of work leaves."""

AT_WORK: Final = BEFORE_WORK | {ActionStatus.IN_PROGRESS}
"""The statuses in which the lead can go on without anything standing in the way."""

LONGEST_REST_DAYS: Final = 60
"""Working days after today within which a resting action is looked at: the usual cadence."""


def start(
    command: StartAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Begin the work, or begin it again after it was returned.

    Work that began earlier than was known gets its earlier day.
    """
    status = require_status(state, AT_WORK, what="start it")
    day = require_in_order(state.ref, state.turn, command, circumstances, what="started")
    return [ActionStarted()] if status in BEFORE_WORK or _began_by(day, state) else []


def note_progress(
    command: NoteActionProgress, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Note progress; the first note tells that work began, so it starts the action.

    A note of a day before the action was returned tells nothing of work after that.
    """
    status = require_open(state, what="note progress")
    noted = ActionProgressNoted(note=command.note)
    is_late = state.turn is not None and day_of(command, circumstances) < state.turn.on
    return [ActionStarted(), noted] if status in BEFORE_WORK and not is_late else [noted]


def submit(
    command: SubmitAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Report the action done, with evidence or the reason why there is none; a file is evidence.

    What was done by a day had begun by then, whatever day was told for its beginning.
    """
    status = require_status(state, AT_WORK, what="report it done")
    _require_evidence(command, has_files=bool(circumstances.known.files_on(state.ref)))
    day = require_in_order(state.ref, state.turn, command, circumstances, what="reported done")
    submitted = ActionSubmitted(
        what_we_did=command.what_we_did,
        evidence=command.evidence,
        no_evidence_reason=command.no_evidence_reason,
    )
    begins = status is ActionStatus.NOT_STARTED or _began_by(day, state)
    return [ActionStarted(), submitted] if begins else [submitted]


def block(command: BlockAction, state: ActionState) -> list[ActionEvent]:
    """Record that something stands in the way."""
    again = "Note progress to say what changed." if state.status is ActionStatus.BLOCKED else None
    require_status(state, AT_WORK, what="block it", mend=again)
    return [ActionBlocked(reason=command.reason)]


def unblock(command: UnblockAction, state: ActionState) -> list[ActionEvent]:
    """Record that the way is free; the action goes on where it was."""
    require_status(
        state, {ActionStatus.BLOCKED}, what="unblock it", mend="Only what is blocked can be."
    )
    return [ActionUnblocked(note=command.note)]


def put_on_hold(
    command: PutActionOnHold, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Let the action rest; one that rests already gets another day of review."""
    resting = {ActionStatus.BLOCKED, ActionStatus.ON_HOLD}
    require_status(state, AT_WORK | resting, what="put it on hold")
    if command.review_on <= circumstances.today:
        message = (
            f"An action rests until a day after today, and {format_date(command.review_on)} is"
            " not. Name the day on which it shall be looked at again."
        )
        raise Incomplete("review_on", message)
    latest = circumstances.calendar.add(circumstances.today, LONGEST_REST_DAYS)
    if command.review_on > latest:
        message = (
            f"An action rests for at most {LONGEST_REST_DAYS} working days before it is looked at"
            f" again, that is until {format_date(latest)}. Name a day up to then; it can rest on"
            " if there is still a reason."
        )
        raise Incomplete("review_on", message)
    if command.review_on == state.review_on:
        return []
    return [ActionPutOnHold(reason=command.reason, review_on=command.review_on)]


def resume(state: ActionState) -> list[ActionEvent]:
    """Let the action go on where it was."""
    require_status(
        state, {ActionStatus.ON_HOLD}, what="resume it", mend="Only what is on hold can be."
    )
    return [ActionResumed()]


def reopen(
    command: ReopenAction, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Let an action go on that was complete or cancelled."""
    require_status(state, ENDED, what="reopen it", mend="It goes on already.")
    require_in_order(state.ref, state.turn, command, circumstances, what="reopened")
    return [ActionReopened(reason=command.reason)]


def _began_by(day: dt.date, state: ActionState) -> bool:
    return state.started_on is not None and day < state.started_on


def _require_evidence(command: SubmitAction, *, has_files: bool) -> None:
    if command.evidence is None and command.no_evidence_reason is None and not has_files:
        message = (
            "Say what shows that it was done and where it is, add a file, or say why there is no"
            " evidence: who confirms it has nothing else to go by."
        )
        raise Incomplete("evidence", message)
    if command.evidence is not None and command.no_evidence_reason is not None:
        message = "There is evidence, or a reason why there is none, but not both. Keep one."
        raise Incomplete("no_evidence_reason", message)
