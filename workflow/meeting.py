"""Decisions about meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.command import Decider
from workflow.meeting_commands import CancelMeeting, CorrectMeeting, MeetingCommand, RecordMeeting
from workflow.meeting_state import MeetingEvent, MeetingState, MeetingStatus, evolve
from workflow.refusals import Incomplete, NotFound, NotNow


def decide(
    command: MeetingCommand, state: MeetingState, circumstances: Circumstances
) -> Sequence[MeetingEvent]:
    """Return what follows from a command about a meeting. Raises a `Refusal`."""
    match command:
        case RecordMeeting():
            return _record(command, circumstances)
        case CorrectMeeting():
            return _correct(command, state, circumstances)
        case CancelMeeting():
            return _cancel(command, state)


DECIDER = Decider("meeting", MeetingState, decide, evolve)
"""How meetings decide and evolve."""


def _record(command: RecordMeeting, circumstances: Circumstances) -> list[MeetingEvent]:
    _require_held(command.held_on, circumstances)
    _require_entry(command.papers_position, circumstances)
    if command.subgroup is not None:
        # A subgroup that was dissolved since has met all the same.
        circumstances.require(command.subgroup, field="subgroup")
    held = MeetingHeld(
        title=command.title,
        held_on=command.held_on,
        subgroup=command.subgroup,
        papers_position=command.papers_position,
    )
    return [held]


def _correct(
    command: CorrectMeeting, state: MeetingState, circumstances: Circumstances
) -> list[MeetingEvent]:
    if state.status is None:
        raise NotFound(state.ref)
    if state.status is MeetingStatus.CANCELLED:
        mend = "Record it anew if it took place after all."
        raise NotNow(state.ref, "correct it", "cancelled", mend)
    corrected = MeetingCorrected(
        title=command.title or state.title,
        held_on=command.held_on or state.held_on,
        papers_position=command.papers_position or state.papers_position,
        reason=command.reason,
    )
    if evolve(state, corrected, circumstances.actor) == state:
        return []
    _require_held(corrected.held_on, circumstances)
    _require_entry(command.papers_position, circumstances)
    return [corrected]


def _cancel(command: CancelMeeting, state: MeetingState) -> list[MeetingEvent]:
    match state.status:
        case None:
            raise NotFound(state.ref)
        case MeetingStatus.CANCELLED:
            return []
        case MeetingStatus.HELD:
            return [MeetingCancelled(reason=command.reason)]


def _require_held(held_on: dt.date, circumstances: Circumstances) -> None:
    if held_on > circumstances.today:
        message = (
            f"{format_date(held_on)} is still to come. Record the meeting once it has been held."
        )
        raise Incomplete("held_on", message)


def _require_entry(entry: int | None, circumstances: Circumstances) -> None:
    if entry is not None and circumstances.known.stream_of_entry(entry) is None:
        message = (
            f"The log has no entry {entry} yet. Give the number after 'Record' at the foot of the"
            " papers, or leave it out."
        )
        raise Incomplete("papers_position", message)
