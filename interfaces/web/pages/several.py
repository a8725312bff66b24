"""Changing several items at once: a note in one step, whatever else in two.

What was chosen on the board is shown once more beside the form of what is to be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query, Response
from starlette.datastructures import FormData

from events.refs import quoted
from interfaces.web.board_asked import LINES_AT_MOST, asked_in
from interfaces.web.pages.boards import board_page
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.sent_forms import SentForm
from interfaces.web.several.chosen import found_among
from interfaces.web.several.desk import SeveralDesk, board_query, line_of, listed
from interfaces.web.several.joint_offers import NOTE, JointOffer, joint_offer_at
from interfaces.web.visit import Visit, Visiting

_NONE_CHOSEN: Final = "Choose the items that it is about: each has a box beside it."
_NOTHING_TO_DO: Final = "Choose what is to be done with them."
_LONGEST_VERSION: Final = 9
"""A number of more digits is no change's."""

pages: Final = Pages()


@pages.post("/board/several", READER)
def tell(visit: Visiting, sent: SentForm) -> Response:
    """Note the same on each item that was chosen, and say of each what came of it."""
    visit.require_present()
    chosen = listed(sent, "on")
    if not chosen:
        return _board_again(visit, sent, {"choose": _NONE_CHOSEN})
    return SeveralDesk(visit, NOTE, chosen, sent).give(None)


@pages.post("/board/several/ask", READER)
def choose(visit: Visiting, sent: SentForm) -> Response:
    """Lead to the form of what is to be done with what was chosen."""
    visit.require_present()
    chosen, offer = listed(sent, "on"), joint_offer_at(line_of(sent, "what"))
    missing = {} if chosen else {"choose": _NONE_CHOSEN}
    if offer is None:
        missing["what"] = _NOTHING_TO_DO
    if missing or offer is None:
        return _board_again(visit, sent, missing)
    if line_of(sent, "note").strip():
        # What was typed already stands in the form, and not in an address.
        return SeveralDesk(visit, offer, chosen, sent).ask()
    asked = [("on", one) for one in chosen] + [("back", board_query(sent))]
    return visit.go(f"/board/several/{offer.path}?{urlencode(asked)}")


@pages.get("/board/several/{category}/{verb}", READER)
def ask(
    visit: Visiting,
    category: str,
    verb: str,
    on: Annotated[tuple[str, ...], Query()] = (),
    back: str = "",
) -> Response:
    """Show the form of what is to be done, with the items that were chosen."""
    visit.require_present()
    offer = _offer_at(category, verb)
    if not on:
        return board_page(visit, asked_in(back), problems={"choose": _NONE_CHOSEN})
    return SeveralDesk(visit, offer, on[:LINES_AT_MOST], FormData([("back", back)])).ask()


@pages.post("/board/several/{category}/{verb}", READER)
def give(visit: Visiting, category: str, verb: str, sent: SentForm) -> Response:
    """Do it with each item that is ticked, and say of each what came of it."""
    visit.require_present()
    versions = dict(map(_version, listed(sent, "shown")))
    chosen = [*versions, *listed(sent, "on")]
    return SeveralDesk(visit, _offer_at(category, verb), chosen, sent).give(versions)


def _board_again(visit: Visit, sent: FormData, problems: Mapping[str, str]) -> Response:
    """Show the board once more, with what was chosen and typed, and what is missing."""
    picked, _ = found_among(visit.now, listed(sent, "on"))
    return board_page(
        visit,
        asked_in(board_query(sent)),
        problems=problems,
        picked=[quoted(ref) for ref in picked],
        note=line_of(sent, "note"),
        doing=line_of(sent, "what"),
    )


def _offer_at(category: str, verb: str) -> JointOffer:
    offer = joint_offer_at(f"{category}/{verb}")
    if offer is None:
        raise NothingHere
    return offer


def _version(shown: str) -> tuple[str, int]:
    """Read with which change an item was shown, such as "A3 7"; 0 where that is not told."""
    words, _, number = shown.rpartition(" ")
    is_whole = number.isascii() and number.isdigit() and len(number) <= _LONGEST_VERSION
    return (words, int(number)) if words and is_whole else (shown, 0)
