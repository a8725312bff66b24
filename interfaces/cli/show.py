"""`goldthread show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interfaces.advising import advice_as_json, advice_on
from interfaces.cli.board_table import coloured, dates_of, tables_of_lines
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import grid, write, write_json
from interfaces.moments import moment_given
from interfaces.naming import ANYTHING, named
from interfaces.record_foot import record_foot
from projections.board_lines import BoardLine
from projections.items import Item
from projections.items import show as item_of
from projections.thread import ThreadStep
from workflow.civil_dates import format_date

Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF", help="A12, R7, AU3, AU3/F2, P1, M3, RO4, PE9, S2, AG1, E5; or a name."
    ),
]

_ON_THE_LINE: Final = frozenset({"Led by", "Addressed to", "Plan"})
"""Facts that the line of the board tells already."""


def show(
    ctx: typer.Context,
    ref: Ref,
    *,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what is known of one thing, on any day."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        found = named(ref, ANYTHING, moment.view, "REF")
        item = item_of(
            moment.view,
            found,
            moment.on,
            partnership.calendar,
            cadence_days=partnership.settings.board.cadence_days,
        )
        is_open = item.line is not None and not item.line.ended
        advice = advice_on(found, moment.view) if is_open else ()
        if as_json:
            told = {**moment.as_json(), **item.as_json(), "advice": advice_as_json(advice)}
            write_json(told)
            return
        write(
            f"{item.ref}, {item.kind}, {moment.heading}", *_told(item, is_now=moment.clock == "now")
        )
        write(*(f"Advice: {one.message}" for one in advice))
        write(*record_foot(partnership, moment))


def _told(item: Item, *, is_now: bool) -> Iterator[RenderableType]:
    yield Padding(Text(item.title, style="bold"), (1, 0))
    facts = grid()
    if item.kind != "email":  # no command changes one
        for_what = " (for --expected-version)" if is_now else ""
        facts.add_row("Change number", f"{item.version}{for_what}")
    if item.line is not None:
        _add_line(facts, item.line)
    else:
        facts.add_row("Status", item.status.replace("_", " "))
    for fact in item.facts:
        if item.line is None or fact.label not in _ON_THE_LINE:
            facts.add_row(fact.label, Text(fact.value))
    for number, asked in enumerate(item.extensions, start=1):
        wanted = asked["target"]["as_written"]
        facts.add_row(f"Extension {number}", f"until {wanted}: {asked['status']}")
    yield facts
    yield from tables_of_lines(item.actions)
    if len(item.thread) > 1:
        yield Padding(Text("The golden thread", style="bold"), (1, 0, 0, 0))
        yield from (_step(step) for step in item.thread)


def _add_line(facts: Table, line: BoardLine) -> None:
    facts.add_row("Status", line.status.replace("_", " "))
    facts.add_row("Colour", coloured(line.brag.colour, f"{line.brag.colour}: {line.brag.reason}"))
    if line.plan_title is not None:
        facts.add_row("Plan", line.plan_title)
    if line.priority is not None:
        facts.add_row("Priority", f"{line.priority}, {line.priority_title}")
    for lead in line.leads:
        facts.add_row("Lead", f"{lead.title}: {', '.join(lead.holders) or 'nobody acts in it'}")
    facts.add_row("Target date", dates_of(line))
    if line.extension_asked is not None:
        facts.add_row("More time", f"asked for, until {line.extension_asked}")
    if line.last_update_on is not None:
        facts.add_row("Last update", format_date(line.last_update_on))
    if line.latest_note is not None:
        facts.add_row("Latest note", Text(line.latest_note))


def _step(step: ThreadStep) -> RenderableType:
    name = step.ref or step.level.capitalize()
    status = f" ({step.status.replace('_', ' ')})" if step.status else ""
    return Padding(Text(f"{name}{status}: {step.words}"), (0, 0, 0, 2 * step.depth))
