"""What programs may ask of things: what is known of them, their history, who is who, what waits."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query
from fastapi.responses import JSONResponse, Response

from events.refs import order_of, quoted
from interfaces.advising import advice_as_json, advice_on
from interfaces.web.api.answers import (
    Beginnings,
    Directory,
    ItsCommands,
    ItsHistory,
    Remarks,
    Thing,
    WhatWaits,
)
from interfaces.web.api.as_at import At, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.paging import After, Limit, paged
from interfaces.web.api.references import as_quoted
from interfaces.web.offering.beginnings import beginnings, imports
from interfaces.web.offering.offers import Offer, offers_on
from interfaces.web.pages.things import found_ref, item_of
from interfaces.web.roster import roster
from projections.history import history
from projections.made_remarks import remarks_made
from projections.projection import Row
from projections.waiting import waiting
from workflow.command import registered_commands

Ref = Annotated[str, Path(description="A12, R7, AU3, P1, M3, RO4, PE9, S2, AG1", max_length=40)]

api: Final = Api()


@api.get("/things/{ref:path}/history", "What happened to a thing", ItsHistory)
def its_history(
    visit: Asking,
    ref: Ref,
    at: At = "",
    true_on: TrueOn = "",
    after: Annotated[int, Query(ge=0, description="The position of the last that you have")] = 0,
    limit: Limit = 500,
) -> Response:
    """Tell who did what with a thing, when and why."""
    del at, true_on  # Read by the visit.
    found = found_ref(ref)
    item = item_of(visit, found)
    lines = history(visit.view, found)
    some, more = paged(lines, lambda line: str(line.position), str(after or ""), limit)
    told = {"events": [line.as_json() for line in some], "next": int(more) if more else None}
    return JSONResponse({"ref": item.ref, **as_at(visit), **told})


@api.get("/things/{ref:path}/commands", "What you may do with a thing now", ItsCommands)
def its_commands(visit: Asking, ref: Ref) -> Response:
    """Tell which commands the token's person may give on a thing as it stands."""
    visit.require_present()
    found = found_ref(ref)
    item = item_of(visit, found)
    offers = offers_on(found, visit.now, visit.circumstances)
    return JSONResponse({"ref": item.ref, "version": item.version, "commands": _offered(offers)})


@api.get("/things/{ref:path}", "One thing", Thing, ETag="Its version, for If-Match")
def thing(visit: Asking, ref: Ref, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell everything that is known of a thing; its version is also the ETag, for If-Match."""
    del at, true_on
    found = found_ref(ref)
    item = item_of(visit, found)
    advice = advice_on(found, visit.view) if item.line and not item.line.ended else ()
    told = {**as_at(visit), **item.as_json(), "advice": advice_as_json(advice)}
    return JSONResponse(told, headers={"ETag": f'"{item.version}"'})


@api.get("/commands", "What you may begin", Beginnings)
def may_begin(visit: Asking) -> Response:
    """Tell with which commands the token's person may begin something, and whether they import."""
    visit.require_present()
    categories = dict.fromkeys(kind.category for kind in registered_commands() if kind.opens)
    offers = beginnings(visit, *categories)
    return JSONResponse({"commands": _offered(offers), "imports": imports(visit)})


@api.get("/waiting", "What waits for a decision", WhatWaits)
def what_waits(
    visit: Asking, at: At = "", true_on: TrueOn = "", after: After = "", limit: Limit = 500
) -> Response:
    """Tell what waits for somebody's decision, the oldest first."""
    del at, true_on
    found = waiting(visit.view, visit.moment.on, visit.partnership.calendar)
    some, more = paged(found, lambda one: f"{quoted(one.ref)} {one.decision.value}", after, limit)
    told = {"waiting": [one.as_json() for one in some], "next": more}
    return JSONResponse({**as_at(visit), **told})


@api.get("/remarks", "What the scrutineer remarked", Remarks)
def the_remarks(
    visit: Asking, at: At = "", true_on: TrueOn = "", after: After = "", limit: Limit = 100
) -> Response:
    """Tell the remarks, the latest first."""
    del at, true_on
    found = remarks_made(visit.view, visit.names)[::-1]
    some, more = paged(found, lambda one: one.ref, as_quoted(after), limit)
    remarks = [one.as_json() for one in some]
    return JSONResponse({**as_at(visit), "remarks": remarks, "next": more})


@api.get("/directory", "Roles with who holds them, people, subgroups, agencies", Directory)
def directory(
    visit: Asking, at: At = "", true_on: TrueOn = "", after: After = "", limit: Limit = 500
) -> Response:
    """Tell who is who, and of each role who acts in it and how much it leads that is not done."""
    del at, true_on
    posts = {
        post.ref: {"acting": list(post.acting), "open_items": post.open_items}
        for post in roster(visit.names, visit.board().lines).posts
    }
    rows = visit.view.all("directory")
    entries: list[Row] = [
        {"ref": quoted(ref), **rows[ref], **posts.get(quoted(ref), {})}
        for ref in sorted(rows, key=order_of)
    ]
    some, more = paged(entries, lambda entry: str(entry["ref"]), as_quoted(after), limit)
    return JSONResponse({**as_at(visit), "entries": some, "next": more})


def _offered(offers: tuple[Offer, ...]) -> list[Row]:
    return [{"command": one.path, "words": one.words, "help": one.help} for one in offers]
