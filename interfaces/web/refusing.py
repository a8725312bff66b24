"""What is answered in place of a page that cannot be shown, or to a program that is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from inspect import iscoroutinefunction
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from events.refs import UnknownReference
from interfaces.inputs import BadInput
from interfaces.web.allowed import METHOD_NOT_ALLOWED, allowed
from interfaces.web.api.problems import failed, is_for_programs, problem_of
from interfaces.web.at_work import StillAtWork
from interfaces.web.at_work_page import still_at_work
from interfaces.web.forms import BadForm
from interfaces.web.record_page import record_page
from interfaces.web.refused_requests import (
    NothingHere,
    NotSignedIn,
    NotSound,
    TooLarge,
    TooOften,
    TooSlow,
    Unreadable,
)
from interfaces.web.signed_out import signed_out
from interfaces.web.too_much import too_large, too_often
from interfaces.web.visit import visiting
from projections.board_filter import NothingCalled
from workflow.refusals import NotFound, Refusal

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
    return visiting(request).page("nothing_here.html", without_day=True, status=404)


def _no_such_page(request: Request, problem: Exception) -> Response:
    answer = _nothing_here(request, problem)
    if isinstance(problem, HTTPException) and problem.status_code == METHOD_NOT_ALLOWED:
        answer.status_code = METHOD_NOT_ALLOWED
        answer.headers.update(allowed(request, problem))
    return answer


def _not_sound(request: Request, problem: Exception) -> Response:
    return record_page(visiting(request), problem=str(problem), status=409)


def _unclear(request: Request, problem: Exception) -> Response:
    told = str(problem) if not isinstance(problem, RequestValidationError) else ""
    return visiting(request).page("unclear.html", without_day=True, status=422, told=told)


def _too_slow(_request: Request, _problem: Exception) -> Response:
    return PlainTextResponse("It did not arrive whole, so nothing was changed. Send it again.", 408)


def _broken(request: Request, _problem: Exception) -> Response:
    return visiting(request).page("broken.html", without_day=True, status=500)


_PAGES: Final[Mapping[type[Exception], Told]] = {
    NotSignedIn: signed_out,
    NothingHere: _nothing_here,
    NotFound: _nothing_here,
    NotSound: _not_sound,
    HTTPException: _no_such_page,
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
}


refusal_of_size: Final = _for_whom(too_large, problem_of)
"""Answers what is too large to be given to any route."""
