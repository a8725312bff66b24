"""What programs are answered, as the description of the API tells it.

Nothing is made of these models and no answer is held against them while it is given: they describe,
and the tests ask until they find an answer that is not as it is described here.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from events.recommendation import Colour
from interfaces.web.api.answer_parts import (
    Differs,
    Entry,
    ExtensionAsked,
    Fact,
    Happened,
    Held,
    Line,
    Offered,
    Step,
    Waits,
)


class TheRecord(BaseModel):
    """The record: how many entries it has, and the root of their Merkle tree.

    `signed_up_to`: how many of them the last head counts that was signed here.
    """

    partnership: str
    origin: str
    size: int
    root: str = Field(pattern="^[0-9a-f]{64}$")
    fingerprint: str
    signed_up_to: int | None
    held: Held
    today: dt.date
    person: str


class AsAt(BaseModel):
    """As at when an answer tells, and by which of the two clocks.

    `true_on` and `late_entries` are there only where it was asked what was true.
    """

    on: dt.date
    position: int
    clock: Literal["now", "known_at", "true_on"]
    true_on: dt.date | None = None
    late_entries: int | None = None


class TheBoard(AsAt):
    """Lines of the board; `next`: the `after` of the page that follows, None on the last.

    `record`: the line that names the record as the board shows it, None before it began.
    """

    record: str | None
    counts: dict[Colour, int]
    without_holder: list[str]
    warnings: list[str]
    lines: list[Line]
    next: str | None


class Thing(AsAt):
    """Everything that is known of a thing. What it has none of is empty, or None."""

    ref: str
    kind: str
    title: str
    status: str
    version: int
    line: Line | None
    facts: list[Fact]
    extensions: list[ExtensionAsked]
    thread: list[Step]
    actions: list[Line]


class ItsHistory(AsAt):
    """What happened to a thing, in order."""

    ref: str
    events: list[Happened]


class ItsCommands(BaseModel):
    """What may be done with a thing now, and the version for If-Match."""

    ref: str
    version: int
    commands: list[Offered]


class WhatWaits(AsAt):
    """What waits for somebody's decision, the oldest first."""

    waiting: list[Waits]


class Directory(AsAt):
    """Who is who."""

    entries: list[Entry]


class Changes(BaseModel):
    """What differs between the boards of two days."""

    since: dt.date = Field(serialization_alias="from")
    until: dt.date = Field(serialization_alias="to")
    differences: list[Differs]


class CarriedOut(BaseModel):
    """What became of a command. `repeated`: it was stored before, and now nothing was."""

    ref: str
    version: int
    events: int
    repeated: bool
