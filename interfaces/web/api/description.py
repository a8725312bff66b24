"""The description of the API, for programs that write programs: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request

from interfaces.web.api.problems import API, Problem
from interfaces.web.policies import ANYBODY, guarded


def describe(pages: FastAPI) -> None:
    """Add the description of the routes that are there, and the address at which it is read."""
    router = APIRouter(include_in_schema=False)

    def openapi(request: Request) -> dict[str, Any]:
        """Return the description of every route for programs."""
        application: FastAPI = request.app
        told: dict[str, Any] = application.openapi()
        schemas = told.setdefault("components", {}).setdefault("schemas", {})
        schemas.setdefault("Problem", Problem.model_json_schema())
        return told

    guarded(openapi, ANYBODY)
    router.add_api_route(f"{API}/openapi.json", openapi, methods=["GET"])
    pages.router.routes[:0] = router.routes
