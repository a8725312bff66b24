"""`goldthread diff`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from interfaces.boards import board_at, board_before, known_at_both, true_at_both
from interfaces.cli.board import Brag, Kind, Lead, Plan, Subgroup, filters_given
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import grid, write, write_json
from interfaces.inputs import BadInput
from interfaces.moments import Moment
from interfaces.record_foot import record_foot
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
