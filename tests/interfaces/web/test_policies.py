"""Every route says who may use it, or nothing is served."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount, Route, WebSocketRoute

from interfaces.web.api.asking import PROGRAM
from interfaces.web.api.problems import API
from interfaces.web.policies import (
    ANYBODY,
    BEARER,
    IMPORTER,
    READER,
    Policy,
    guarded,
    policy_of,
    require_policies,
)
from interfaces.web.refusals.refused_requests import UnguardedRoute
from tests.interfaces.web.browsing import Pages


def nothing() -> None:
    """Answer nothing."""


def test_every_route_that_is_served_names_its_policy(pages: Pages) -> None:
    assert len(pages.routes) > 100
    assert all(policy_of(route) for route in pages.routes)


def test_a_route_without_a_policy_keeps_everything_from_being_served() -> None:
    application = FastAPI(openapi_url=None)
    application.add_api_route("/open", lambda: None)
    with pytest.raises(UnguardedRoute, match="/open"):
        require_policies(application)


@pytest.mark.parametrize(
    "route",
    [
        Mount("/files", StaticFiles(directory=".")),
        WebSocketRoute("/socket", nothing),
        Route("/plain", lambda _request: None),
    ],
)
def test_no_other_kind_of_route_slips_in(route: Route) -> None:
    application = FastAPI(openapi_url=None)
    application.router.routes.append(route)
    with pytest.raises(UnguardedRoute):
        require_policies(application)


def test_the_descriptions_that_the_framework_adds_by_itself_are_not_served_unnoticed() -> None:
    with pytest.raises(UnguardedRoute):
        require_policies(FastAPI())


def test_what_anybody_may_use_is_little_and_known(pages: Pages) -> None:
    paths = {
        route.path
        for route in pages.routes
        if isinstance(route, Route) and policy_of(route) is ANYBODY
    }
    assert paths <= {
        "/static/{name}",
        "/health",
        "/ready",
        "/metrics",
        "/sign-in",
        "/sign-in/{letters}",
        "/sign-out",
        "/sign-out-everywhere",
        "/calendar/{token}.ics",
        "/api/v1/openapi.json",
        "/account/sign-in",
        "/account/back",
    }


@pytest.mark.parametrize(
    ("policy", "of_these"),
    [
        (IMPORTER, {"/import", "/import/check", "/import/store", "/import/{command}"}),
        (BEARER, {"/update/{letters}"}),
    ],
)
def test_what_is_not_for_every_reader_is_little_and_known(
    pages: Pages, policy: Policy, of_these: set[str]
) -> None:
    found = [route for route in pages.routes if isinstance(route, Route)]
    assert {route.path for route in found if route.path in of_these} == of_these
    for route in found:
        assert (policy_of(route) is policy) is (route.path in of_these), route.path


def test_everything_for_programs_and_nothing_else_asks_for_a_token(pages: Pages) -> None:
    for route in pages.routes:
        assert isinstance(route, Route)
        is_for_programs = route.path.startswith(f"{API}/") and "openapi" not in route.path
        assert (policy_of(route) is PROGRAM) is is_for_programs, route.path


def test_a_policy_is_noted_by_what_answers() -> None:
    def answers() -> None:
        """Answer nothing."""

    guarded(answers, READER)
    assert policy_of(Route("/x", answers)) is READER
