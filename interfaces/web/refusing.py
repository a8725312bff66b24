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
from interfaces.web.protection import TooLarge
from interfaces.web.refused_requests import NothingHere, NotSignedIn, TooOften, Unreadable
from interfaces.web.signed_out import address_of, signed_out
from interfaces.web.typed_words import typed_in
from interfaces.web.visit import visiting
from projections.board_filter import NothingCalled
from workflow.refusals import NotFound, Refusal

_OPTION: Final = re.compile(r"(?<!\S)--[a-z][a-z-]*:? ")
"""What an answer is called on the command line, which a page has no use for."""

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
    typed = typed_in(request)
    return visiting(request).page("nothing_here.html", without_day=True, status=404, typed=typed)


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
            answer.headers.update(problem.headers or {})
            return answer
        case HTTPException(status_code=400):
            words = "What came cannot be read as one of the forms here, so nothing was recorded."
            return _refused(request, 400, "That form cannot be read", words)
        case _:
            return _nothing_here(request, problem)


def _too_often(request: Request, problem: Exception) -> Response:
    wait = problem.wait_seconds if isinstance(problem, TooOften) else 60
    minutes = -(-wait // 60)
    words = (
        "That was asked for more often than is allowed, so nothing was done this time. Please try"
        f" again in {minutes} minute{'s' if minutes > 1 else ''}."
    )
    answer = _refused(request, 429, "Too often for now", words)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _too_large(request: Request, _problem: Exception) -> Response:
    words = "That is more than any form here holds, so nothing was recorded. Please send less."
    return _refused(request, 413, "That is too much at once", words)


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
        typed=typed_in(request),
        to=address_of(request),
    )


_PAGES: Final[Mapping[type[Exception], Told]] = {
    NotSignedIn: signed_out,
    NothingHere: _nothing_here,
    NotFound: _nothing_here,
    HTTPException: _of_the_web,
    Refusal: _unclear,
    BadForm: _unclear,
    BadInput: _unclear,
    NothingCalled: _unclear,
    UnknownReference: _unclear,
    Unreadable: _unclear,
    RequestValidationError: _unclear,
    TooOften: _too_often,
    TooLarge: _too_large,
}
