"""Walks through history, as far as a visitor sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from interfaces.counting_entries import Tell, untold
from interfaces.inputs import BadInput
from interfaces.moments import Moment, moment_of_day
from interfaces.naming import existing
from interfaces.walking import ends_given, step_of, stretches_between
from interfaces.web.seeing.seen import for_whom, seen, sees_all
from interfaces.web.seeing.sight import seen_by
from interfaces.web.visit import Visit
from projections.board_filter import BoardFilter, named
from projections.civil_days import civil_day
from projections.meeting_names import meetings
from projections.names import Names
from projections.replay import Grain, ReplayStep, Stretch
from projections.replay_scope import (
    MODELS,
    Scope,
    scope_of_all,
    scope_of_items,
    scope_of_thing,
    scope_of_whom,
)
from projections.store import View
from workflow.civil_dates import format_date

_A_YEAR: Final = dt.timedelta(days=365)

MOST_STEPS: Final = 3_000
"""So many steps a walk has at most: more cannot be told apart, and take long."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be walked through, as it stands in an address; empty for everything.

    `first` and `last`: a day or a meeting in words. Where several of `audit`, `subgroup` and `lead`
    are given, what all of them mean.
    """

    first: str = ""
    last: str = ""
    grain: Grain = Grain.DAY
    audit: str = ""
    subgroup: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps from one moment to another, each without what is told in it."""

    first: Moment
    last: Moment
    scope: Scope
    steps: tuple[Stretch, ...]

    def step(self, visit: Visit, number: int) -> ReplayStep:
        """Return one of the steps, which count from 1, with all that is told in it."""
        stretch = self.steps[number - 1]
        then = known_before(visit, stretch.after, self.scope)
        return step_of(visit.partnership, stretch, then, self.last, self.scope)


def walk_of(visit: Visit, asked: Asked, tell: Tell = untold) -> Walk:
    """Return the walk that is asked for. Raises `BadInput`, `NotFound`, `NothingCalled`.

    `tell`: is told how far it is.
    """
    first, last = ends_of(visit, asked)
    scope = _scope(visit, last, asked)
    first = replace(first, view=known_before(visit, first.position, scope))
    met = meetings(seen(visit, latest_known(visit)).view)

    def steps() -> tuple[Stretch, ...]:
        found = stretches_between(visit.partnership, (first, last), scope, asked.grain, met, tell)
        return tuple(islice(found, MOST_STEPS + 1))

    ends = (first.position, first.on, last.position, last.on, asked.grain)
    walk = ("walk", for_whom(visit), *ends, scope.digest, scope.whose, met)
    walked = visit.house.kept_past.kept(walk, steps)
    if len(walked) > MOST_STEPS:
        message = (
            f"From {format_date(first.on)} to {format_date(last.on)} there are more than"
            f" {MOST_STEPS:,} steps. Choose a later beginning, or larger steps."
        )
        raise BadInput("from", message)
    return Walk(first, last, scope, walked)


def ends_of(visit: Visit, asked: Asked) -> tuple[Moment, Moment]:
    """Return where a walk begins and ends. Raises `BadInput`.

    It goes to the moment of the visit at most: on the page of a past day nothing later is shown.
    """
    first, last = ends_given(visit.seeing, asked.first or None, asked.last or None)
    latest = latest_known(visit)
    # What stands now is at hand as the moment of the visit.
    if (last.is_now and latest.is_now) or latest.position < last.position:
        last = latest
    if first.on > last.on:
        message = f"{format_date(first.on)} is after {format_date(last.on)}. Swap the two."
        raise BadInput("from", message)
    return seen(visit, first), seen(visit, last)


def known_before(visit: Visit, position: int, scope: Scope) -> View:
    """Return what was known on the way of a walk, as far as the visitor sees it.

    Of what is theirs at the end of the walk it is all, also of when it was somebody else's: the
    history of a thing is for whoever sees the thing.
    """
    view = visit.partnership.view_at(position)
    return seen_by(view, visit.circumstances, scope.movers.union(scope.items or ()))


def latest_known(visit: Visit) -> Moment:
    """Return the moment of a visit by the clock of what was known, by which every walk goes."""
    day = visit.moment.true_on
    return visit.moment if day is None else moment_of_day(visit.partnership, day, "true-on")


def _scope(visit: Visit, last: Moment, asked: Asked) -> Scope:
    if asked.audit:
        audit = existing(asked.audit, ["audit"], last.view, "audit")
        scope = scope_of_thing(last.view, audit)
    else:
        scope = everything_seen(visit, last)
    if not (asked.subgroup or asked.lead):
        return scope
    filters = BoardFilter(asked.subgroup or None, asked.lead or None)
    return scope_of_whom(last.view, named(filters, Names(last.view, last.on)), scope)


def everything_seen(visit: Visit, last: Moment) -> Scope:
    """Return the scope of everything that the visitor sees."""
    if sees_all(visit):
        return scope_of_all(last.view)
    items = [ref for model in MODELS.values() for ref in last.view.all(model)]
    others = (ref for model in ("audits", "meetings", "remarks") for ref in last.view.all(model))
    scope = scope_of_items(last.view, items)
    return replace(scope, streams=scope.streams.union(others))


def a_year_before(visit: Visit) -> str:
    """Return where a walk begins of itself: a year back, or at the beginning of the record."""
    (opened,) = visit.partnership.log.read(after=0, until=1)
    began_on = civil_day(opened.recorded_at)
    return max(began_on, visit.moment.on - _A_YEAR).isoformat()
