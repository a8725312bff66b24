"""What decisions need to know of a meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld

MeetingEvent: TypeAlias = MeetingHeld | MeetingCorrected | MeetingCancelled


class MeetingStatus(StrEnum):
    """Whether a meeting took place."""

    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A meeting; its status is None before it was recorded."""

    ref: str
    status: MeetingStatus | None = None
    title: str = ""
    held_on: dt.date = dt.date.min
    papers_position: int | None = None


def evolve(state: MeetingState, event: MeetingEvent, actor: str) -> MeetingState:
    """Return the meeting after one more event."""
    del actor
    match event:
        case MeetingHeld() | MeetingCorrected():
            return replace(
                state,
                status=MeetingStatus.HELD,
                title=event.title,
                held_on=event.held_on,
                papers_position=event.papers_position,
            )
        case MeetingCancelled():
            return replace(state, status=MeetingStatus.CANCELLED)
