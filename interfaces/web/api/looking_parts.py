"""What answers about plans, audits and replays are made of."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from events.recommendation import Colour
from interfaces.web.api.answer_parts import Happened, Line, Waits


class Priority(BaseModel):
    """A priority of a plan."""

    number: int
    title: str


class PlanTold(BaseModel):
    """A plan, for which time it is meant, and how many of its actions have each colour."""

    ref: str
    title: str
    status: str
    from_on: dt.date | None
    until_on: dt.date | None
    priorities: list[Priority]
    counts: dict[Colour, int]


class Programmed(BaseModel):
    """Something of an audit that falls on a day: reached, or due.

    `is_open`: it is due and was not done yet; `is_late`: its day has passed.
    """

    on: dt.date
    ref: str
    title: str
    words: str
    is_open: bool
    is_late: bool


class CameUp(BaseModel):
    """One time that a theme came up."""

    ref: str
    kind: Literal["audit", "recommendation"]
    title: str
    on: dt.date


class ThemeTold(BaseModel):
    """A theme, with every time that it came up, the latest first."""

    theme: str
    times: list[CameUp]


class Counted(BaseModel):
    """How many items had each colour at the end of a day."""

    on: dt.date
    counts: dict[Colour, int]


class About(BaseModel):
    """One thing of which an email tells, by which rule, and in words why it does."""

    ref: str
    rule: str
    why: str


class Emailed(BaseModel):
    """An email, and what became of it; `due_on`: the day it was for."""

    position: int
    email: str
    on: dt.date
    sentence: str
    due_on: dt.date
    about: list[About]


class Turned(BaseModel):
    """An item whose colour changed, or which came or went; `by_time`: nobody did anything.

    `before` None: it was not there, since it is `new`, or was not theirs whose items these are.
    `after` None: it is theirs no longer.
    """

    ref: str
    before: Colour | None
    after: Colour | None
    new: bool
    by_time: bool


class StepTold(BaseModel):
    """One step of a replay, to the end of the day that it reaches.

    `meeting`: the name of the one that it leads up to, if any.
    """

    number: int
    on: dt.date
    meeting: str | None
    happened: list[Happened]
    emailed: list[Emailed]
    counts_before: dict[Colour, int]
    counts_after: dict[Colour, int]
    turned: list[Turned]


class Overseen(BaseModel):
    """What whoever sees to the whole looks after. `undeliverable`: emails, by reference."""

    slipping: list[Line]
    silent: list[Line]
    unassigned: list[Line]
    undeliverable: list[str]
    undecided: list[Waits]


class WaitingErasure(BaseModel):
    """A request to erase that waits. `request`: the entry that holds it, `entry`: what it is about.

    `about`: whose entry that is, such as A12 or EV3. `may_agree`: who may be the second person,
    today.
    """

    request: int
    entry: int
    about: str
    is_file: bool
    asked_by: str
    asked_on: dt.date
    until: dt.date
    may_agree: list[str]
