"""What is yours alone: your tokens for programs, and the secret address of your calendar."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Form, Path, Response

from interfaces.web.calendar_feed import calendar_feed
from interfaces.web.needs import lines_led_by
from interfaces.web.policies import ANYBODY, READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.signing_in.connected import ConnectedAccounts
from interfaces.web.signing_in.personal_tokens import (
    LONGEST_DAYS,
    PersonalTokens,
    Reach,
    TooManyTokens,
)
from interfaces.web.signing_in.sessions import Session
from interfaces.web.visit import Visit, Visiting

_FEED_ASKED: Final = (120, 60 * 60)
_DAYS: Final = (30, 90, LONGEST_DAYS)

_MOST: Final = 2**31
"""No number of a token is higher, since no database counts further."""

pages: Final = Pages()


@pages.get("/you", READER)
def show(visit: Visiting) -> Response:
    """Show somebody's tokens."""
    return _page(visit)


@pages.post("/you/tokens", READER)
def make(
    visit: Visiting, reach: Annotated[str, Form()] = "", days: Annotated[str, Form()] = ""
) -> Response:
    """Make a token, and show it this once."""
    kinds = {one.value: one for one in Reach}
    allowed = {str(one): one for one in _DAYS}
    if reach not in kinds or days not in allowed:
        return _page(visit, problem="Say what the token is for, and for how long.", status=422)
    tokens = PersonalTokens(visit.partnership.engine)
    try:
        token = tokens.make(visit.person, kinds[reach], allowed[days], visit.partnership.clock())
    except TooManyTokens as problem:
        return _page(visit, problem=str(problem), status=422)
    address = f"{visit.house.address}/calendar/{token}.ics" if reach == Reach.CALENDAR else ""
    return _page(visit, made=token, address=address)


@pages.post("/you/tokens/{number}/take-back", READER)
def take_back(visit: Visiting, number: Annotated[int, Path(ge=1, le=_MOST)]) -> Response:
    """End a token at once."""
    PersonalTokens(visit.partnership.engine).take_back(visit.person, number)
    return visit.go("/you")


@pages.get("/calendar/{token}.ics", ANYBODY)
def calendar(visit: Visiting, token: str) -> Response:
    """Give whoever has the secret address the deadlines of its person. Raises `NothingHere`."""
    house, now = visit.house, visit.partnership.clock()
    found = PersonalTokens(visit.partnership.engine).find(token, now)
    if found is None or found.reach is not Reach.CALENDAR:
        raise NothingHere
    # Only of what there is: whoever made addresses up would else fill the memory of who asks.
    house.pace.take(f"calendar {found.person} {found.number}", *_FEED_ASKED)
    theirs = Visit(house, visit.request, Session("", found.person))
    if not theirs.reads:
        raise NothingHere
    lines = [line for line in lines_led_by(theirs) if not line.ended]
    content = calendar_feed(lines, visit.partnership, house.address)
    return Response(content, media_type="text/calendar; charset=utf-8")


def _page(
    visit: Visit, *, made: str = "", address: str = "", problem: str = "", status: int = 200
) -> Response:
    return visit.page(
        "you.html",
        status=status,
        tokens=PersonalTokens(visit.partnership.engine).of(visit.person),
        made=made,
        address=address,
        problem=problem,
        days=_DAYS,
        provider=_provider_of(visit),
        accounts=ConnectedAccounts(visit.partnership.engine).count_of(visit.person),
    )


def _provider_of(visit: Visit) -> str:
    web = visit.partnership.settings.web
    return web.oidc_name if web.oidc_issuer else ""
