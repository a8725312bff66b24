"""`goldthread board`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from events.recommendation import Colour
from interfaces.boards import board_at
from interfaces.cli.board_table import board_tables
from interfaces.cli.listing_remarks import told
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.inputs import chosen
from interfaces.moments import Moment, moment_given
from interfaces.record_foot import record_foot, record_named
from projections.board import Board
from projections.board_filter import BoardFilter
from projections.made_remarks import remarks_on_board
from projections.names import Names

Subgroup = Annotated[
    str | None, typer.Option(metavar="SUBGROUP", help="Of one subgroup: S2, or part of its name.")
]
Lead = Annotated[
    str | None,
    typer.Option(metavar="LEAD", help="Of one lead: RO4 or PE9, or part of a title or name."),
]
Brag = Annotated[str | None, typer.Option(metavar="|".join(Colour), help="Of one colour.")]
Plan = Annotated[
    str | None, typer.Option(metavar="PLAN", help="Of one plan: P1, or part of its title.")
]
Kind = Annotated[
    str | None, typer.Option(metavar="action|recommendation", help="Of one kind of item.")
]


def board(
    ctx: typer.Context,
    *,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    subgroup: Subgroup = None,
    lead: Lead = None,
    brag: Brag = None,
    plan: Plan = None,
    kind: Kind = None,
    as_json: AsJson = False,
) -> None:
    """Show where every action and recommendation stands, on any day."""
    filters = filters_given(subgroup=subgroup, lead=lead, brag=brag, plan=plan, kind=kind)
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        found = board_at(partnership, moment, filters)
        # Most are made later than the day of whose board they speak.
        now = partnership.view()
        remarked = remarks_on_board(now, Names(now, partnership.today), moment.on)
        if as_json:
            said = {"remarks": [one.as_json() for one in remarked]}
            record = record_named(partnership, moment)
            write_json({**moment.as_json(), **record, **found.as_json(), **said})
            return
        write(f"{partnership.settings.partnership.name}: the board {moment.heading}")
        if found.lines:
            is_now = moment.clock == "now"
            write(*board_tables(found, is_now=is_now), *adrift(found, is_now=is_now))
        else:
            write(_nothing(moment, filters))
        write(*told(remarked))
        write(*record_foot(partnership, moment))


def filters_given(**given: Any) -> BoardFilter:  # noqa: ANN401 - as the options say
    """Read the options that narrow a board. Raises `BadInput`."""
    if given["brag"] is not None:
        given["brag"] = Colour(chosen(given["brag"], [*Colour], "--brag"))
    if given["kind"] is not None:
        given["kind"] = chosen(given["kind"], ["action", "recommendation"], "--kind")
    return BoardFilter(**given)


def _nothing(moment: Moment, filters: BoardFilter) -> str:
    if filters != BoardFilter():
        return "Nothing on it matches. Leave an option out to see more."
    if moment.is_now:
        return "Nothing is on it yet. Begin with 'goldthread import' or 'goldthread action create'."
    return "Nothing was on it yet."


def adrift(found: Board, *, is_now: bool) -> tuple[str, ...]:
    """Say how many open items nobody is reminded of, and what mends it now."""
    lost = [line for line in found.lines if not (line.ended or line.leads or line.due)]
    if not lost:
        return ()
    if not is_now:
        count = "1 item" if len(lost) == 1 else f"{len(lost)} items"
        return (f"{count} had nobody to act and no date, so nobody was reminded of them.",)
    count = "1 item has" if len(lost) == 1 else f"{len(lost)} items have"
    told = f"{count} nobody to act and no date, so nobody is reminded of them."
    first = lost[0].quoted
    return (f"{told} Mend it with 'goldthread recommendation readdress {first} …'.",)
