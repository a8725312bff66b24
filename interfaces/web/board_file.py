"""The board as a file of comma-separated values, which a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from io import StringIO
from typing import Final

from fastapi import Response

from interfaces.record_foot import record_lines
from interfaces.web.board_asked import Asked, found_on_board
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine

MEDIA_TYPE: Final = "text/csv"
_HEADINGS: Final = (
    "Reference",
    "Kind",
    "Plan",
    "Priority",
    "Priority title",
    "What",
    "Lead",
    "Held by",
    "Target date as written",
    "Due",
    "First target date as written",
    "First due",
    "Slippage in days",
    "Slippage in working days",
    "More time asked for",
    "Status",
    "Colour",
    "Word",
    "Reason",
    "Last update",
    "Last note",
)
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FOR_SPREADSHEETS: Final = "\ufeff"
"""Without this mark Excel takes the file for one of an older alphabet."""


def board_file(lines: Iterable[BoardLine], foot: Iterable[str] = ()) -> bytes:
    """Return the lines as CSV (RFC 4180) in UTF-8, with a heading; days as 2025-03-31.

    `foot`: what stands below them, such as the line of the record, each in a row of its own.
    Text that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADINGS)
    for line in lines:
        writer.writerow([_cell(value) for value in _values(line)])
    for words in foot:
        # Every row has as many cells as the first: some programs take nothing else.
        writer.writerow([_cell(words), *[""] * (len(_HEADINGS) - 1)])
    return (_FOR_SPREADSHEETS + out.getvalue()).encode()


def board_download(visit: Visit, asked: Asked) -> Response:
    """Return the board of a visit as a file: every line that matches, in the order asked for.

    Raises `NothingCalled`.
    """
    moment, partnership = visit.moment, visit.partnership
    foot = [
        f"{partnership.settings.partnership.name}: the board {moment.heading}",
        *record_lines(partnership, moment),
    ]
    clock = "" if moment.clock == "now" else f"-{moment.clock.replace('_', '-')}"
    name = f"board{clock}-{moment.on.isoformat()}-record-{moment.position}.csv"
    return Response(
        board_file(found_on_board(visit, asked).lines, foot),
        media_type=f"{MEDIA_TYPE}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _values(line: BoardLine) -> tuple[object, ...]:
    return (
        line.quoted,
        line.kind,
        line.plan_title,
        line.priority,
        line.priority_title,
        line.text,
        "; ".join(lead.title for lead in line.leads),
        "; ".join(holder for lead in line.leads for holder in lead.holders),
        line.target,
        line.due,
        line.original_target,
        line.original_due,
        line.slippage_days,
        line.slippage_working_days,
        line.extension_asked,
        line.status.replace("_", " "),
        line.brag.colour.value,
        line.brag.word,
        line.brag.reason,
        line.last_update_on,
        line.latest_note,
    )


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.date():
            return value.isoformat()
        case int():
            # A number below nothing is no formula.
            return str(value)
        case _:
            words = str(value)
            return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words
