"""Meetings, and the pack of each: made from the record as it stood in the papers."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from events.refs import quoted
from interfaces.web.choices import choices_of
from interfaces.web.meeting_list import meetings_listed
from interfaces.web.offering.beginnings import beginnings
from interfaces.web.offering.offers import Offer, offers_on
from interfaces.web.packs import Pack, next_pack, pack_of, subgroup_named
from interfaces.web.pages.things import found_ref
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visit, Visiting

pages: Final = Pages()


@pages.get("/meetings", READER)
def meetings(visit: Visiting) -> Response:
    """List the meetings, the latest first."""
    return visit.page(
        "meetings.html",
        meetings=[(quoted(one.ref), one.held_on, one.row) for one in meetings_listed(visit)],
        choices=choices_of(visit),
        begin=beginnings(visit, "meeting"),
    )


@pages.get("/meetings/next", READER)
def coming(visit: Visiting, subgroup: str = "") -> Response:
    """Show the pack of the meeting that comes next: since the last one, as it stands."""
    ref = subgroup_named(visit, subgroup)
    return _page(visit, next_pack(visit, ref), ref)


@pages.get("/meetings/{ref}", READER)
def pack(visit: Visiting, ref: str) -> Response:
    """Show the pack of a meeting, as its papers had it."""
    found = pack_of(visit, found_ref(ref))
    subgroup = found.meeting.subgroup if found.meeting is not None else None
    return _page(visit, found, subgroup)


def _page(visit: Visit, found: Pack, subgroup: str | None) -> Response:
    """Return the page of a pack; the line at its foot is that of the papers."""
    return visit.page(
        "pack.html",
        shows=[found.moment],
        pack=found,
        met=_met(visit, subgroup),
        offers=_offers(visit, found),
    )


def _met(visit: Visit, subgroup: str | None) -> str:
    """Say who meets."""
    return visit.names.called(subgroup) if subgroup else "the whole board"


def _offers(visit: Visit, found: Pack) -> tuple[Offer, ...]:
    is_now = visit.moment.is_now and visit.moment.true_on is None
    if found.meeting is None or not is_now:
        return ()
    return offers_on(found.meeting.ref, visit.now, visit.circumstances)
