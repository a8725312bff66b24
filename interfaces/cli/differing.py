"""`goldthread diff`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer
from rich.text import Text

from interfaces.bootstrap import Partnership
from interfaces.cli.board import Brag, Kind, Lead, Plan, Subgroup, board_at, filters_given
from interfaces.cli.inputs import BadInput
from interfaces.cli.moments import AsJson, Moment, day_named, moment_given, moment_of, true_of
from interfaces.cli.opening import partnership_of
from interfaces.cli.record_foot import record_foot
from interfaces.cli.showing import grid, write, write_json
from projections.board import Board
from projections.board_filter import BoardFilter, NothingCalled
from projections.differences import Difference, differences
from workflow.civil_dates import format_date

From = Annotated[
    str, typer.Option("--from", metavar="DATE|MEETING", help="The earlier day, or a meeting (M3).")
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE|MEETING", help="The later day; today if left out."),
]
TrueOnThem = Annotated[
    bool,
    typer.Option("--true-on", help="Compare what was true on the two days, by what is known."),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="DATE|MEETING", help="With --true-on: by what was known then, not today."
    ),
]


def diff(
    ctx: typer.Context,
    *,
    from_: From,
    to: To = None,
    true_on: TrueOnThem = False,
    at: KnownAt = None,
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
        if at is not None and not true_on:
            message = "it goes with --true-on; without it, --from and --to say what was known when."
            raise BadInput("--at", message)
        find = true_at_both if true_on else known_at_both
        before, after = find(partnership, from_, to, at)
        new = board_at(partnership, after, filters)
        found = differences(board_before(before, filters, partnership), new)
        if as_json:
            changes = [one.as_json() for one in found]
            write_json({"from": before.as_json(), "to": after.as_json(), "changes": changes})
        else:
            _tell(found, before, after)
            write(*record_foot(partnership, before, after))


def known_at_both(
    partnership: Partnership, from_: str, to: str | None, _at: str | None
) -> tuple[Moment, Moment]:
    """Return what was known at both ends. Raises `BadInput`."""
    first = moment_of(partnership, from_, "--from")
    last = (
        moment_given(partnership, None, None) if to is None else moment_of(partnership, to, "--to")
    )
    _require_order(first.on, last.on)
    return first, last


def true_at_both(
    partnership: Partnership, from_: str, to: str | None, at: str | None
) -> tuple[Moment, Moment]:
    """Return what was true at both ends, by one and the same knowledge. Raises `BadInput`."""
    known = moment_given(partnership, at, None)
    first, _ = day_named(partnership, from_, "--from")
    last = known.on if to is None else day_named(partnership, to, "--to")[0]
    _require_order(first, last)
    return true_of(partnership, known, first), true_of(partnership, known, last)


def _require_order(first: dt.date, last: dt.date) -> None:
    if first > last:
        message = f"{format_date(first)} is after {format_date(last)}. Swap the two."
        raise BadInput("--from", message)


def board_before(moment: Moment, filters: BoardFilter, partnership: Partnership) -> Board:
    """Return the earlier board; what a filter names may not have been there yet."""
    try:
        return board_at(partnership, moment, filters)
    except NothingCalled:
        return Board(moment.on, moment.position, (), {}, (), ())


def _tell(found: tuple[Difference, ...], before: Moment, after: Moment) -> None:
    write(f"What changed on the board between {_when(before)} and {_when(after)}", "")
    lines = grid()
    for one in found:
        _, _, words = one.sentence.partition(": ")
        lines.add_row(one.ref, Text(words))
    write(lines if found else "Nothing changed.")


def _when(moment: Moment) -> str:
    if moment.true_on is not None:
        return f"what was {moment.heading}"
    if moment.is_now:
        return f"today, {format_date(moment.on)}"
    return moment.known.removeprefix("at ").removeprefix("in ")
