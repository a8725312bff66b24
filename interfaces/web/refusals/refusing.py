"""What is answered in place of a page that cannot be shown, or to a program that is refused."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from inspect import iscoroutinefunction
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from events.refs import UnknownReference
from interfaces.inputs import BadInput
from interfaces.web.api.problems import failed, is_for_programs, problem_of
from interfaces.web.forms import BadForm
from interfaces.web.past.at_work import StillAtWork
from interfaces.web.past.at_work_page import still_at_work
from interfaces.web.record.record_page import record_page
from interfaces.web.refusals.allowed import allowed
from interfaces.web.refusals.held import held_before
from interfaces.web.refusals.refused_requests import (
    BUSY_SECONDS,
    Busy,
    NothingHere,
    NotSignedIn,
    NotSound,
    TooLarge,
    TooOften,
    TooSlow,
    Unreadable,
)
from interfaces.web.refusals.signed_out import signed_out
from interfaces.web.refusals.too_much import too_large, too_often
from interfaces.web.visit import visiting
from projections.board_filter import NothingCalled
from workflow.refusals import NotFound, Refusal

_OPTION: Final = re.compile(r"(?<!\S)--[a-z][a-z-]*:? ")
"""What an answer is called on the command line, which a page has no use for."""

_TOO_MANY: Final = ("Too many fields", "Too many files")
"""How the library begins what it says of a form with more parts than it was told to take."""

Told = Callable[[Request, Exception], Response | Awaitable[Response]]


def refuse_kindly(pages: FastAPI) -> None:
    """Let every refusal be answered in words: as a page, or to programs as a problem."""
    for kind, page in _PAGES.items():
        pages.add_exception_handler(kind, _for_whom(page, problem_of))
    pages.add_exception_handler(Exception, _for_whom(_broken, failed))


def _for_whom(
    page: Told, problem: Callable[[Request, Exception], Response]
) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, exception: Exception) -> Response:
        if is_for_programs(request):
            return problem(request, exception)
        if iscoroutinefunction(page):
            told: Response = await page(request, exception)
            return told
        # A page asks the record who is signed in, which nobody else should wait for.
        return await run_in_threadpool(page, request, exception)  # type: ignore[arg-type]

    return answer


def _nothing_here(request: Request, _problem: Exception) -> Response:
    held = held_before(request)
    return visiting(request).page("nothing_here.html", without_day=True, status=404, held=held)


def _not_sound(request: Request, problem: Exception) -> Response:
    return record_page(visiting(request), problem=str(problem), status=409)


def _unclear(request: Request, problem: Exception) -> Response:
    told = "" if isinstance(problem, RequestValidationError) else _OPTION.sub("", str(problem))
    return visiting(request).page("unclear.html", without_day=True, status=422, told=told)


def _of_the_web(request: Request, problem: Exception) -> Response:
    """Answer what the routing, or the reading of a form, refuses by a number."""
    match problem:
        case HTTPException(status_code=405):
            words = (
                "Only a form is sent to this address, or only a page is shown at it. Nothing was"
                " changed."
            )
            answer = _refused(request, 405, "This address is not for that", words)
            answer.headers.update(allowed(request, problem))
            return answer
        case HTTPException(status_code=400) if str(problem.detail).startswith(_TOO_MANY):
            words = "More fields came than any form here has, so nothing was changed."
            return _refused(request, 413, "That is too much at once", words)
        case HTTPException(status_code=400):
            words = "What came cannot be read as one of the forms here, so nothing was recorded."
            return _refused(request, 400, "That form cannot be read", words)
        case _:
            return _nothing_here(request, problem)


def _too_slow(request: Request, _problem: Exception) -> Response:
    words = "It did not arrive whole, so nothing was changed. Please send it again."
    return _refused(request, 408, "That did not arrive", words)


def _busy(request: Request, _problem: Exception) -> Response:
    words = (
        "So many files are being handed in just now that there is no room for yours, so nothing was"
        " changed. Please try again in a minute, perhaps with fewer files at a time."
    )
    answer = _refused(request, 503, "Others are handing in files", words)
    answer.headers["Retry-After"] = str(BUSY_SECONDS)
    return answer


def _broken(request: Request, _problem: Exception) -> Response:
    words = (
        "This is our fault, not yours, and it has been noted. Nothing was stored by half. Please"
        " try again in a while; if it stays so, tell your business manager."
    )
    return _refused(request, 500, "Something went wrong", words)


def _refused(request: Request, status: int, heading: str, words: str) -> Response:
    return visiting(request).page(
        "refused.html",
        without_day=True,
        status=status,
        heading=heading,
        words=words,
        held=held_before(request),
    )


_PAGES: Final[Mapping[type[Exception], Told]] = {
    NotSignedIn: signed_out,
    NothingHere: _nothing_here,
    NotFound: _nothing_here,
    NotSound: _not_sound,
    HTTPException: _of_the_web,
    Refusal: _unclear,
    BadForm: _unclear,
    BadInput: _unclear,
    NothingCalled: _unclear,
    UnknownReference: _unclear,
    Unreadable: _unclear,
    RequestValidationError: _unclear,
    StillAtWork: still_at_work,
    TooOften: too_often,
    TooLarge: too_large,
    TooSlow: _too_slow,
    Busy: _busy,
}


refusal_of_size: Final = _for_whom(too_large, problem_of)
"""Answers what is too large to be given to any route."""
