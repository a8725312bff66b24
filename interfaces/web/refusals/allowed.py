"""By which methods one may ask at an address, for whoever asked by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

METHOD_NOT_ALLOWED: Final = 405


def allowed(request: Request, problem: HTTPException) -> Mapping[str, str]:
    """Return the header that tells the methods of every route of an address; else nothing.

    The routing names those of the first route alone; where an address has several, each has some.
    """
    if problem.status_code != METHOD_NOT_ALLOWED:
        return {}
    routes = (one for one in request.app.routes if isinstance(one, Route))
    found = (one for one in routes if one.matches(request.scope)[0] is not Match.NONE)
    methods = {name for one in found for name in one.methods or ()}
    return {"Allow": ", ".join(sorted(methods))}
