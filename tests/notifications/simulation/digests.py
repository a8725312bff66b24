"""Which digests should be told on a day: worked out a second time, as plainly as possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from events.directory import Office
from notifications.rules import Occasion
from tests.notifications.simulation.matter import Matter, trigger_day
from tests.notifications.simulation.state import State

_DEADLINES: Final = (
    Occasion.TARGET, Occasion.REVIEW, Occasion.IMPACT, Occasion.RE_AUDIT, Occasion.CLOCK,
)  # fmt: skip
_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = dt.timedelta(days=7)


def digests_due(state: State, day: dt.date, dated: Iterable[Matter]) -> Iterator[Matter]:
    """Yield the digests that have something to tell. `dated`: every date that stands.

    Of a week in which the record had not begun there is nothing to tell, nor of such a month.
    """
    monday = monday_of(day)
    if state.had_begun_by(monday - _DAY):
        moved = _moved(state, monday) | _became_overdue(state, monday, dated)
        for subgroup in sorted(moved & state.chairs.keys()):
            yield from digest_of(state, day, subgroup)
    first = day.replace(day=1)
    if state.had_begun_by(first - _DAY):
        last_month = (first - _DAY).replace(day=1)
        is_open = any(not item.has_ended for item in state.items.values())
        if is_open or state.told_between(last_month, first - _DAY):
            yield from digest_of(state, day, _office(state))


def digest_of(state: State, day: dt.date, item: str) -> Iterator[Matter]:
    """Yield the latest digest of a subgroup, or of the business manager's role."""
    if item in state.chairs:
        yield Matter(item, monday_of(day), Occasion.WEEKLY_DIGEST, (), (item,))
    elif item == _office(state):
        yield Matter(item, day.replace(day=1), Occasion.MONTHLY_DIGEST)


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def _moved(state: State, monday: dt.date) -> set[str]:
    found: set[str] = set()
    for ref in state.told_between(monday - _WEEK, monday - _DAY):
        if ref in state.items:
            found |= _subgroups(state, state.items[ref].leads, state.items[ref].subgroups)
        for watched, watch in state.watches.items():
            if watched.partition("/")[0] == ref:
                found |= _subgroups(state, watch.leads, watch.subgroups)
    return found


def _became_overdue(state: State, monday: dt.date, dated: Iterable[Matter]) -> set[str]:
    """A date is overdue from the working day after it; a digest tells those of its week."""
    since, until = trigger_day(monday - _WEEK, 0), trigger_day(monday, 0)
    return {
        subgroup
        for matter in dated
        if matter.occasion in _DEADLINES and since <= matter.on < until
        for subgroup in _subgroups(state, matter.leads, matter.subgroups)
    }


def _subgroups(state: State, leads: Iterable[str], subgroups: Iterable[str]) -> set[str]:
    of_leads = (state.roles[role].subgroup for role in leads)
    return {*subgroups, *(one for one in of_leads if one)}


def _office(state: State) -> str:
    managers = (ref for ref, one in state.roles.items() if one.office is Office.BUSINESS_MANAGER)
    return min(managers, key=lambda ref: int(ref.partition("-")[2]), default="")
