"""Sentences about meetings and remarks."""

from __future__ import annotations

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld
from events.remark import RemarkAdded, RemarkWithdrawn
from projections.sentence_parts import day
from workflow.meeting_state import MeetingEvent
from workflow.remark_state import RemarkEvent


def meeting_sentence(event: MeetingEvent, _ref: str) -> str:
    """Return what an event about a meeting says."""
    match event:
        case MeetingHeld():
            who = event.subgroup or "the board"
            return f"recorded that {who} met on {day(event.held_on)}{_papers(event)}"
        case MeetingCorrected():
            return f"corrected the meeting: held on {day(event.held_on)}{_papers(event)}"
        case MeetingCancelled():
            return "recorded that the meeting was not held"


def remark_sentence(event: RemarkEvent, _ref: str) -> str:
    """Return what an event about a remark says."""
    match event:
        case RemarkAdded():
            about = event.on or "the board"
            if event.entry is not None:
                about = f"entry {event.entry} of {about}"
            return f"remarked on {about}{f' as at {day(event.as_at)}' if event.as_at else ''}"
        case RemarkWithdrawn():
            return "withdrew the remark"


def _papers(event: MeetingHeld | MeetingCorrected) -> str:
    position = event.papers_position
    return "" if position is None else f", its papers made from entry {position}"
