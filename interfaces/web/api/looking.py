"""What else the pages show, for programs: from plans and audits to replay and what needs one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from fastapi import Query
from fastapi.responses import JSONResponse, Response

from events.refs import quoted
from interfaces.web.api.as_at import At, Day, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.looking_answers import (
    Colours,
    Plans,
    Replayed,
    Themes,
    TheProgramme,
    WhatNeedsYou,
)
from interfaces.web.figures import months_counted
from interfaces.web.needs import Moved, needs_of
from interfaces.web.past.walks import Asked, a_year_before, walk_of
from interfaces.web.plan_list import plans as plans_of
from interfaces.web.programme import Entry, programme
from interfaces.web.recurring import recurring
from interfaces.web.taking_turns import of_history
from projections.board_lines import BoardLine
from projections.projection import Row
from projections.replay import Grain
from projections.waiting import Waiting

MOST_STEPS_TOLD: Final = 50
"""So many steps of a replay are told at once."""


api: Final = Api()


@api.get("/plans", "The plans, with what became of their actions", Plans)
def the_plans(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell the plans, current ones first."""
    del at, true_on  # Read by the visit.
    found = plans_of(visit.names, visit.board().lines)
    plans = [
        {
            "ref": one.ref,
            "title": one.title,
            "status": one.status,
            "from_on": _iso(one.from_on),
            "until_on": _iso(one.until_on),
            "priorities": [{"number": number, "title": title} for number, title in one.priorities],
            "counts": {colour.value: count for colour, count in one.counts.items()},
        }
        for one in found
    ]
    return JSONResponse({**as_at(visit), "plans": plans})


@api.get("/programme", "The audit programme of a year", TheProgramme)
def the_programme(
    visit: Asking,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    at: At = "",
    true_on: TrueOn = "",
) -> Response:
    """Tell what each audit reached or is to reach in a year, and what of it is due."""
    del at, true_on
    found = programme(visit.view, visit.names, year, by_quarter=False)
    return JSONResponse(
        {
            **as_at(visit),
            "year": found.year,
            "due": _entries(found.due),
            "over_the_year": [one for _, some in found.parts for one in _entries(some)],
            "audits": [quoted(one.ref) for one in found.audits],
        }
    )


@api.get("/themes", "Themes, and how often each came up where", Themes)
def the_themes(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell the themes, those that came up most often first."""
    del at, true_on
    themes = [
        {
            "theme": one.theme,
            "times": [
                {"ref": time.ref, "kind": time.kind, "title": time.title}
                | {"on": time.on.isoformat()}
                for time in one.times
            ],
        }
        for one in recurring(visit.moment.view.all("themes"), visit.view)
    ]
    return JSONResponse({**as_at(visit), "themes": themes})


@api.get("/colours", "How many items had each colour at the end of each month", Colours)
@of_history
def the_colours(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell what the chart of colours over time is drawn from."""
    del at, true_on
    months = [{"on": one.on.isoformat(), "counts": one.counts} for one in months_counted(visit)]
    return JSONResponse({**as_at(visit), "months": months})


@api.get("/replay", "What happened step by step, and what it did to the colours", Replayed)
@of_history
def the_replay(  # noqa: PLR0913, PLR0917 - what can be asked of a walk
    visit: Asking,
    since: Annotated[Day, Query(alias="from")] = "",
    until: Annotated[Day, Query(alias="to")] = "",
    step: Grain = Grain.DAY,
    audit: str = "",
    subgroup: str = "",
    lead: str = "",
    at: At = "",
    true_on: TrueOn = "",
    after: Annotated[int, Query(ge=0, description="The number of the last step you have")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_STEPS_TOLD)] = 20,
) -> Response:
    """Tell some steps of a walk; `next` is the `after` of those that follow."""
    del at, true_on
    walk = walk_of(visit, Asked(since or a_year_before(visit), until, step, audit, subgroup, lead))
    last = min(after + limit, len(walk.steps))
    numbers = range(after + 1, last + 1)
    told = [{"number": one, **walk.step(visit, one).as_json()} for one in numbers]
    more = last if last < len(walk.steps) else None
    steps = {"steps": told, "of": len(walk.steps), "next": more}
    return JSONResponse({**as_at(visit, walk.last), **steps})


@api.get("/needs", "What needs the token's person", WhatNeedsYou)
def the_needs(
    visit: Asking,
    since: Annotated[str, Query(description="visit or meeting: since when things moved")] = "",
) -> Response:
    """Tell what their first page shows: what is overdue or due soon, decisions, what slips."""
    visit.require_present()
    found = needs_of(visit, since)
    overseen = found.overseen
    return JSONResponse(
        {
            **as_at(visit),
            "overdue": [one.line.as_json() for one in found.overdue],
            "soon": [one.line.as_json() for one in found.soon],
            "crowded_out": _lines(found.crowded_out),
            "later": _lines(found.later),
            "reported": _waiting(found.reported),
            "decisions": _waiting(found.decisions),
            "overseen": {
                "slipping": _lines(overseen.slipping),
                "silent": _lines(overseen.silent),
                "unassigned": _lines(overseen.unassigned),
                "undeliverable": [quoted(one.email) for one in overseen.undeliverable],
                "undecided": _waiting(overseen.undecided),
            }
            if overseen
            else None,
            "moved": _moved(found.moved) if found.moved else None,
            "erasures": [one.as_json() for one in found.erasures],
        }
    )


def _lines(lines: Iterable[BoardLine]) -> list[Row]:
    return [line.as_json() for line in lines]


def _waiting(found: Iterable[Waiting]) -> list[Row]:
    return [one.as_json() for one in found]


def _entries(entries: Sequence[Entry]) -> list[Row]:
    return [
        {
            "on": one.on.isoformat(),
            "ref": quoted(one.ref),
            "title": one.title,
            "words": one.words,
            "is_open": one.is_open,
            "is_late": one.is_late,
        }
        for one in entries
    ]


def _moved(found: Moved) -> Row:
    return {
        "since": found.since.name,
        "on": found.since.on.isoformat(),
        "changes": [one.as_json() for one in found.changes],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
