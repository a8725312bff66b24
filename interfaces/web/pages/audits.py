"""The audit programme over the year, and the themes that come up again."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.offering.beginnings import beginnings, imports
from interfaces.web.policies import READER, Pages
from interfaces.web.programme import programme
from interfaces.web.recurring import recurring
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/audits", READER)
def audits(visit: Visiting, year: int | None = None, by: str = "quarter") -> Response:
    """Show what each audit of a year reached, and what of it is due."""
    by_quarter = by != "month"
    found = programme(visit.view, visit.names, year, by_quarter=by_quarter)
    begin = beginnings(visit, "audit", "recommendation")
    return visit.page(
        "audits.html",
        programme=found,
        by_quarter=by_quarter,
        begin=begin,
        imports=imports(visit),
    )


@pages.get("/themes", READER)
def themes(visit: Visiting) -> Response:
    """Show how often each theme came up, and where."""
    # The rows say which things stand under a theme; those that the visitor may see are told.
    found = recurring(visit.moment.view.all("themes"), visit.view)
    return visit.page("themes.html", themes=found)
