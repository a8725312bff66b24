"""`goldthread diff`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from interfaces.bootstrap import Partnership
from interfaces.cli.board import Brag, Kind, Lead, Plan, Subgroup, board_at, filters_given
from interfaces.cli.inputs import BadInput, day_given
from interfaces.cli.moments import AsJson, Moment, moment_given, moment_of_day
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import grid, write, write_json
from projections.board import Board
from projections.board_filter import BoardFilter, NothingCalled
from projections.differences import Difference, differences
from workflow.civil_dates import format_date

From = Annotated[
    str, typer.Option("--from", metavar="DATE", help="The earlier day, such as the last meeting.")
]
To = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="The later day; today if left out.")
]


def diff(
    ctx: typer.Context,
    *,
    from_: From,
    to: To = None,
    subgroup: Subgroup = None,
    lead: Lead = None,
    brag: Brag = None,
    plan: Plan = None,
    kind: Kind = None,
    as_json: AsJson = False,
) -> None:
    """Tell what changed on the board between two days, line by line."""
    filters = filters_given(subgroup=subgroup, lead=lead, brag=brag, plan=plan, kind=kind)
    with partnership_of(ctx) as partnership:
        before, after = _moments(partnership, from_, to)
        new = board_at(partnership, after, filters)
        found = differences(_before(before, filters, partnership), new)
        if as_json:
            changes = [one.as_json() for one in found]
            write_json({"from": before.as_json(), "to": after.as_json(), "changes": changes})
        else:
            _tell(found, before, after)


def _moments(partnership: Partnership, from_: str, to: str | None) -> tuple[Moment, Moment]:
    first = day_given(from_, "--from")
    if to is None:
        return moment_of_day(partnership, first, "--from"), moment_given(partnership, None, None)
    last = day_given(to, "--to")
    if first > last:
        message = f"{format_date(first)} is after {format_date(last)}. Swap the two."
        raise BadInput("--from", message)
    return moment_of_day(partnership, first, "--from"), moment_of_day(partnership, last, "--to")


def _before(moment: Moment, filters: BoardFilter, partnership: Partnership) -> Board:
    """Return the earlier board; what a filter names may not have been there yet."""
    try:
        return board_at(partnership, moment, filters)
    except NothingCalled:
        return Board(moment.on, moment.position, (), {}, (), ())


def _tell(found: tuple[Difference, ...], before: Moment, after: Moment) -> None:
    until = "today, " if after.is_now else "the end of "
    days = f"the end of {format_date(before.on)} and {until}{format_date(after.on)}"
    write(f"What changed on the board between {days}", "")
    lines = grid()
    for one in found:
        _, _, words = one.sentence.partition(": ")
        lines.add_row(one.ref, Text(words))
    write(lines if found else "Nothing changed.")
