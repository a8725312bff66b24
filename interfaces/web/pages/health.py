"""Whether the pages are alive, and ready: for whoever watches the machine."""

from __future__ import annotations

from typing import Final

from fastapi import Response
from fastapi.responses import PlainTextResponse

from interfaces.web.policies import ANYBODY, Pages
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/health", ANYBODY)
def health() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("alive\n")


@pages.get("/ready", ANYBODY)
def ready(visit: Visiting) -> Response:
    """Say whether the record can be read."""
    try:
        visit.partnership.log.head()
    except Exception:  # noqa: BLE001 - whatever keeps the database from answering
        return PlainTextResponse("the record cannot be read\n", status_code=503)
    return PlainTextResponse("ready\n")
