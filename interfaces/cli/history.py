"""`goldthread history`."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.show import Ref
from interfaces.cli.showing import write, write_json
from interfaces.moments import moment_given
from interfaces.naming import ANYTHING, named
from interfaces.record_foot import record_foot
from projections.civil_days import LONDON
from projections.history import HistoryLine
from projections.history import history as history_of
from workflow.civil_dates import format_date


def history(
    ctx: typer.Context,
    ref: Ref,
    *,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Tell what happened to one thing: who did what, when and why."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        found = named(ref, ANYTHING, moment.view, "REF")
        lines = history_of(moment.view, found)
        if as_json:
            events = [line.as_json() for line in lines]
            write_json({"ref": lines[0].ref, **moment.as_json(), "events": events})
            return
        write(f"The history of {ref}, {moment.heading}")
        for line in lines:
            write(*_told(line))
        write(*record_foot(partnership, moment))


def _told(line: HistoryLine) -> Iterator[RenderableType]:
    clock = line.recorded_at.astimezone(LONDON)
    when = f"{format_date(line.recorded_on)}, {clock:%H:%M}"
    yield Text(f"\n{when}  [{line.ref}, entry {line.position}]", style="bold")
    if line.lateness is not None:
        yield Padding(
            Text(f"Late: {line.lateness}, on {format_date(line.happened_on)}."), (0, 0, 0, 2)
        )
    yield Padding(Text(f"{line.who} {line.sentence}."), (0, 0, 0, 2))
    for label, words in line.words:
        yield Padding(Text(f"{label}: {words}"), (0, 0, 0, 4))
