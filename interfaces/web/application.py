"""The pages put together: every route with its policy, and what is said when one is refused."""

from __future__ import annotations

import time
from typing import Final

from fastapi import FastAPI
from jinja2 import Environment, PackageLoader, StrictUndefined

from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import mailer_of
from interfaces.record_files import web_secret
from interfaces.web import static_files
from interfaces.web.api.all_routes import ALL_FOR_PROGRAMS
from interfaces.web.api.description import describe
from interfaces.web.files.in_hand import InHand
from interfaces.web.house import House
from interfaces.web.metrics import Metrics
from interfaces.web.pace import Pace
from interfaces.web.pages import (
    accounts,
    audits,
    boards,
    charting,
    commands,
    differing,
    directories,
    evidence,
    health,
    held_heads,
    home,
    importing,
    meetings,
    own_digests,
    plans,
    proof_packs,
    records,
    remarks,
    reminders,
    replaying,
    several,
    signing_in,
    things,
    updating,
    yours,
)
from interfaces.web.past.at_work import AtWork
from interfaces.web.past.kept_past import KeptPast
from interfaces.web.policies import require_policies
from interfaces.web.protection import Protection
from interfaces.web.refusals.refusing import refusal_of_size, refuse_kindly
from interfaces.web.shown import FILTERS, TESTS
from interfaces.web.signing_in.letters_out import Postbox
from interfaces.web.signing_in.once import UsedTickets
from interfaces.web.signing_in.sessions import Sessions
from interfaces.web.signing_in.tickets import Signer
from notifications.letters import Letterhead
from projections.kept_board import KeptBoard
from projections.kept_rows import KeptRows

# Pages of things come last: what begins like a reference would else hide other pages.
_PAGES: Final = (
    accounts,
    static_files,
    health,
    signing_in,
    home,
    boards,
    several,
    audits,
    records,
    held_heads,
    proof_packs,
    reminders,
    remarks,
    directories,
    plans,
    meetings,
    differing,
    charting,
    replaying,
    evidence,
    commands,
    importing,
    updating,
    yours,
    own_digests,
    things,
)


def house_of(partnership: Partnership, address: str) -> House:
    """Return what every page needs. `address`: where people reach the pages."""
    settings = partnership.settings
    head = Letterhead(
        settings.partnership.name, settings.mail.sender, settings.partnership.reply_to or None
    )
    return House(
        partnership,
        _templates(),
        Sessions(partnership.engine),
        UsedTickets(partnership.engine),
        Signer.of_file(web_secret(settings.files)),
        Postbox(lambda: mailer_of(settings), head),
        Pace(time.monotonic),
        KeptRows(partnership.log),
        KeptBoard(partnership.calendar, settings.board.cadence_days),
        KeptPast(),
        AtWork(time.monotonic),
        InHand(),
        Metrics(),
        address.rstrip("/"),
    )


def application(house: House) -> Protection:
    """Return the pages, ready to be served. Raises `UnguardedRoute`."""
    pages = FastAPI(
        title="Goldthread",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # It would lead to whatever host the request names.
    )
    pages.state.house = house
    describe(pages)
    for api in ALL_FOR_PROGRAMS:
        pages.router.routes.extend(api.router.routes)
    for module in _PAGES:
        pages.router.routes.extend(module.pages.router.routes)
    require_policies(pages)
    refuse_kindly(pages)
    return Protection(
        pages,
        house.address,
        house.metrics,
        is_encrypted=house.is_encrypted,
        too_large=refusal_of_size,
    )


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("interfaces.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    environment.globals["static"] = {name: file.path for name, file in static_files.STATIC.items()}
    return environment
