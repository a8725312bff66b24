"""The addresses of every page, found from the routes, with an example of each thing."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from interfaces.web.application import _PAGES
from interfaces.web.policies import IMPORTER, READER, policy_of

_NO_PAGES: Final = {"/board.csv", "/not-mine"}
_EXAMPLES: Final = (
    "/board?sort=-date&several=yes",
    "/board?at=2024-12-31&brag=green",
    "/board?words=nothing-is-called-so",
    "/A5",
    "/A3?at=2024-12-31",
    "/R1",
    "/AU1",
    "/AU1/F2",
    "/P1",
    "/PE2",
    "/RO2",
    "/S1",
    "/AG1",
    "/E95",
    "/not-mine?on=A5",
    "/do/action/note-progress?on=A5",
    "/do/extension/request?on=A9",
    "/do/action/create",
    "/board/several/action/submit?on=A5&on=A9&on=R1&on=A99",
    "/nothing-of-this-name",
)


def every_path() -> tuple[str, ...]:
    """Return a path for every kind of page that a manager may open."""
    found = {
        route.path
        for module in _PAGES
        for route in module.pages.router.routes
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and policy_of(route) in {READER, IMPORTER}
    }
    fixed = {path for path in found if "{" not in path and path not in _NO_PAGES}
    return (*sorted(fixed), *_EXAMPLES)
