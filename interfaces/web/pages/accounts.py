"""Signing in with an account of the configured provider, and connecting one with oneself."""

from __future__ import annotations

import datetime as dt
from typing import Final

import structlog
from fastapi import Response

from interfaces.web.pages.signing_in import begin_session, known_to, local, network_of
from interfaces.web.policies import ANYBODY, READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.connected import ConnectedAccounts
from interfaces.web.signing_in.openid import Account, AccountRefused, Journey, OpenIdProvider
from interfaces.web.signing_in.tickets import Purpose, Ticket
from interfaces.web.taking_turns import of_provider
from interfaces.web.visit import Visit, Visiting

BACK: Final = "/account/back"
_GOOD_FOR: Final = dt.timedelta(minutes=10)
_JOURNEYS: Final = (60, 15 * 60)

_log = structlog.get_logger()

pages: Final = Pages()


@pages.get("/account/sign-in", ANYBODY)
@of_provider
def leave(visit: Visiting, to: str = "/") -> Response:
    """Send somebody to the provider, to come back signed in."""
    return _send(visit, "", local(to))


@pages.get("/account/connect", READER)
@of_provider
def connect(visit: Visiting) -> Response:
    """Send who is signed in to the provider, to come back with an account that is theirs.

    No form leads there: browsers hold a form's whole way to our own pages. It changes nothing yet.
    Only our own page leads there, since somebody else's could have had them sign in at the provider
    with an account of its own first, and then sign in here as them.
    """
    if not _comes_from_ours(visit):
        return visit.go("/you")
    return _send(visit, visit.person, "/you")


@pages.post("/account/disconnect", READER)
def disconnect(visit: Visiting) -> Response:
    """Let no account sign in who is signed in any more."""
    ConnectedAccounts(visit.partnership.engine).disconnect(visit.person)
    return visit.go("/you")


@pages.get(BACK, ANYBODY)
@of_provider
def come_back(visit: Visiting) -> Response:
    """Sign in, or connect, whom the provider vouches for."""
    ticket = _journey_of(visit)
    if ticket is None:
        return _refused(visit, "That took too long, or began in another browser.")
    state, nonce, verifier, to = ticket.about.split(" ", 3)
    now = visit.partnership.clock()
    try:
        journey = Journey(state, nonce, verifier)
        account = _provider(visit).end(journey, visit.request.url.query, int(now.timestamp()))
    except AccountRefused as problem:
        _log.warning("an account was refused", reason=problem.reason)
        return _refused(visit, "Your provider did not say who you are.")
    answer = _connected(visit, account, ticket.person) if ticket.person else _in(visit, account, to)
    cookies.take_back(answer, cookies.JOURNEY)
    return answer


def _send(visit: Visit, person: str, to: str) -> Response:
    visit.house.pace.take(f"accounts {network_of(visit)}", *_JOURNEYS)
    now = visit.partnership.clock()
    try:
        url, journey = _provider(visit).begin()
    except AccountRefused as problem:
        _log.warning("the provider cannot be used", reason=problem.reason)
        return _refused(visit, "Your provider cannot be reached.")
    about = f"{journey.state} {journey.nonce} {journey.verifier} {to}"
    ticket = Ticket(Purpose.ACCOUNT, person, about, int((now + _GOOD_FOR).timestamp()))
    answer = visit.go(url)
    seconds = int(_GOOD_FOR.total_seconds())
    cookies.give(answer, cookies.JOURNEY, visit.house.signer.write(ticket), seconds)
    return answer


def _comes_from_ours(visit: Visit) -> bool:
    """Tell whether one of our pages leads here; elder browsers say so in Referer alone."""
    headers = visit.request.headers
    site, page = headers.get("sec-fetch-site"), headers.get("referer", "")
    return site == "same-origin" if site else page.startswith(f"{visit.house.address}/")


def _provider(visit: Visit) -> OpenIdProvider:
    """Return the configured provider. Raises `NothingHere` where there is none."""
    web = visit.partnership.settings.web
    if not web.oidc_issuer:
        raise NothingHere
    return OpenIdProvider(web, f"{visit.house.address}{BACK}")


def _journey_of(visit: Visit) -> Ticket | None:
    letters, now = visit.request.cookies.get(cookies.JOURNEY), visit.partnership.clock()
    ticket = visit.house.signer.read(letters, Purpose.ACCOUNT) if letters else None
    if ticket is None or letters is None or ticket.expired(now):
        return None
    return ticket if visit.house.used.use(letters, ticket.expires_at, now) else None


def _in(visit: Visit, account: Account, to: str) -> Response:
    person = ConnectedAccounts(visit.partnership.engine).person_of(account)
    if person is None or known_to(visit).standing(person) != "current":
        told = "This account is not connected with anybody here yet."
        return _refused(visit, told)
    return begin_session(visit, person, to)


def _connected(visit: Visit, account: Account, person: str) -> Response:
    # Who began to connect has to be who is signed in now: else a link could connect for another.
    if visit.session is None or visit.person != person:
        return _refused(visit, "Somebody else is signed in here now.")
    accounts = ConnectedAccounts(visit.partnership.engine)
    if not accounts.connect(account, person, visit.partnership.clock()):
        return _refused(visit, "This account is connected with somebody else already.")
    return visit.go("/you")


def _refused(visit: Visit, told: str) -> Response:
    return visit.page("account_refused.html", without_day=True, status=403, told=told)
