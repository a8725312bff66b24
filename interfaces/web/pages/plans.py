"""The plans, and beginning one or an action of one."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from events.recommendation import Colour
from interfaces.web.offering.beginnings import beginnings, imports
from interfaces.web.plan_list import plans as plans_of
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/plans", READER)
def plans(visit: Visiting) -> Response:
    """List the plans, current ones first."""
    found = plans_of(visit.names, visit.board().lines)
    begin = beginnings(visit, "action", "plan", "recommendation", "meeting")
    return visit.page(
        "plans.html",
        plans=found,
        begin=begin,
        imports=imports(visit),
        colours=list(Colour),
    )
