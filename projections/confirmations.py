"""Who confirmed what, and whether they should have: every confirmation checked anew.

The workflow refuses whoever leads an item, holds a role that leads it, or reported it done. Here
each confirmation is held against the directory as it is known now, late entries included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from events.action import ActionCompleted
from events.catalogue import Event
from events.directory import CoverArranged, HolderAppointed
from events.recommendation import RecommendationVerified
from events.recorded import Recorded
from events.refs import category_of, quoted
from projections.civil_days import civil_day, day_true
from projections.lateness import lateness
from projections.names import Names
from projections.projection import Row
from projections.questions import items
from projections.store import View
from workflow.circumstances import SYSTEM
from workflow.deciders import DECIDERS

_REACHED: Final = frozenset({"complete", "verified"})


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An entry of the log that came too late for a decision; `lateness` in words, if by a day."""

    position: int
    ref: str
    lateness: str | None

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {"position": self.position, "ref": self.ref, "lateness": self.lateness}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody confirmed that an item was done; `wrong` says why they should not have.

    `late`: the entry that says so, where it was recorded after the confirmation.
    """

    position: int
    ref: str
    by: str
    on: dt.date
    wrong: str | None
    late: LateEntry | None = None

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "position": self.position,
            "ref": self.ref,
            "by": self.by,
            "on": self.on.isoformat(),
            "wrong": self.wrong,
            "late_entry": self.late.as_json() if self.late else None,
        }


def confirmations(view: View, names: Names) -> tuple[Confirmation, ...]:
    """Return every confirmation that was ever recorded, each checked, in the order of the log.

    `names`: of the same view; whose day does not matter.
    """
    found = (
        one
        for ref, row in items(view)
        if not _REACHED.isdisjoint(row["reached"])
        for one in _of_item(view, ref, names)
    )
    return tuple(sorted(found, key=lambda one: one.position))


def _of_item(view: View, ref: str, names: Names) -> Iterator[Confirmation]:
    decider = DECIDERS[category_of(ref)]
    state = decider.initial(ref)
    for recorded in view.events_of(ref):
        if isinstance(recorded.event, ActionCompleted | RecommendationVerified):
            yield _checked(recorded, state, view, names)
        day = day_true(recorded)
        state = decider.after(state, recorded.event, recorded.actor, _always(day))


def _always(day: dt.date) -> Any:  # noqa: ANN401 - a function of nothing
    return lambda: day


def _checked(recorded: Recorded, state: Any, view: View, names: Names) -> Confirmation:  # noqa: ANN401
    on, by = day_true(recorded), _confirmer(recorded)
    of_then = Names(view, on)
    ref, called = quoted(recorded.stream), names.called(by)
    wrong, role = _wrong(by, recorded, state, of_then)
    late = None if role is None else _late_entry(by, role, recorded, view, on)
    return Confirmation(recorded.position, ref, called, on, wrong, late)


def _confirmer(recorded: Recorded) -> str:
    match recorded.event:
        case ActionCompleted(confirmed_by=by) | RecommendationVerified(verified_by=by):
            return by
        case _:
            return recorded.actor


def _wrong(by: str, recorded: Recorded, state: Any, names: Names) -> tuple[str | None, str | None]:  # noqa: ANN401
    """Say why somebody should not have confirmed, and in which role they acted if that is why."""
    if SYSTEM in {by, recorded.actor}:
        return "the software confirmed it, not a person", None
    if by == state.claimed_by:
        return "they had reported it done themselves", None
    for lead in state.lead_roles:
        if by in names.holders_of(lead):
            return f"they acted in {names.called(lead)}, which leads it", lead
    return None, None


def _late_entry(
    by: str, role: str, recorded: Recorded, view: View, on: dt.date
) -> LateEntry | None:
    """Return the entry after a confirmation by which somebody acts in a role on a day."""
    entries = [one for one in view.events_of(role) if _makes_act(one.event, by, on)]
    last = max(entries, key=lambda one: one.position, default=None)
    if last is None or last.position < recorded.position:
        return None
    late = lateness(day_true(last), civil_day(last.recorded_at))
    return LateEntry(last.position, quoted(last.stream), late)


def _makes_act(event: Event, person: str, on: dt.date) -> bool:
    match event:
        case HolderAppointed() | CoverArranged():
            ends = event.last_day_on or dt.date.max
            return event.person == person and event.from_on <= on <= ends
        case _:
            return False
