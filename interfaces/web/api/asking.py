"""Who asks, for a program: a personal token in place of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from interfaces.web.api.problems import API
from interfaces.web.api.responses import Responses, answered, described, given_out
from interfaces.web.house import House
from interfaces.web.policies import Endpoint, Policy, guarded
from interfaces.web.refusals.refused_requests import NothingHere, NotSignedIn
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from interfaces.web.signing_in.sessions import Session
from interfaces.web.taking_turns import InTurn
from interfaces.web.visit import Visit
from workflow.refusals import NotAllowed

_PER_MINUTE: Final = 600
_CARRIED_OUT: Final = described(400, 401, 403, 404, 409, 413, 422, 429, 503)
_BEARER: Final = HTTPBearer(auto_error=False, description="A personal token, made at /you.")


def asking(request: Request) -> Visit:
    """Find out for whom a program asks. Raises `NotSignedIn`, `NothingHere`, `TooOften`."""
    house: House = request.app.state.house
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise NotSignedIn
    found = PersonalTokens(house.partnership.engine).find(token.strip(), house.partnership.clock())
    if found is None or found.reach is Reach.CALENDAR:
        raise NotSignedIn
    house.pace.take(f"token {found.person} {found.number}", _PER_MINUTE, 60)
    visit = Visit(house, request, Session(token, found.person))
    if not visit.reads:
        raise NothingHere
    if request.method not in {"GET", "HEAD"} and found.reach is not Reach.WRITE:
        raise NotAllowed("This token", "change anything", "a token that was made to write")
    return visit


Asking = Annotated[Visit, Depends(asking)]
"""A parameter of a route: the request as a visit of the token's person."""


def _admitted(visit: Asking) -> None:
    """Admit whoever has a token and a part in the partnership."""
    visit.person  # noqa: B018 - raises for nobody


PROGRAM: Final = Policy("program", "whoever has a personal token and a part", lambda _visit: None)


class Api:
    """Routes for programs, described in OpenAPI, each declared with its policy."""

    def __init__(self) -> None:
        self.router: Final = APIRouter(
            prefix=API, default_response_class=JSONResponse, route_class=InTurn
        )

    def get(
        self, path: str, summary: str, told: type[BaseModel], **headers: str
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers a question; it changes nothing.

        `told`: what the answer is like. `headers`: what each of its headers says.
        """
        answers = answered(told, **headers) | described(401, 404, 422, 429)
        return self._route(path, summary, "GET", answers, {})

    def file(self, path: str, summary: str, kinds: Iterable[str]) -> Callable[[Endpoint], Endpoint]:
        """Declare what gives out a file, of one of some media types."""
        answers = given_out(kinds) | described(401, 404, 422, 429)
        return self._route(path, summary, "GET", answers, {"response_class": Response})

    def make(self, path: str, summary: str, kinds: Iterable[str]) -> Callable[[Endpoint], Endpoint]:
        """Declare what makes a file out of what is asked for, and gives it out."""
        answers = given_out(kinds) | _CARRIED_OUT
        return self._route(path, summary, "POST", answers, {"response_class": Response})

    def post(
        self, path: str, summary: str, told: type[BaseModel], extra: dict[str, Any] | None = None
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what carries something out. `extra`: what its description says besides."""
        answers = answered(told) | _CARRIED_OUT
        return self._route(path, summary, "POST", answers, {"openapi_extra": extra})

    def _route(
        self, path: str, summary: str, method: str, answers: Responses, besides: dict[str, Any]
    ) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            guarded(endpoint, PROGRAM)
            self.router.add_api_route(
                path,
                endpoint,
                methods=[method],
                summary=summary,
                responses=answers,
                dependencies=[Depends(_admitted), Depends(_BEARER)],
                **besides,
            )
            return endpoint

        return declare
