"""The scrutineer's remarks, and making another."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.offering.beginnings import beginnings
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visiting
from projections.made_remarks import remarks_made

pages: Final = Pages()


@pages.get("/remarks", READER)
def remarks(visit: Visiting) -> Response:
    """List the remarks, the latest first."""
    found = remarks_made(visit.view, visit.names)
    return visit.page("remarks.html", remarks=found[::-1], begin=beginnings(visit, "remark"))
