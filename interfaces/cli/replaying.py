"""`goldthread replay`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.recommendation import Colour
from interfaces.cli.board import Lead, Subgroup
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.replay_heading import Through, heading
from interfaces.cli.showing import write, write_json
from interfaces.inputs import BadInput, chosen
from interfaces.moments import Moment
from interfaces.naming import existing
from interfaces.record_foot import record_foot, record_named
from interfaces.walking import ends_given, steps_between
from projections.board_filter import BoardFilter, named
from projections.civil_days import LONDON
from projections.history import HistoryLine
from projections.meeting_names import meetings
from projections.names import Names
from projections.replay import Grain, ReplayStep
from projections.replay_scope import Scope, scope_of_all, scope_of_thing, scope_of_whom
from workflow.civil_dates import format_date

From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="DATE|MEETING",
        help="What happened on that day and later, or since a meeting; from the beginning if left"
        " out.",
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE|MEETING", help="Up to the end of a day; today if left out."),
]
Step = Annotated[str, typer.Option(metavar="|".join(Grain), help="How far one step goes.")]
Of = Annotated[
    str | None, typer.Argument(metavar="[REF]", help="Of one thing: R7, A12, AU3, P1; else all.")
]
Audit = Annotated[
    str | None, typer.Option(metavar="AUDIT", help="Of one audit with all that came of it: AU3.")
]
_THINGS = ("recommendation", "action", "audit", "plan")


def replay(
    ctx: typer.Context,
    ref: Of = None,
    *,
    from_: From = None,
    to: To = None,
    step: Step = "event",
    audit: Audit = None,
    subgroup: Subgroup = None,
    lead: Lead = None,
    as_json: AsJson = False,
) -> None:
    """Walk through history: who did what, when and why, what it did to the board, who was told."""
    grain = Grain(chosen(step, [*Grain], "--step"))
    _require_one(REF=ref, audit=audit, subgroup=subgroup, lead=lead)
    with partnership_of(ctx) as partnership:
        first, last = ends_given(partnership, from_, to)
        through = _through(last, ref or audit, subgroup, lead)
        scope = _scope(last, through)
        met = meetings(partnership.view())
        steps = steps_between(partnership, (first, last), scope, grain, met)
        if as_json:
            ends = {"from": first.on.isoformat(), "to": last.on.isoformat(), "step": grain.value}
            state = {"position": last.position, **record_named(partnership, last)}
            of = {"of": through.as_json()}
            write_json({**ends, **of, **state, "steps": [one.as_json() for one in steps]})
            return
        write(heading(partnership, from_, (first, last), to, through, grain))
        told = False
        for one in steps:
            write(*_told(one))
            told = True
        if not told:
            write("Nothing happened.")
        write(*record_foot(partnership, last))


def _require_one(**given: str | None) -> None:
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        places = " and ".join(name if name.isupper() else f"--{name}" for name in named)
        raise BadInput(places, "each says what to walk through. Give one of them.")


def _through(last: Moment, words: str | None, subgroup: str | None, lead: str | None) -> Through:
    """Return what is asked for, as known at the end of the walk."""
    ref = None if words is None else existing(words, _THINGS, last.view, "REF")
    if subgroup is None and lead is None:
        return Through(ref, None)
    return Through(ref, named(BoardFilter(subgroup, lead), Names(last.view, last.on)))


def _scope(last: Moment, through: Through) -> Scope:
    if through.ref is not None:
        return scope_of_thing(last.view, through.ref)
    everything = scope_of_all(last.view)
    if through.whose is None:
        return everything
    return scope_of_whom(last.view, through.whose, everything)


def _told(step: ReplayStep) -> Iterator[RenderableType]:
    heading = f"Until {format_date(step.on)}: {step.name}" if step.name else format_date(step.on)
    yield Text(f"\n{heading}", style="bold")
    for line in step.happened:
        yield from _line(line)
    for one in step.emailed:
        yield Padding(Text(f"{one.ref}: {one.sentence}, {format_date(one.on)}."), (0, 0, 0, 2))
    if step.turned:
        words = "; ".join(turn.words for turn in step.turned)
        yield Padding(Text(f"Colours: {words}."), (0, 0, 0, 2))
    yield Padding(Text(f"Board: {counts_in_words(step.before, step.after)}."), (0, 0, 0, 2))


def _line(line: HistoryLine) -> Iterator[RenderableType]:
    clock = line.recorded_at.astimezone(LONDON)
    when = f"{format_date(line.recorded_on)}, {clock:%H:%M}"
    late = f" Late: {line.lateness}." if line.lateness else ""
    told = f"{when} [{line.ref}, entry {line.position}] {line.who} {line.sentence}.{late}"
    yield Padding(Text(told), (0, 0, 0, 2))
    for label, words in line.words:
        yield Padding(Text(f"{label}: {words}"), (0, 0, 0, 4))


def counts_in_words(before: dict[Colour, int], after: dict[Colour, int]) -> str:
    """Say how many items of each colour there were and are: "red 3 → 4, amber 2, grey 1"."""
    told = [
        f"{colour} {before[colour]} → {after[colour]}"
        if before[colour] != after[colour]
        else f"{colour} {after[colour]}"
        for colour in Colour
        if before[colour] or after[colour]
    ]
    return ", ".join(told) or "nothing on it"
