"""`goldthread replay`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.recommendation import Colour
from interfaces.bootstrap import Partnership
from interfaces.cli.board import Lead, Subgroup
from interfaces.cli.inputs import BadInput, chosen
from interfaces.cli.moments import AsJson, Moment, day_named, moment_given, moment_of
from interfaces.cli.naming import existing
from interfaces.cli.opening import partnership_of
from interfaces.cli.record_foot import record_foot, record_named
from interfaces.cli.replay_heading import Through, heading
from interfaces.cli.showing import write, write_json
from notifications.reasons import why_reminded
from projections.board_filter import BoardFilter, named
from projections.civil_days import LONDON, civil_day
from projections.history import HistoryLine
from projections.meeting_names import Meeting, meetings
from projections.names import Names
from projections.replay import Grain, Milestone, ReplayStep
from projections.replay import replay as steps_of
from projections.replay_colours import Ahead
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


_SECOND_DAY: Final = dt.date.min + dt.timedelta(days=1)
"""The first day that has an eve."""


def ends_given(
    partnership: Partnership, from_: str | None, to: str | None
) -> tuple[Moment, Moment]:
    """Return where a walk begins and ends, each a day or a meeting in words. Raises `BadInput`.

    Without a beginning it goes from the first entry, without an end until today.
    """
    last = (
        moment_given(partnership, None, None) if to is None else moment_of(partnership, to, "--to")
    )
    if from_ is None:
        (opened,) = partnership.log.read(after=0, until=1)
        began_on = civil_day(opened.recorded_at)
        return Moment(partnership.view_at(0), began_on, 0, is_now=False), last
    first = moment_of(partnership, from_, "--from")
    _, meeting = day_named(partnership, from_, "--from")
    if first.on > last.on:
        message = f"{format_date(first.on)} is after {format_date(last.on)}. Swap the two."
        raise BadInput("--from", message)
    if meeting is None:
        # A day is walked through from its morning; a meeting is where one stood at its end.
        eve = max(first.on, _SECOND_DAY) - dt.timedelta(days=1)
        before = partnership.position_at_end_of(eve)
        first = Moment(partnership.view_at(before), first.on, before, is_now=False)
    return first, last


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


def steps_between(
    partnership: Partnership,
    ends: tuple[Moment, Moment],
    scope: Scope,
    grain: Grain,
    met: Sequence[Meeting],
) -> Iterator[ReplayStep]:
    """Yield the steps of a walk from one moment to another, as far as their views show.

    `met`: the meetings that may be on the way; most are recorded later than the day they name.
    """
    first, last = ends
    ahead = Ahead(first.view, scope, partnership.calendar, partnership.settings.board.cadence_days)
    ahead.reach(first.on)
    events = scope.events(partnership.log, first.position, last.position)
    stops = [*_on_the_way(partnership, ends, met), Milestone(last.position, last.on, "")]
    return steps_of(
        events, scope, ahead, Names(last.view, last.on), grain, stops, says_why=why_reminded
    )


def _on_the_way(
    partnership: Partnership, ends: tuple[Moment, Moment], met: Sequence[Meeting]
) -> Iterator[Milestone]:
    first, last = ends
    for one in met:
        if first.on < one.held_on <= last.on:
            position = one.papers_position or partnership.position_at_end_of(one.held_on)
            if first.position < position <= last.position:
                yield Milestone(position, one.held_on, one.title)


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
