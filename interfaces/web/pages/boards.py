"""The board: of everything, a plan, a subgroup, a lead or a colour, on any day.

It is sorted by links, comes in pages, can be had as a file, and lets several items be chosen that
are to be changed at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Final

from fastapi import Response

from events.identifiers import new_identifier
from events.recommendation import Colour
from interfaces.web.board_asked import LINES_AT_MOST, Asked, Asking, found_on_board
from interfaces.web.board_file import board_download
from interfaces.web.choices import choices_of
from interfaces.web.policies import READER, Pages
from interfaces.web.several.choosing import choice_among, may_choose_among
from interfaces.web.visit import Visit, Visiting
from projections.board_lines import BoardLine
from projections.made_remarks import remarks_on_board
from projections.names import Names

pages: Final = Pages()


@pages.get("/board", READER)
def show(visit: Visiting, asked: Asking) -> Response:
    """Show where everything stands that matches the filters, a page of it."""
    return board_page(visit, asked)


@pages.get("/board.csv", READER)
def file(visit: Visiting, asked: Asking) -> Response:
    """Give the board as a file: every line that matches, in the order asked for."""
    return board_download(visit, asked)


def board_page(
    visit: Visit,
    asked: Asked,
    *,
    problems: Mapping[str, str] | None = None,
    picked: Collection[str] = (),
    note: str = "",
    doing: str = "",
) -> Response:
    """Return the board. `problems`: what is wrong, by field, with what was to be done with several.

    `picked`, `note` and `doing`: what was chosen and typed by whoever gets it back for that.
    """
    found = found_on_board(visit, asked)
    lines = found.lines
    last_page = max(1, -(-len(lines) // LINES_AT_MOST))
    page = min(asked.page, last_page)
    some = lines[(page - 1) * LINES_AT_MOST : page * LINES_AT_MOST]
    is_now = visit.moment.is_now and visit.moment.true_on is None
    choice = choice_among(visit, some) if is_now and asked.several else None
    today = visit.partnership.today
    return visit.page(
        "board.html",
        status=422 if problems else 200,
        board=found.board,
        counts=found.counts,
        groups=[("", some)] if asked.is_sorted and some else _grouped(some),
        shown=len(lines),
        page=page,
        last_page=last_page,
        asked=asked,
        choices=choices_of(visit),
        colours=list(Colour),
        choice=choice,
        picked=[line.quoted for line in some] if asked.takes_all else picked,
        problems=problems or {},
        note=note,
        doing=doing,
        may_choose=is_now and may_choose_among(visit, some),
        command_id=new_identifier(),
        # Most are made later than the day of whose board they speak.
        remarks=remarks_on_board(visit.now, Names(visit.now, today), visit.moment.on),
    )


def heading_of(line: BoardLine) -> str:
    """Return under what a line stands: its plan and priority, if it has any."""
    if line.plan_title is None:
        return "Recommendations" if line.kind == "recommendation" else "Other actions"
    if line.priority is None:
        return line.plan_title
    return f"{line.plan_title}: priority {line.priority}, {line.priority_title}"


def _grouped(lines: Sequence[BoardLine]) -> list[tuple[str, list[BoardLine]]]:
    return [(heading, list(some)) for heading, some in groupby(lines, heading_of)]
