"""Walks through history from one moment to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from interfaces.bootstrap import Partnership
from interfaces.counting_entries import Tell, counting, untold
from interfaces.inputs import BadInput
from interfaces.moments import Moment, day_named, moment_given, moment_of
from notifications.reasons import why_reminded
from projections.civil_days import civil_day
from projections.meeting_names import Meeting
from projections.names import Names
from projections.replay import Grain, Milestone, ReplayStep, Stretch, stretches
from projections.replay import replay as steps_of
from projections.replay_colours import Ahead
from projections.replay_scope import Scope
from projections.store import View
from workflow.civil_dates import format_date

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
    ahead = _from(partnership, first.view, first.on, scope)
    events = scope.events(partnership.log, first.position, last.position)
    stops, names = _stops(partnership, ends, met), Names(last.view, last.on)
    return steps_of(events, scope, ahead, names, grain, stops, says_why=why_reminded)


def stretches_between(
    partnership: Partnership,
    ends: tuple[Moment, Moment],
    scope: Scope,
    grain: Grain,
    met: Sequence[Meeting],
    tell: Tell = untold,
) -> Iterator[Stretch]:
    """Yield the same steps without what is told in them, which takes far less time and room.

    `tell`: is told how far it is.
    """
    first, last = ends
    ahead = _from(partnership, first.view, first.on, scope)
    passing = scope.events(partnership.log, first.position, last.position)
    events = counting(passing, first.position, last.position, tell)
    began = Milestone(first.position, first.on, "")
    return stretches(events, scope, ahead, grain, _stops(partnership, ends, met), began)


def step_of(
    partnership: Partnership, stretch: Stretch, then: View, last: Moment, scope: Scope
) -> ReplayStep:
    """Return one step of a walk with all that is told in it.

    `then`: what was known before it; `last`: where the walk ends, which names go by.
    """
    ahead = _from(partnership, then, stretch.from_on, scope)
    events = scope.events(partnership.log, stretch.after, stretch.until)
    ends = [Milestone(stretch.until, stretch.on, stretch.name or "")]
    names = Names(last.view, last.on)
    (step,) = steps_of(events, scope, ahead, names, Grain.MEETING, ends, says_why=why_reminded)
    return step


def _from(partnership: Partnership, view: View, on: dt.date, scope: Scope) -> Ahead:
    ahead = Ahead(view, scope, partnership.calendar, partnership.settings.board.cadence_days)
    ahead.reach(on)
    return ahead


def _stops(
    partnership: Partnership, ends: tuple[Moment, Moment], met: Sequence[Meeting]
) -> list[Milestone]:
    _, last = ends
    return [*_on_the_way(partnership, ends, met), Milestone(last.position, last.on, "")]


def _on_the_way(
    partnership: Partnership, ends: tuple[Moment, Moment], met: Sequence[Meeting]
) -> Iterator[Milestone]:
    first, last = ends
    for one in met:
        if first.on < one.held_on <= last.on:
            position = one.papers_position or partnership.position_at_end_of(one.held_on)
            if first.position < position <= last.position:
                yield Milestone(position, one.held_on, one.title)
