"""The read models "remarks" (each by its reference) and "remarks_of", key `<thing>/<remark>`.

What is about the board of a day is found under `board`.
"""

from __future__ import annotations

from typing import Final

from events.recorded import Recorded
from events.remark import RemarkAdded, RemarkWithdrawn
from projections.civil_days import true_on
from projections.projection import Projection, Rows, change

REMARKS: Final = Projection("remarks", version=1)
REMARKS_OF: Final = Projection("remarks_of", version=1, journal=True)

WHOLE_BOARD: Final = "board"
"""Under what remarks stand that are about the board of a day."""


@REMARKS.on(RemarkAdded)
def _added(rows: Rows, event: RemarkAdded, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "on": event.on,
            "entry": event.entry,
            "as_at": event.as_at.isoformat() if event.as_at else None,
            "words": event.words,
            "by": recorded.actor,
            "made_on": true_on(recorded),
            "status": "standing",
            "status_reason": None,
        },
    )


@REMARKS.on(RemarkWithdrawn)
def _withdrawn(rows: Rows, event: RemarkWithdrawn, recorded: Recorded) -> None:
    change(rows, recorded.stream, status="withdrawn", status_reason=event.reason)


@REMARKS_OF.on(RemarkAdded)
def _about(rows: Rows, event: RemarkAdded, recorded: Recorded) -> None:
    rows.add(f"{event.on or WHOLE_BOARD}/{recorded.stream}", {"remark": recorded.stream})
