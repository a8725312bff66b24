"""What programs are answered about meetings, as the description tells it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from interfaces.web.api.answer_parts import Line, Waits
from interfaces.web.api.answers import AsAt


class MeetingHeld(BaseModel):
    """A meeting; without a subgroup, of the whole board."""

    ref: str
    title: str
    held_on: dt.date
    subgroup: str | None


class MeetingListed(MeetingHeld):
    """A meeting of the list. `papers_position`: up to which entry its papers knew the record.

    `reason`: why it was cancelled.
    """

    papers_position: int | None
    status: Literal["held", "cancelled"]
    reason: str | None


class Meetings(AsAt):
    """The meetings, the latest first, in pages."""

    meetings: list[MeetingListed]
    next: str | None


class ThePack(AsAt):
    """What a meeting looks at. `previous`: the one before; `meeting`: None for the next one.

    `live` is open; `done` ended since the meeting before; `asked` waits for more time, and `given`
    got it since; `outstanding` is open past its date; `decisions` wait for somebody.
    """

    meeting: MeetingHeld | None
    previous: MeetingHeld | None
    live: list[Line]
    done: list[Line]
    asked: list[Waits]
    given: list[Line]
    outstanding: list[Line]
    decisions: list[Waits]
