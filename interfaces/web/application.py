"""The pages put together: every route with its policy, and what is said when one is refused."""

from __future__ import annotations

import time
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from events.refs import UnknownReference
from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import mailer_of
from interfaces.cli.inputs import BadInput
from interfaces.record_files import web_secret
from interfaces.web import static_files
from interfaces.web.house import House
from interfaces.web.letters_out import Postbox
from interfaces.web.once import UsedTickets
from interfaces.web.pace import Pace
from interfaces.web.pages import (
    boards,
    commands,
    health,
    home,
    replaying,
    signing_in,
    things,
    updating,
)
from interfaces.web.policies import require_policies
from interfaces.web.protection import Protection, TooLarge
from interfaces.web.refused_requests import NothingHere, NotSignedIn, TooOften
from interfaces.web.sessions import Sessions
from interfaces.web.shown import FILTERS
from interfaces.web.signed_out import signed_out
from interfaces.web.tickets import Signer
from interfaces.web.visit import visiting
from notifications.letters import Letterhead
from projections.board_filter import NothingCalled
from projections.kept_board import KeptBoard
from projections.kept_rows import KeptRows
from workflow.refusals import NotFound

# Pages of things come last: what begins like a reference would else hide other pages.
_PAGES: Final = (
    static_files,
    health,
    signing_in,
    home,
    boards,
    replaying,
    commands,
    updating,
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
    for module in _PAGES:
        pages.router.routes.extend(module.pages.router.routes)
    require_policies(pages)
    _refuse_kindly(pages)
    return Protection(pages, house.address, is_encrypted=house.is_encrypted)


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
    environment.globals["static"] = {name: file.path for name, file in static_files.STATIC.items()}
    return environment


def _refuse_kindly(pages: FastAPI) -> None:
    pages.add_exception_handler(NotSignedIn, signed_out)
    for missing in (NothingHere, NotFound, HTTPException):
        pages.add_exception_handler(missing, _nothing_here)
    for unclear in (BadInput, NothingCalled, UnknownReference, RequestValidationError):
        pages.add_exception_handler(unclear, _unclear)
    pages.add_exception_handler(TooOften, _too_often)
    pages.add_exception_handler(TooLarge, _too_large)
    pages.add_exception_handler(Exception, _broken)


def _nothing_here(request: Request, _problem: Exception) -> Response:
    return visiting(request).page("nothing_here.html", without_day=True, status=404)


def _unclear(request: Request, problem: Exception) -> Response:
    told = str(problem) if not isinstance(problem, RequestValidationError) else ""
    return visiting(request).page("unclear.html", without_day=True, status=422, told=told)


def _too_often(_request: Request, problem: Exception) -> Response:
    wait = problem.wait_seconds if isinstance(problem, TooOften) else 60
    minutes = -(-wait // 60)
    words = f"That was asked for too often. Try again in {minutes} minutes."
    return PlainTextResponse(words, status_code=429, headers={"Retry-After": str(wait)})


def _too_large(_request: Request, _problem: Exception) -> Response:
    return PlainTextResponse("That is more than any form holds; nothing was changed.", 413)


def _broken(request: Request, _problem: Exception) -> Response:
    return visiting(request).page("broken.html", without_day=True, status=500)
