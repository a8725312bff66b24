"""Facts about meetings of the board and its subgroups, so that a meeting names a day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from events.catalogue import Event, Text, event_type
from events.refs import SubgroupRef

PapersPosition = Annotated[int, Field(ge=1)]
"""The number of entries of the log that the papers of a meeting were made from."""


@event_type("meeting.held", own_day="held_on")
class MeetingHeld(Event):
    """The whole board met, or one of its subgroups."""

    title: Text
    held_on: dt.date
    subgroup: SubgroupRef | None = None
    papers_position: PapersPosition | None = None


@event_type("meeting.corrected", own_day="held_on")
class MeetingCorrected(Event):
    """What had been recorded of a meeting was wrong, or lacked its papers; this is how it was."""

    title: Text
    held_on: dt.date
    papers_position: PapersPosition | None = None
    reason: Text


@event_type("meeting.cancelled")
class MeetingCancelled(Event):
    """The meeting never took place, or was recorded twice."""

    reason: Text
