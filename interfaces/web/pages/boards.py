"""The board: of everything, a plan, a subgroup, a lead or a colour, on any day."""

from __future__ import annotations

from itertools import groupby
from typing import Final, cast, get_args

from fastapi import Response

from events.recommendation import Colour
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visit, Visiting
from projections.board import Board
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine, Kind

pages: Final = Pages()


@pages.get("/board", READER)
def show(
    visit: Visiting,
    plan: str = "",
    subgroup: str = "",
    lead: str = "",
    brag: str = "",
    kind: str = "",
    words: str = "",
) -> Response:
    """Show where everything stands that matches the filters."""
    filters = BoardFilter(
        subgroup or None,
        lead or None,
        Colour(brag) if brag in set(Colour) else None,
        plan or None,
        cast("Kind", kind) if kind in get_args(Kind) else None,
    )
    found = board_of(visit, filters)
    lines = [line for line in found.lines if _speaks_of(line, words)]
    asked = {"plan": plan, "subgroup": subgroup, "lead": lead, "brag": brag, "kind": kind}
    return visit.page(
        "board.html",
        board=found,
        groups=[(heading, list(some)) for heading, some in groupby(lines, heading_of)],
        shown=len(lines),
        asked=asked,
        words=words,
        colours=list(Colour),
    )


def board_of(visit: Visit, filters: BoardFilter | None = None) -> Board:
    """Return the board as at the moment of a visit. Raises `NothingCalled`."""
    return visit.board(filters)


def heading_of(line: BoardLine) -> str:
    """Return under what a line stands: its plan and priority, if it has any."""
    if line.plan_title is None:
        return "Recommendations" if line.kind == "recommendation" else "Other actions"
    if line.priority is None:
        return line.plan_title
    return f"{line.plan_title}: priority {line.priority}, {line.priority_title}"


def _speaks_of(line: BoardLine, words: str) -> bool:
    told = f"{line.quoted} {line.text} {' '.join(lead.title for lead in line.leads)}".casefold()
    return all(word in told for word in words.casefold().split())
