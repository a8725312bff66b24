"""What needs you: the first page of whoever is signed in, and saying that something is not theirs.

Each item has its form in place, so that a note is one page and one button away from the email.
"""

from __future__ import annotations

from typing import Final

from fastapi import Response
from starlette.datastructures import FormData

from events.identifiers import new_identifier
from events.refs import UnknownReference, quoted, read_ref
from interfaces.web.files.attaching import bounds_of
from interfaces.web.files.sent_files import Sent
from interfaces.web.forms import BadForm
from interfaces.web.needs import needs_of
from interfaces.web.offering.offers import Offer, offers_on
from interfaces.web.offering.reports import Way, ways_on
from interfaces.web.pages.things import found_ref, item_of
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.sent_forms import SentForm, identifier_of
from interfaces.web.visit import Visit, Visiting
from workflow.refusals import Refusal

_NOT_MINE: Final = "not-mine"
_HANDING_ON: Final = ("change-leads", "readdress")

pages: Final = Pages()


@pages.get("/", READER)
def home(visit: Visiting, done: str = "", since: str = "") -> Response:
    """Show what waits for who is signed in, most urgent first.

    `done`: what was just told of; `since`: from when on a scrutineer wants to know what moved.
    """
    return visit.page(
        "home.html",
        needs=needs_of(visit, since),
        done=_known_ref(done),
        new_id=new_identifier,
        bounds=bounds_of(visit),
    )


@pages.get("/not-mine", READER)
def ask(visit: Visiting, on: str = "") -> Response:
    """Ask who should have an item instead."""
    visit.require_present()
    return _shown(visit, found_ref(on), None, "")


@pages.post("/not-mine", READER)
def tell(visit: Visiting, sent: SentForm, on: str = "") -> Response:
    """Note that an item should go to somebody else; who leads it is for others to decide."""
    ref = found_ref(on)
    way = _way(visit, ref)
    try:
        visit.partnership.ledger.execute(
            way.command(ref, sent), actor=visit.person, command_id=identifier_of(sent)
        )
    except BadForm as bad:
        return _shown(visit, ref, sent, bad.errors["whose"])
    except Refusal as refusal:
        return _shown(visit, ref, sent, str(refusal))
    return visit.go(f"/?done={quoted(ref)}#{quoted(ref)}")


def _shown(visit: Visit, ref: str, sent: FormData | None, error: str) -> Response:
    shown = Sent(sent) if sent is not None else None
    fields = _way(visit, ref).fields(visit.names, bounds_of(visit), shown, {"whose": error})
    return visit.page(
        "not_mine.html",
        status=422 if error else 200,
        item=item_of(visit, ref),
        field=fields[0],
        error=error,
        hand_on=_hand_on(visit, ref),
        command_id=_text(sent, "command_id") or new_identifier(),
    )


def _way(visit: Visit, ref: str) -> Way:
    """Return how somebody says that an item is not theirs. Raises `NothingHere`."""
    ways = ways_on(ref, visit.now, visit.circumstances)
    way = next((way for way in ways if way.name == _NOT_MINE), None)
    if way is None:
        raise NothingHere
    return way


def _hand_on(visit: Visit, ref: str) -> Offer | None:
    """Return the command with which who asks may give an item to somebody else themselves."""
    offers = offers_on(ref, visit.now, visit.circumstances)
    return next((offer for offer in offers if offer.kind.verb in _HANDING_ON), None)


def _known_ref(words: str) -> str:
    try:
        return quoted(read_ref(words))
    except UnknownReference:
        return ""


def _text(sent: FormData | None, name: str) -> str:
    value = sent.get(name) if sent is not None else None
    return value if isinstance(value, str) else ""
