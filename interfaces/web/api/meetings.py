"""Meetings for programs: which there were, and the pack of each, or of the next one."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query
from fastapi.responses import JSONResponse, Response

from events.refs import quoted
from interfaces.web.api.as_at import At, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.meeting_answers import Meetings, ThePack
from interfaces.web.api.paging import After, Limit, paged
from interfaces.web.api.references import as_quoted
from interfaces.web.meeting_list import ListedMeeting, meetings_listed
from interfaces.web.packs import Pack, next_pack, pack_of, subgroup_named
from interfaces.web.pages.things import found_ref
from interfaces.web.visit import Visit
from projections.meeting_names import Meeting
from projections.projection import Row

MeetingRef = Annotated[str, Path(description="A meeting: M3", max_length=40, examples=["M1"])]
OfWhom = Annotated[
    str, Query(description="A subgroup, such as S2; left out, the whole board", max_length=40)
]

api: Final = Api()


@api.get("/meetings", "The meetings", Meetings)
def the_meetings(
    visit: Asking, at: At = "", true_on: TrueOn = "", after: After = "", limit: Limit = 100
) -> Response:
    """Tell the meetings, also those that were cancelled, the latest first."""
    del at, true_on  # Read by the visit.
    found = meetings_listed(visit)
    some, more = paged(found, lambda one: quoted(one.ref), as_quoted(after), limit)
    told = {"meetings": [_listed(one) for one in some], "next": more}
    return JSONResponse({**as_at(visit), **told})


@api.get("/meetings/next", "The pack of the meeting that comes next", ThePack)
def the_next_pack(
    visit: Asking, subgroup: OfWhom = "", at: At = "", true_on: TrueOn = ""
) -> Response:
    """Tell what the next meeting of the board, or of a subgroup, is to look at."""
    del at, true_on
    return JSONResponse(_pack(visit, next_pack(visit, subgroup_named(visit, subgroup))))


@api.get("/meetings/{ref}", "The pack of a meeting", ThePack)
def the_pack(visit: Asking, ref: MeetingRef, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell what a meeting looked at, as its papers had it."""
    del at, true_on
    return JSONResponse(_pack(visit, pack_of(visit, found_ref(ref))))


def _listed(one: ListedMeeting) -> Row:
    row = one.row
    return {
        "ref": quoted(one.ref),
        "title": row["title"],
        "held_on": one.held_on.isoformat(),
        "subgroup": quoted(row["subgroup"]) if row["subgroup"] else None,
        "papers_position": row["papers_position"],
        "status": row["status"],
        "reason": row["status_reason"],
    }


def _pack(visit: Visit, pack: Pack) -> Row:
    return {
        **as_at(visit, pack.moment),
        "meeting": _meeting(pack.meeting),
        "previous": _meeting(pack.previous),
        "live": [line.as_json() for _, some in pack.live for line in some],
        "done": [line.as_json() for line in pack.done],
        "asked": [one.as_json() for one in pack.asked],
        "given": [line.as_json() for line in pack.given],
        "outstanding": [line.as_json() for line in pack.outstanding],
        "decisions": [one.as_json() for one in pack.decisions],
    }


def _meeting(one: Meeting | None) -> Row | None:
    if one is None:
        return None
    subgroup = quoted(one.subgroup) if one.subgroup else None
    return {"ref": quoted(one.ref), "title": one.title, "held_on": one.held_on.isoformat()} | {
        "subgroup": subgroup
    }
