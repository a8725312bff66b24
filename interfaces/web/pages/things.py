"""One thing: an action, a recommendation, an audit, a plan, anything that has a reference."""

from __future__ import annotations

import re
from typing import Final

from fastapi import Response

from events.identifiers import new_identifier
from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.advising import advice_on
from interfaces.evidence.bounds import MOST_FILES
from interfaces.web.files.files_shown import files_shown
from interfaces.web.offering.offers import offers_on
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.visit import Visit, Visiting
from projections.history import history
from projections.items import Item, show
from workflow.refusals import NotFound

EVIDENCE_QUOTED: Final = re.compile(r"EV[1-9][0-9]{0,9}")
"""A file as people name it; several that were handed in together have commas between them."""

RECENT: Final = 40
"""So much of a history is told at once; what is older unfolds."""

pages: Final = Pages()


@pages.get("/{ref}", READER)
def thing(visit: Visiting, ref: str, done: int = 0, kept: str = "") -> Response:
    """Show everything that is known of a thing, and what may be done with it.

    `done`, `kept`: the change, or the files, with which who asks comes back from a form.
    """
    return page_of(visit, found_ref(ref), done, kept)


@pages.get("/{audit}/{part}", READER)
def part(visit: Visiting, audit: str, part: str, done: int = 0) -> Response:
    """Show a finding or a clock of an audit."""
    return page_of(visit, found_ref(f"{audit}/{part}"), done)


def page_of(visit: Visit, ref: str, done: int, kept: str = "") -> Response:
    """Return the page of a thing. Raises `NothingHere`."""
    item = item_of(visit, ref)
    is_now = visit.moment.is_now and visit.moment.true_on is None
    return visit.page(
        "thing.html",
        item=item,
        ref=ref,
        history=list(reversed(history(visit.view, ref))),
        recent=RECENT,
        offers=offers_on(ref, visit.now, visit.circumstances) if is_now else (),
        advice=advice_on(ref, visit.view) if item.line and not item.line.ended else (),
        done=done,
        new_id=new_identifier,
        kept=[one for one in kept.split(",") if EVIDENCE_QUOTED.fullmatch(one)][:MOST_FILES],
        files=files_shown(visit, ref, is_now=is_now),
    )


def item_of(visit: Visit, ref: str) -> Item:
    """Return what is known of a thing as at the moment of a visit. Raises `NothingHere`."""
    partnership = visit.partnership
    try:
        return show(
            visit.view,
            ref,
            visit.moment.on,
            partnership.calendar,
            cadence_days=partnership.settings.board.cadence_days,
        )
    except NotFound as problem:
        raise NothingHere from problem


def found_ref(words: str) -> str:
    """Return the reference in an address. Raises `NothingHere`."""
    try:
        ref = read_ref(words)
    except UnknownReference as problem:
        raise NothingHere from problem
    if category_of(ref) == "log":
        raise NothingHere
    return ref


def path_of(ref: str) -> str:
    """Return the address of a thing's page."""
    return f"/{quoted(ref)}"
