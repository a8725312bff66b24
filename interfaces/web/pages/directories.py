"""The directory: who holds which role, where there are gaps, people, subgroups and agencies."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.offering.beginnings import beginnings
from interfaces.web.policies import READER, Pages
from interfaces.web.roster import roster
from interfaces.web.seeing.seen import sees_all
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/directory", READER)
def directory(visit: Visiting) -> Response:
    """Show roles with gaps first, then people, subgroups and agencies."""
    found = roster(visit.names, visit.board().lines)
    begin = beginnings(visit, "role", "person", "subgroup", "agency")
    return visit.page("directory.html", roster=found, begin=begin, whole=sees_all(visit))
