"""`goldthread remarks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from interfaces.cli.moment_options import AsJson, At, AtPosition
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.moments import moment_given
from interfaces.naming import existing
from interfaces.record_foot import record_foot
from projections.made_remarks import MadeRemark, remarks_made
from projections.names import Names
from workflow.civil_dates import format_date

On = Annotated[
    str | None, typer.Option("--on", metavar="REF", help="On one thing alone: A12, AU3, M3.")
]
_THINGS = ("action", "recommendation", "audit", "plan", "meeting", "email", "role", "person")


def remarks(
    ctx: typer.Context,
    *,
    on: On = None,
    at: At = None,
    position: AtPosition = None,
    as_json: AsJson = False,
) -> None:
    """List what the scrutineer remarked, and on what, the earliest first."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position)
        thing = None if on is None else existing(on, _THINGS, moment.view, "--on")
        found = remarks_made(moment.view, Names(moment.view, moment.on), thing)
        if as_json:
            write_json({**moment.as_json(), "remarks": [one.as_json() for one in found]})
            return
        write(f"Remarks, {moment.heading}", *told(found))
        if not found:
            write("There are none.")
        write(*record_foot(partnership, moment))


def told(remarks: Iterable[MadeRemark]) -> Iterator[RenderableType]:
    """Yield remarks as people read them."""
    for one in remarks:
        yield Text(f"\n{one.ref}, on {one.about}", style="bold")
        gone = f" Withdrawn since: {one.withdrawn}" if one.withdrawn else ""
        said = f"{one.by}, {format_date(one.made_on)}: {one.words}{gone}"
        yield Padding(Text(said), (0, 0, 0, 2))
