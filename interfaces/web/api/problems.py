"""What is wrong with a request of a program: problem details (RFC 9457), in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from interfaces.field_errors import mend_of
from interfaces.inputs import BadInput
from interfaces.web.forms import BadForm, LooksPersonal
from interfaces.web.refusals.allowed import allowed
from interfaces.web.refusals.found_or_told import plainly
from interfaces.web.refusals.refused_requests import (
    BUSY_SECONDS,
    Busy,
    NothingHere,
    NotSignedIn,
    NotSound,
    TooLarge,
    TooOften,
    TooSlow,
)
from workflow.refusals import Conflict, NotAllowed, NotFound, Refusal

API: Final = "/api/v1"
MEDIA_TYPE: Final = "application/problem+json"


_DETAILS: Final = "urn:goldthread:personal-details"
_NOT_SOUND: Final = "urn:goldthread:not-sound"


class Problem(BaseModel):
    """What went wrong, in words for people, and the fields that have to be mended."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    fields: dict[str, str] = {}


def is_for_programs(request: Request) -> bool:
    """Tell whether a request is one of a program."""
    return is_of_programs(request.url.path)


def is_of_programs(path: str) -> bool:
    """Tell whether an address is one of those for programs."""
    return path.startswith(f"{API}/")


def problem_of(request: Request, problem: Exception) -> Response:
    """Return the answer to a request that cannot be answered."""
    match problem:
        case NotSignedIn():
            told = "Give a personal token: Authorization: Bearer TOKEN."
            return _answer(401, "Not signed in", told, headers={"WWW-Authenticate": "Bearer"})
        case NothingHere():
            return _nothing_here()
        case NotFound() if problem.field is None:
            return _nothing_here()
        case NotAllowed():
            return _answer(403, "Not allowed", str(problem))
        case Conflict():
            return _answer(409, "Changed by somebody else", str(problem))
        case NotSound():
            return _answer(409, "Not as it should be", str(problem), type_=_NOT_SOUND)
        case Refusal():
            fields = {problem.field: str(problem)} if problem.field else {}
            return _answer(422, "Refused", str(problem), fields)
        case LooksPersonal():
            told = (
                f"{problem} A program that shows this to a person and is told to go on sends"
                " 'Looked-At: yes' with the same command."
            )
            return _answer(
                422, "Looks like a child's details", told, problem.errors, type_=_DETAILS
            )
        case BadForm():
            return _answer(422, "Cannot be read", str(problem), problem.errors)
        case RequestValidationError() | ValidationError():
            fields = _fields(problem)
            return _answer(422, "Cannot be read", "; ".join(fields.values()), fields)
        case TooOften():
            wait = {"Retry-After": str(problem.wait_seconds)}
            return _answer(429, "Too often", "Wait, and try again.", headers=wait)
        case TooLarge():
            told = "That is more than any command holds, so nothing was changed."
            return _answer(413, "Too large", told)
        case TooSlow():
            told = "It did not arrive whole, so nothing was changed. Send it again."
            return _answer(408, "Too slow", told)
        case Busy():
            told = "Too many files are being handed in just now; nothing was changed. Try again."
            wait = {"Retry-After": str(BUSY_SECONDS)}
            return _answer(503, "Busy", told, headers=wait)
        case HTTPException():
            if problem.status_code == 404:  # noqa: PLR2004 - not found
                return _nothing_here()
            return _cannot_be_done(request, problem)
        case BadInput():
            told = plainly(problem)
            fields = {problem.place.removeprefix("--"): told}
            return _answer(422, "Cannot be used", told, fields)
        case _:
            return _answer(422, "Cannot be used", str(problem))


def kept_out(status: int, title: str, words: str) -> Response:
    """Return the answer to a request that is refused before anybody looks what it asks for."""
    return _answer(status, title, words)


def failed(_request: Request, _problem: Exception) -> Response:
    """Return the answer where the program itself is at fault."""
    told = "This is our fault, and it has been noted. Nothing was stored by half."
    return _answer(500, "Something went wrong", told)


def _cannot_be_done(request: Request, problem: HTTPException) -> Response:
    headers = {**(problem.headers or {}), **allowed(request, problem)}
    return _answer(problem.status_code, "Cannot be done", str(problem.detail), headers=headers)


def _nothing_here() -> Response:
    return _answer(404, "Nothing here", "There is nothing here, or it is not yours to see.")


def _answer(
    status: int,
    title: str,
    detail: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    type_: str = "about:blank",
) -> Response:
    told = Problem(type=type_, title=title, status=status, detail=detail, fields=dict(fields or {}))
    return JSONResponse(told.model_dump(), status, headers=headers, media_type=MEDIA_TYPE)


_PARTS: Final = {"body", "query", "path", "header"}
"""Of a request."""


def _fields(problem: RequestValidationError | ValidationError) -> dict[str, str]:
    told: dict[str, str] = {}
    for error in problem.errors():
        # Numbers are places in what is no JSON at all, or within a list, whose name comes first.
        place = [one for one in error["loc"] if isinstance(one, str) and one not in _PARTS]
        name = place[0] if place else "body"
        told.setdefault(name, mend_of(error, name.replace("_", " ")))
    return told
