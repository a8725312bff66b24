"""Signing in by an emailed link, and out again.

A link works once, for a quarter of an hour, in the browser that asked for it. Looking at it changes
nothing, since mail scanners follow links: the button on its page does. Whoever asks gets the same
answer, whether the address is known or not.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Form, Response

from interfaces.web import pace
from interfaces.web.policies import ANYBODY, Pages
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.letters_out import Invitation
from interfaces.web.signing_in.sessions import LASTS_AT_MOST
from interfaces.web.signing_in.tickets import Purpose, Ticket, fingerprint, new_token
from interfaces.web.visit import Visit, Visiting
from projections.known import KnownFrom
from workflow.circumstances import Known
from workflow.directory_names import folded

GOOD_FOR: Final = dt.timedelta(minutes=15)
"""How long a link works."""

ANY_BROWSER: Final = ""
"""What stands in a link for the browser that asked, where it was written on this machine itself."""

_PER_ADDRESS: Final = (20, 15 * 60)
"""So often all together, since nobody is to fill somebody's mailbox."""

_PER_ADDRESS_FROM_ONE_NETWORK: Final = (5, 15 * 60)
"""So seldom from one place, since nobody is to keep somebody else from asking."""

_PER_NETWORK: Final = (30, 15 * 60)
_TRIES: Final = (30, 15 * 60)
_BROWSER_SECONDS: Final = 60 * 60
_LONGEST_ADDRESS: Final = 254

_OUT: Final = {
    "here": "You are signed out on this device.",
    "everywhere": "You are signed out everywhere. Every device asks for a new link.",
}
"""What is said to who has just signed out."""

pages: Final = Pages()


@pages.get("/sign-in", ANYBODY)
def ask(visit: Visiting, to: str = "/", out: str = "") -> Response:
    """Show the form that asks for a link. `out`: from where somebody has just signed out."""
    return _form(visit, to, out=out)


@pages.post("/sign-in", ANYBODY)
def send(
    visit: Visiting,
    address: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "/",
) -> Response:
    """Send a link, if the address is somebody's; say the same in any case. Raises `TooOften`."""
    written = address.strip()
    if "@" not in written or len(written) > _LONGEST_ADDRESS:
        told = "Write your email address, such as name@example.org."
        return _form(visit, to, told, written, status=422)
    # As it is looked up: else blanks in it, say, would be a new beginning.
    _hold_back(visit, folded(written))
    browser = visit.request.cookies.get(cookies.BROWSER) or new_token()
    # Elsewhere, so that the answer takes as long whether anybody is known by the address or not.
    visit.house.post.post(lambda: _invitation(visit, written, fingerprint(browser), local(to)))
    answer = visit.page("sign_in_sent.html", without_day=True, address=written)
    cookies.give(answer, cookies.BROWSER, browser, _BROWSER_SECONDS)
    return answer


@pages.get("/sign-in/{letters}", ANYBODY)
def look(visit: Visiting, letters: str, to: str = "/") -> Response:
    """Show the button that signs in; looking at it changes nothing."""
    return visit.page("sign_in_button.html", without_day=True, letters=letters, to=local(to))


@pages.post("/sign-in/{letters}", ANYBODY)
def sign_in(visit: Visiting, letters: str, to: Annotated[str, Form()] = "/") -> Response:
    """Sign in whoever the link was sent to, once."""
    visit.house.pace.take(f"links from {network_of(visit)}", *_TRIES)
    ticket = _good_ticket(visit, letters)
    if ticket is None:
        return visit.page("sign_in_again.html", without_day=True, status=403, to=local(to))
    answer = begin_session(visit, ticket.person, local(to))
    cookies.take_back(answer, cookies.BROWSER)
    return answer


def begin_session(visit: Visit, person: str, to: str) -> Response:
    """Sign somebody in, in place of whoever was signed in here, and send them to a page."""
    now = visit.partnership.clock()
    if visit.session is not None:
        visit.house.sessions.forget(visit.session)
    session = visit.house.sessions.begin(person, now)
    answer = visit.go(to)
    cookies.give(answer, cookies.SESSION, session.token, int(LASTS_AT_MOST.total_seconds()))
    return answer


@pages.post("/sign-out", ANYBODY)
def sign_out(visit: Visiting) -> Response:
    """Sign out of this browser."""
    if visit.session is not None:
        visit.house.sessions.end(visit.session, visit.partnership.clock())
    return _signed_out(visit, "here")


@pages.post("/sign-out-everywhere", ANYBODY)
def sign_out_everywhere(visit: Visiting) -> Response:
    """Sign out of every browser."""
    if visit.session is not None:
        visit.house.sessions.end_all_of(visit.session.person, visit.partnership.clock())
    return _signed_out(visit, "everywhere")


def local(to: str) -> str:
    """Return a path of ours, the first page where an address leads anywhere else."""
    is_ours = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_ours else "/"


def sign_in_link(address: str, letters: str, to: str = "/") -> str:
    """Return the address of a link that signs in."""
    query = f"?{urlencode({'to': to})}" if to != "/" else ""
    return f"{address}/sign-in/{letters}{query}"


def network_of(visit: Visit) -> str:
    """Return from where somebody asks, as far as limits go."""
    client = visit.request.client
    return pace.network_of(client.host if client else None)


def _form(
    visit: Visit,
    to: str,
    error: str = "",
    address: str = "",
    status: int = 200,
    *,
    out: str = "",
) -> Response:
    return visit.page(
        "sign_in.html",
        without_day=True,
        status=status,
        to=local(to),
        error=error,
        address=address,
        out=_OUT.get(out, ""),
    )


def _hold_back(visit: Visit, address: str) -> None:
    """Keep anybody from asking for links too often. Raises `TooOften`."""
    network, limits = network_of(visit), visit.house.pace
    limits.take(f"sign-in from {network}", *_PER_NETWORK)
    limits.take(f"sign-in of {address} from {network}", *_PER_ADDRESS_FROM_ONE_NETWORK)
    limits.take(f"sign-in of {address}", *_PER_ADDRESS)


def _invitation(visit: Visit, address: str, browser: str, to: str) -> Invitation | None:
    house, view = visit.house, visit.partnership.view()
    known = known_to(visit)
    person = known.holder_of_address(address)
    if person is None or known.standing(person) != "current":
        return None
    now = visit.partnership.clock()
    until = now + GOOD_FOR
    ticket = Ticket(Purpose.SIGN_IN, person, browser, int(until.timestamp()))
    row = view.get("directory", person) or {}
    link = sign_in_link(house.address, house.signer.write(ticket), to)
    # To the address as the directory has it, which may be written another way than it was typed.
    return Invitation(row["name"], row["email"], link, now, until)


def _good_ticket(visit: Visit, letters: str) -> Ticket | None:
    """Use a ticket, and return it; None if it is not one, or not any more, or not here."""
    house, now = visit.house, visit.partnership.clock()
    ticket = house.signer.read(letters, Purpose.SIGN_IN)
    if ticket is None or ticket.expired(now):
        return None
    browser = visit.request.cookies.get(cookies.BROWSER)
    here = fingerprint(browser) if browser else None
    if ticket.about not in {ANY_BROWSER, here}:
        return None
    if known_to(visit).standing(ticket.person) != "current":
        return None
    return ticket if house.used.use(letters, ticket.expires_at, now) else None


def known_to(visit: Visit) -> Known:
    """Return what is known of people at this moment, whoever asks."""
    view = visit.partnership.view()
    return KnownFrom(view.get, visit.partnership.today, view.all)


def _signed_out(visit: Visit, out: str) -> Response:
    answer = visit.go(f"/sign-in?out={out}")
    cookies.take_back(answer, cookies.SESSION)
    return answer
