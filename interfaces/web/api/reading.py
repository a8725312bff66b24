"""What programs may ask: the board, things with their history, what waits, what changed."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Path, Query
from fastapi.responses import JSONResponse, Response

from events.recommendation import Colour
from events.refs import quoted
from interfaces.moments import moment_of
from interfaces.record_foot import record_named
from interfaces.web.api.answers import (
    Changes,
    Directory,
    ItsCommands,
    ItsHistory,
    TheBoard,
    TheRecord,
    Thing,
    WhatWaits,
)
from interfaces.web.api.asking import Api, Asking
from interfaces.web.offers import offers_on
from interfaces.web.pages.things import found_ref, item_of
from interfaces.web.record_shown import record_shown
from interfaces.web.sight import seen_by
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visit
from projections.board import Board, board
from projections.board_filter import BoardFilter
from projections.differences import differences
from projections.history import history
from projections.waiting import waiting

MOST: Final = 500
"""So many lines stand on one page at most."""

Ref = Annotated[str, Path(description="A12, R7, AU3, P1, M3, RO4, PE9, S2, AG1", max_length=40)]
At = Annotated[str, Query(description="As known at the end of a day, or in a meeting's papers")]
TrueOn = Annotated[
    str, Query(alias="true-on", description="As true on a day, by what is known now or was known")
]

api: Final = Api()


@api.get("/record", "The record: its name, its size, and the day that it is", TheRecord)
def record(visit: Asking) -> Response:
    """Tell where the record stands, and how far others hold it."""
    head, found = visit.partnership.log.head(), record_shown(visit)
    return JSONResponse(
        {
            "partnership": visit.partnership.settings.partnership.name,
            "origin": head.origin,
            "size": head.size,
            "root": head.frontier.root().hex(),
            "fingerprint": found.fingerprint,
            "signed_up_to": found.signed.size if found.signed else None,
            "held": found.reach.as_json(),
            "today": visit.partnership.today.isoformat(),
            "person": quoted(visit.person),
        }
    )


@api.get("/board", "The board of a day, in pages", TheBoard)
def the_board(  # noqa: PLR0913, PLR0917 - its filters, which FastAPI names
    visit: Asking,
    plan: str = "",
    subgroup: str = "",
    lead: str = "",
    brag: Colour | None = None,
    kind: Literal["action", "recommendation"] | None = None,
    at: At = "",
    true_on: TrueOn = "",
    after: Annotated[str, Query(description="The reference of the last line that you have")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Response:
    """Tell where everything stands that matches; `next` is the `after` of the next page."""
    del at, true_on  # Read by the visit.
    filters = BoardFilter(subgroup or None, lead or None, brag, plan or None, kind)
    found = visit.board(filters)
    lines = list(found.lines)
    if after:
        ref = found_ref(after)
        place = next((number for number, line in enumerate(lines) if line.ref == ref), -1)
        lines = lines[place + 1 :]
    told = found.as_json() | {"lines": [line.as_json() for line in lines[:limit]]}
    more = lines[limit - 1].quoted if len(lines) > limit else None
    record = record_named(visit.partnership, visit.moment)
    return JSONResponse({**visit.moment.as_json(), **record, **told, "next": more})


@api.get("/things/{ref:path}/history", "What happened to a thing", ItsHistory)
def its_history(visit: Asking, ref: Ref, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell who did what with a thing, when and why."""
    del at, true_on
    found = found_ref(ref)
    item = item_of(visit, found)
    events = [line.as_json() for line in history(visit.view, found)]
    return JSONResponse({"ref": item.ref, **visit.moment.as_json(), "events": events})


@api.get("/things/{ref:path}/commands", "What you may do with a thing now", ItsCommands)
def its_commands(visit: Asking, ref: Ref) -> Response:
    """Tell which commands the token's person may give on a thing as it stands."""
    found = found_ref(ref)
    item = item_of(visit, found)
    offers = offers_on(found, visit.now, visit.circumstances)
    told = [{"command": offer.path, "words": offer.words, "help": offer.help} for offer in offers]
    return JSONResponse({"ref": item.ref, "version": item.version, "commands": told})


@api.get("/things/{ref:path}", "One thing", Thing, ETag="Its version, for If-Match")
def thing(visit: Asking, ref: Ref, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell everything that is known of a thing; its version is also the ETag, for If-Match."""
    del at, true_on
    item = item_of(visit, found_ref(ref))
    told = {**visit.moment.as_json(), **item.as_json()}
    return JSONResponse(told, headers={"ETag": f'"{item.version}"'})


@api.get("/waiting", "What waits for a decision", WhatWaits)
def what_waits(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell what waits for somebody's decision, the oldest first."""
    del at, true_on
    calendar = visit.partnership.calendar
    found = waiting(visit.view, visit.moment.on, calendar)
    return JSONResponse({**visit.moment.as_json(), "waiting": [one.as_json() for one in found]})


@api.get("/directory", "Roles with who holds them, people, subgroups, agencies", Directory)
def directory(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell who is who."""
    del at, true_on
    rows = visit.view.all("directory")
    entries = [{"ref": quoted(ref), **row} for ref, row in rows.items()]
    return JSONResponse({**visit.moment.as_json(), "entries": entries})


@api.get("/changes", "What changed on the board between two days or meetings", Changes)
@of_history
def changes(
    visit: Asking,
    since: Annotated[
        str, Query(alias="from", description="A day, or a meeting such as M3", min_length=1)
    ],
    until: Annotated[str, Query(alias="to", description="The same; left out, today")] = "",
) -> Response:
    """Tell what differs between two boards, line by line."""
    before = _board_of(visit, since, "from")
    after = _board_of(visit, until, "to") if until else visit.board_now()
    return JSONResponse(
        {
            "from": before.on.isoformat(),
            "to": after.on.isoformat(),
            "differences": [one.as_json() for one in differences(before, after)],
        }
    )


def _board_of(visit: Visit, words: str, place: str) -> Board:
    partnership = visit.partnership
    moment = moment_of(partnership, words, place, visit.now)
    view = seen_by(moment.view, visit.circumstances)
    cadence_days = partnership.settings.board.cadence_days
    return board(view, moment.on, partnership.calendar, cadence_days=cadence_days)
