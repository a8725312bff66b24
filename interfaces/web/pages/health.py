"""Whether the pages are alive, and ready: for whoever watches the machine."""

from __future__ import annotations

import hmac
from typing import Final

from fastapi import Response
from fastapi.responses import PlainTextResponse

from interfaces.web.metrics import MEDIA_TYPE
from interfaces.web.policies import ANYBODY, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/health", ANYBODY)
async def health() -> Response:
    """Say that the process answers, also while every thread is busy."""
    return PlainTextResponse("alive\n")


@pages.get("/ready", ANYBODY)
def ready(visit: Visiting) -> Response:
    """Say whether the record can be read."""
    try:
        visit.partnership.log.head()
    except Exception:  # noqa: BLE001 - whatever keeps the database from answering
        return PlainTextResponse("the record cannot be read\n", status_code=503)
    return PlainTextResponse("ready\n")


@pages.get("/metrics", ANYBODY)
def metrics(visit: Visiting) -> Response:
    """Give Prometheus its figures, where it knows the token. Raises `NothingHere`."""
    wanted = visit.partnership.settings.web.metrics_token
    given = visit.request.headers.get("authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise NothingHere
    size = visit.partnership.log.head().size
    return Response(visit.house.metrics.text(size), media_type=MEDIA_TYPE)
