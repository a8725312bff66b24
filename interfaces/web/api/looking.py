"""What else the pages show, for programs: from plans and audits to replay and what needs one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from fastapi import Path, Query
from fastapi.responses import JSONResponse, Response

from events.refs import quoted
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.looking_answers import (
    Colours,
    Plans,
    Reminders,
    Replayed,
    Themes,
    ThePack,
    TheProgramme,
    WhatNeedsYou,
)
from interfaces.web.api.reading import At, TrueOn
from interfaces.web.figures import months_counted
from interfaces.web.mailings import AskedOf, Mailing, mailings
from interfaces.web.needs import Moved, needs_of
from interfaces.web.packs import Pack, pack_of
from interfaces.web.pages.things import found_ref
from interfaces.web.plan_list import plans as plans_of
from interfaces.web.programme import Entry, programme
from interfaces.web.recurring import recurring
from interfaces.web.taking_turns import of_history
from interfaces.web.walks import Asked, a_year_before, walk_of
from projections.board_lines import BoardLine
from projections.meeting_names import Meeting
from projections.projection import Row
from projections.replay import Grain
from projections.waiting import Waiting

MOST_STEPS_TOLD: Final = 50
"""So many steps of a replay are told at once."""

MeetingRef = Annotated[str, Path(description="A meeting: M3", max_length=40, examples=["M1"])]
Day = Annotated[str, Query(description="A day, or a meeting such as M3")]

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
    return JSONResponse({**visit.moment.as_json(), "plans": plans})


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
            **visit.moment.as_json(),
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
    return JSONResponse({**visit.moment.as_json(), "themes": themes})


@api.get("/colours", "How many items had each colour at the end of each month", Colours)
@of_history
def the_colours(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell what the chart of colours over time is drawn from."""
    del at, true_on
    months = [{"on": one.on.isoformat(), "counts": one.counts} for one in months_counted(visit)]
    return JSONResponse({**visit.moment.as_json(), "months": months})


@api.get("/meetings/{ref}", "The pack of a meeting", ThePack)
def the_pack(visit: Asking, ref: MeetingRef, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell what a meeting looked at, as its papers had it."""
    del at, true_on
    return JSONResponse(_pack(pack_of(visit, found_ref(ref))))


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
    after: Annotated[int, Query(ge=0, description="The number of the last step you have")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_STEPS_TOLD)] = 20,
) -> Response:
    """Tell some steps of a walk; `next` is the `after` of those that follow."""
    del at
    walk = walk_of(visit, Asked(since or a_year_before(visit), until, step, audit, subgroup, lead))
    last = min(after + limit, len(walk.steps))
    numbers = range(after + 1, last + 1)
    told = [{"number": one, **walk.step(visit, one).as_json()} for one in numbers]
    more = last if last < len(walk.steps) else None
    return JSONResponse({"steps": told, "of": len(walk.steps), "next": more})


@api.get("/reminders", "The emails that were planned, and what became of them", Reminders)
def the_reminders(  # noqa: PLR0913, PLR0917 - what can be asked of them
    visit: Asking,
    person: str = "",
    item: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    at: At = "",
) -> Response:
    """Tell a page of emails, the newest first: of everybody, or one's own."""
    del at
    found = mailings(visit, AskedOf(person, item, status, since, until), page)
    counts = {fate.value: count for fate, count in found.counts.items()}
    return JSONResponse(
        {
            **visit.moment.as_json(),
            "emails": [_mailing(one) for one in found.shown],
            "counts": counts,
            "page": found.page,
            "pages": found.pages,
        }
    )


@api.get("/needs", "What needs the token's person", WhatNeedsYou)
def the_needs(
    visit: Asking,
    since: Annotated[str, Query(description="visit or meeting: since when things moved")] = "",
) -> Response:
    """Tell what their first page shows: what is overdue or due soon, decisions, what slips."""
    found = needs_of(visit, since)
    overseen = found.overseen
    return JSONResponse(
        {
            "overdue": [one.line.as_json() for one in found.overdue],
            "soon": [one.line.as_json() for one in found.soon],
            "crowded_out": _lines(found.crowded_out),
            "later": _lines(found.later),
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


def _meeting(one: Meeting | None) -> Row | None:
    if one is None:
        return None
    subgroup = quoted(one.subgroup) if one.subgroup else None
    return {"ref": quoted(one.ref), "title": one.title, "held_on": one.held_on.isoformat()} | {
        "subgroup": subgroup
    }


def _pack(pack: Pack) -> Row:
    return {
        "meeting": _meeting(pack.meeting),
        "previous": _meeting(pack.previous),
        "on": pack.on.isoformat(),
        "live": [line.as_json() for _, some in pack.live for line in some],
        "done": _lines(pack.done),
        "asked": _waiting(pack.asked),
        "given": _lines(pack.given),
        "outstanding": _lines(pack.outstanding),
        "decisions": _waiting(pack.decisions),
    }


def _mailing(one: Mailing) -> Row:
    return {
        "ref": quoted(one.email.email),
        "person": quoted(one.email.person),
        "name": one.name,
        "status": one.email.fate.value,
        "on": one.email.on.isoformat(),
        "notes": list(one.notes),
        "items": [
            {"ref": quoted(said.item), "target_on": said.target_on.isoformat()}
            | {"rule": said.rule, "role": said.role or None, "not_said": said.not_said or None}
            for said in one.items
        ],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
