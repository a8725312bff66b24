"""What programs are answered about what else the pages show, as the description tells it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from interfaces.web.api.answer_parts import Differs, Line, Waits
from interfaces.web.api.answers import AsAt
from interfaces.web.api.looking_parts import (
    Counted,
    Overseen,
    PlanTold,
    Programmed,
    StepTold,
    ThemeTold,
    WaitingErasure,
)


class Plans(AsAt):
    """The plans, current ones first."""

    plans: list[PlanTold]


class TheProgramme(AsAt):
    """The programme of a year. `due`: whatever is due and not done, of any year."""

    year: int
    due: list[Programmed]
    over_the_year: list[Programmed]
    audits: list[str]


class Themes(AsAt):
    """The themes, those that came up most often first."""

    themes: list[ThemeTold]


class Colours(AsAt):
    """How many items had each colour at the end of each month, and on the day itself."""

    months: list[Counted]


class Replayed(AsAt):
    """Some steps `of` so many, to the moment that is told.

    `next`: the `after` of those that follow, None on the last.
    """

    steps: list[StepTold]
    of: int
    next: int | None


class WhatMoved(BaseModel):
    """What changed on the board, and since when: the last visit, the last meeting, or a month."""

    since: Literal["visit", "meeting", "month"]
    on: dt.date
    changes: list[Differs]


class WhatNeedsYou(AsAt):
    """What the first page shows to the token's person.

    `reported` are theirs, and wait for somebody else to confirm that they are done. `overseen` only
    for who sees to the whole, `moved` only for a scrutineer. `erasures` wait for a second person:
    for them, or for who sees to the whole.
    """

    overdue: list[Line]
    soon: list[Line]
    crowded_out: list[Line]
    later: list[Line]
    reported: list[Waits]
    decisions: list[Waits]
    overseen: Overseen | None
    moved: WhatMoved | None
    erasures: list[WaitingErasure]
