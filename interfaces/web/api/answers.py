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
    Advice,
    Differs,
    Entry,
    ExtensionAsked,
    Fact,
    Happened,
    Line,
    Offered,
    Remark,
    Step,
    Waits,
)


class AsAt(BaseModel):
    """As at when an answer tells, and by which of the two clocks.

    `record`: the line that names the record as it was then, None before it began. `true_on` and
    `late_entries` are there only where it was asked what was true.
    """

    record: str | None
    on: dt.date
    position: int
    clock: Literal["now", "known_at", "true_on"]
    true_on: dt.date | None = None
    late_entries: int | None = None


class TheBoard(AsAt):
    """Lines of the board; `next`: the `after` of the page that follows, None on the last.

    `counts`: of all that match, in every colour; `remarks`: those on the whole board of that day.
    """

    counts: dict[Colour, int]
    without_holder: list[str]
    warnings: list[str]
    remarks: list[Remark]
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
    advice: list[Advice]


class ItsHistory(AsAt):
    """What happened to a thing, in order; `next`: the `after` of what follows, None at the end."""

    ref: str
    events: list[Happened]
    next: int | None


class ItsCommands(BaseModel):
    """What may be done with a thing now, and the version for If-Match."""

    ref: str
    version: int
    commands: list[Offered]


class Beginnings(BaseModel):
    """What somebody may begin now; `imports`: whether they may import a document."""

    commands: list[Offered]
    imports: bool


class Remarks(AsAt):
    """The remarks of the scrutineer, the latest first, in pages."""

    remarks: list[Remark]
    next: str | None


class WhatWaits(AsAt):
    """What waits for somebody's decision, the oldest first, in pages."""

    waiting: list[Waits]
    next: str | None


class Directory(AsAt):
    """Who is who, in pages."""

    entries: list[Entry]
    next: str | None


class Changes(BaseModel):
    """What differs between the boards of two days, in pages.

    `record_from`, `record_to`: the lines that name the record as it was known at either.
    """

    since: dt.date = Field(serialization_alias="from")
    until: dt.date = Field(serialization_alias="to")
    record_from: str | None
    record_to: str | None
    differences: list[Differs]
    next: str | None


class CarriedOut(BaseModel):
    """What became of a command. `repeated`: it was stored before, and now nothing was."""

    ref: str
    version: int
    events: int
    repeated: bool
