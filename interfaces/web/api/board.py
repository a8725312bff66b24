"""The board for programs: of a day, in any order, in pages or as a file; and what changed on it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Depends, Query
from fastapi.responses import JSONResponse, Response

from events.recommendation import Colour
from interfaces.record_foot import record_named
from interfaces.web.api.answers import Changes, TheBoard
from interfaces.web.api.as_at import At, Day, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.paging import After, Limit, paged
from interfaces.web.api.references import as_quoted
from interfaces.web.board_asked import COLUMNS, Asked, found_on_board
from interfaces.web.board_file import MEDIA_TYPE, board_download
from interfaces.web.past.compared import Clock, compared, since_last_met
from interfaces.web.taking_turns import of_history
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine
from projections.differences import Difference
from projections.made_remarks import remarks_on_board
from projections.names import Names

_SORT: Final = f"^(-?({'|'.join(COLUMNS)}))?$"

Plan = Annotated[str, Query(description="P1, or part of a title")]
Subgroup = Annotated[str, Query(description="S2, or part of a name")]
Lead = Annotated[str, Query(description="RO4, PE9, or part of a title or name")]
Sort = Annotated[
    str,
    Query(
        pattern=_SORT,
        description=f"By what: {', '.join(COLUMNS)}; with a minus before it the other way round.",
    ),
]

api: Final = Api()


def _asked_for(
    plan: Plan = "",
    subgroup: Subgroup = "",
    lead: Lead = "",
    brag: Colour | None = None,
    kind: Literal["action", "recommendation"] | None = None,
    words: Annotated[str, Query(description="Every word that a line is to hold")] = "",
    sort: Sort = "",
) -> Asked:
    return Asked(plan, subgroup, lead, brag or "", kind or "", words, sort)


AskedOfIt = Annotated[Asked, Depends(_asked_for)]


@api.get("/board", "The board of a day, in pages", TheBoard)
def the_board(
    visit: Asking,
    asked: AskedOfIt,
    at: At = "",
    true_on: TrueOn = "",
    after: After = "",
    limit: Limit = 100,
) -> Response:
    """Tell where everything stands that matches; `next` is the `after` of the next page."""
    del at, true_on  # Read by the visit.
    found = found_on_board(visit, asked)
    lines, more = paged(found.lines, _quoted, as_quoted(after), limit)
    board, today = found.board, visit.partnership.today
    # Most are made later than the day of whose board they speak.
    remarks = remarks_on_board(visit.now, Names(visit.now, today), visit.moment.on)
    return JSONResponse(
        {
            **as_at(visit),
            "counts": {colour.value: count for colour, count in found.counts.items()},
            "without_holder": list(board.without_holder),
            "warnings": list(board.warnings),
            "remarks": [one.as_json() for one in remarks],
            "lines": [line.as_json() for line in lines],
            "next": more,
        }
    )


@api.file("/board.csv", "The board of a day as a file, with every line", [MEDIA_TYPE])
def its_file(visit: Asking, asked: AskedOfIt, at: At = "", true_on: TrueOn = "") -> Response:
    """Give the board as comma-separated values: every line that matches, in order."""
    del at, true_on
    return board_download(visit, asked)


@api.get("/changes", "What changed on the board between two days or meetings", Changes)
@of_history
def changes(  # noqa: PLR0913, PLR0917 - what can be asked of two boards
    visit: Asking,
    since: Annotated[Day, Query(alias="from")] = "",
    until: Annotated[Day, Query(alias="to")] = "",
    clock: Clock = "known",
    plan: Plan = "",
    subgroup: Subgroup = "",
    lead: Lead = "",
    at: At = "",
    true_on: TrueOn = "",
    after: After = "",
    limit: Limit = 500,
) -> Response:
    """Tell what differs between two boards, line by line; since the last meeting until today."""
    del at, true_on
    filters = BoardFilter(subgroup=subgroup or None, lead=lead or None, plan=plan or None)
    found = compared(visit, since or since_last_met(visit), until, filters, clock)
    some, more = paged(found.found, _ref, as_quoted(after), limit)
    before, now = (record_named(visit.partnership, one) for one in (found.before, found.after))
    return JSONResponse(
        {
            "from": found.before.on.isoformat(),
            "to": found.after.on.isoformat(),
            "record_from": before["record"],
            "record_to": now["record"],
            "differences": [one.as_json() for one in some],
            "next": more,
        }
    )


def _quoted(line: BoardLine) -> str:
    return line.quoted


def _ref(one: Difference) -> str:
    return one.ref
