"""The read model "meetings": each meeting, by its reference; `subgroup` None for the whole board.

`papers_position` is the number of entries that its papers were made from, where that is known.
"""

from __future__ import annotations

from typing import Final

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld
from events.recorded import Recorded
from projections.projection import Projection, Rows, change

MEETINGS: Final = Projection("meetings", version=1)


@MEETINGS.on(MeetingHeld)
def _held(rows: Rows, event: MeetingHeld, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "title": event.title,
            "held_on": event.held_on.isoformat(),
            "subgroup": event.subgroup,
            "papers_position": event.papers_position,
            "status": "held",
            "status_reason": None,
        },
    )


@MEETINGS.on(MeetingCorrected)
def _corrected(rows: Rows, event: MeetingCorrected, recorded: Recorded) -> None:
    change(
        rows,
        recorded.stream,
        title=event.title,
        held_on=event.held_on.isoformat(),
        papers_position=event.papers_position,
    )


@MEETINGS.on(MeetingCancelled)
def _cancelled(rows: Rows, event: MeetingCancelled, recorded: Recorded) -> None:
    change(rows, recorded.stream, status="cancelled", status_reason=event.reason)
