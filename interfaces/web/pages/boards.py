"""The board: of everything, a plan, a subgroup, a lead or a colour, on any day.

It is sorted by links, comes in pages, can be had as a file, and lets several items be told of at
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Response
from starlette.datastructures import FormData

from events.identifiers import new_identifier
from events.recommendation import Colour
from interfaces.web.board_asked import LINES_AT_MOST, Asking, found_on_board
from interfaces.web.board_file import board_download
from interfaces.web.choices import choices_of
from interfaces.web.forms import BadForm, personal_mark
from interfaces.web.policies import READER, Pages
from interfaces.web.sent_forms import SentForm, identifier_of
from interfaces.web.several import may_tell, may_tell_of_any, tell_several
from interfaces.web.visit import Visiting
from projections.board_lines import BoardLine
from projections.made_remarks import remarks_on_board
from projections.names import Names

_MOST_AT_ONCE: Final = LINES_AT_MOST

pages: Final = Pages()


@pages.get("/board", READER)
def show(visit: Visiting, asked: Asking) -> Response:
    """Show where everything stands that matches the filters, a page of it."""
    found = found_on_board(visit, asked)
    lines = found.lines
    last_page = max(1, -(-len(lines) // LINES_AT_MOST))
    page = min(asked.page, last_page)
    some = lines[(page - 1) * LINES_AT_MOST : page * LINES_AT_MOST]
    is_now = visit.moment.is_now and visit.moment.true_on is None
    today = visit.partnership.today
    return visit.page(
        "board.html",
        board=found.board,
        counts=found.counts,
        groups=[("", some)] if asked.is_sorted and some else _grouped(some),
        shown=len(lines),
        page=page,
        last_page=last_page,
        asked=asked,
        choices=choices_of(visit),
        colours=list(Colour),
        pick=may_tell(visit, some) if is_now and asked.several else None,
        may_tell=is_now and may_tell_of_any(visit, some),
        command_id=new_identifier(),
        # Most are made later than the day of whose board they speak.
        remarks=remarks_on_board(visit.now, Names(visit.now, today), visit.moment.on),
    )


@pages.get("/board.csv", READER)
def file(visit: Visiting, asked: Asking) -> Response:
    """Give the board as a file: every line that matches, in the order asked for."""
    return board_download(visit, asked)


@pages.post("/board/several", READER)
def several(visit: Visiting, sent: SentForm) -> Response:
    """Tell the same of each item that was chosen, and say of each what came of it."""
    refs = [one for one in sent.getlist("on") if isinstance(one, str)][:_MOST_AT_ONCE]
    note, back = _text(sent, "note"), _back(_text(sent, "back"))
    problem = "" if refs else "Choose the items that it is about: each has a box beside it."
    outcomes = []
    if refs:
        try:
            outcomes = tell_several(visit, refs, sent, identifier_of(sent) or new_identifier())
        except BadForm as bad:
            problem = " ".join(bad.errors.values())
    return visit.page(
        "several.html",
        status=422 if problem else 200,
        outcomes=outcomes,
        left=[one.ref for one in outcomes if one.problem] or (refs if problem else []),
        problem=problem,
        note=note,
        looks_personal=personal_mark(note),
        back=back,
        command_id=_text(sent, "command_id") if problem else new_identifier(),
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


def _back(query: str) -> str:
    """Return the address of the board that the form was on."""
    return f"/board?{urlencode(parse_qsl(query))}"


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
