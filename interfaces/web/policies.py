"""Who may use a route. Each names its policy when it is declared; without one nothing is served.

A policy decides whether somebody gets in at all. What they see there is decided by their sight,
and what they may change by the workflow's own table, at each request anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

from interfaces.importing.permitted import may_import
from interfaces.web.refusals.refused_requests import NothingHere, UnguardedRoute
from interfaces.web.taking_turns import InTurn
from interfaces.web.visit import Visit, Visiting


@dataclass(frozen=True, slots=True)
class Policy:
    """Who gets in. `words` describe them; `admits` raises for everybody else."""

    name: str
    words: str
    admits: Callable[[Visit], None]

    def __call__(self, visit: Visiting) -> None:
        """Hold a request against the policy, as a dependency of its route."""
        self.admits(visit)


def _anybody(_visit: Visit) -> None:
    """Admit everybody."""


def _reader(visit: Visit) -> None:
    """Admit who has a part in the partnership. Raises `NotSignedIn`, `NothingHere`."""
    if not (visit.person and visit.reads):
        raise NothingHere


def _importer(visit: Visit) -> None:
    """Admit who may give every command of an import. Raises `NotSignedIn`, `NothingHere`."""
    _reader(visit)
    if not may_import(visit.circumstances):
        raise NothingHere


ANYBODY: Final = Policy("anybody", "everybody, signed in or not", _anybody)
BEARER: Final = Policy("bearer", "whoever holds a link of a reminder", _anybody)
READER: Final = Policy("reader", "whoever is signed in and has a part in the partnership", _reader)
IMPORTER: Final = Policy("importer", "whoever may give every command of an import", _importer)

Endpoint = Callable[..., Any]

_guarded: Final[dict[Endpoint, Policy]] = {}


class Pages:
    """Routes of pages, each declared with its policy."""

    def __init__(self) -> None:
        self.router: Final = APIRouter(
            include_in_schema=False, default_response_class=HTMLResponse, route_class=InTurn
        )

    def get(self, path: str, policy: Policy) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers a page that is looked at; it changes nothing."""
        return self._route(path, policy, ["GET", "HEAD"])

    def post(self, path: str, policy: Policy) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers a form that was sent."""
        return self._route(path, policy, ["POST"])

    def _route(
        self, path: str, policy: Policy, methods: list[str]
    ) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            guarded(endpoint, policy)
            # Whom nobody is turned away from, no thread has to look at.
            held = [] if policy.admits is _anybody else [Depends(policy)]
            self.router.add_api_route(
                path, endpoint, methods=methods, dependencies=held, response_model=None
            )
            return endpoint

        return declare


def guarded(endpoint: Endpoint, policy: Policy) -> None:
    """Note the policy of what answers a route."""
    _guarded[endpoint] = policy


def policy_of(route: BaseRoute) -> Policy | None:
    """Return the policy of a route, None where it declares none."""
    return _guarded.get(route.endpoint) if isinstance(route, Route) else None


def require_policies(application: FastAPI) -> None:
    """Check every route before anything is served. Raises `UnguardedRoute`."""
    for route in application.routes:
        if policy_of(route) is None:
            raise UnguardedRoute(getattr(route, "path", repr(route)))
