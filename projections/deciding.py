"""Who may give a command on an item: asked of the workflow itself, for everybody in the directory.

Nothing is guessed here: somebody may decide if the table of permissions lets them, and if the
decision does not turn them away for what they are to the item (its lead, who asked, not the
executive).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final

from events.refs import category_of
from projections.civil_days import day_true
from projections.known import KnownFrom, subject_facts
from projections.projection import Row
from projections.store import View
from workflow.circumstances import SYSTEM, Circumstances
from workflow.command import Command
from workflow.deciders import DECIDERS
from workflow.permissions import may
from workflow.refusals import NotAllowed, Refusal
from workflow.working_days import WorkingDays


def state_in(view: View, stream: str) -> Any:  # noqa: ANN401 - as the stream's category
    """Return the state of a stream as its own decisions see it, from its history in a view."""
    decider = DECIDERS[category_of(stream)]
    state = decider.initial(stream)
    for recorded in view.events_of(stream):
        state = decider.after(state, recorded.event, recorded.actor, partial(day_true, recorded))
    return state


class Deciding:
    """The people of one view, on one day, and the states of the items they may decide on."""

    def __init__(self, view: View, on: dt.date, calendar: WorkingDays) -> None:
        self.on: Final = on
        self._view, self._calendar = view, calendar
        self._models: dict[str, Mapping[str, Row]] = {}
        self._known = KnownFrom(self._get, on, self._all)

    def state_of(self, ref: str) -> Any:  # noqa: ANN401 - as the stream's category
        """Return an item's state as its own decisions see it."""
        return state_in(self._view, ref)

    def who_may(self, command: Command, state: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
        """Return the people, by reference, who may give a command on an item in its state."""
        return tuple(self._who_may(command, state))

    def who(self, allowed: Callable[[Circumstances], bool]) -> tuple[str, ...]:
        """Return the people, by reference, who are allowed something of the whole partnership."""
        people = ((one, self._as_seen_by(one)) for one in self._people)
        return tuple(person for person, circumstances in people if allowed(circumstances))

    def refusal_of(self, command: Command, state: Any) -> Refusal | None:  # noqa: ANN401 - as above
        """Return what a command on an item would be refused for, whoever gave it; None for nothing.

        What depends on who gives it is left out.
        """
        try:
            _decide(command, state, self._as_seen_by(SYSTEM))
        except NotAllowed:
            return None
        except Refusal as refusal:
            return refusal
        return None

    def _who_may(self, command: Command, state: Any) -> Iterator[str]:  # noqa: ANN401 - as above
        facts = subject_facts(command, self._get)
        for person in self._people:
            circumstances = self._as_seen_by(person)
            allowed = may(type(command), facts, circumstances)
            if allowed and not _turned_away(command, state, circumstances):
                yield person

    def _as_seen_by(self, actor: str) -> Circumstances:
        return Circumstances(self.on, actor, self._calendar, self._known)

    @cached_property
    def _people(self) -> tuple[str, ...]:
        people = (ref for ref, row in self._all("directory").items() if row["kind"] == "person")
        return tuple(sorted(people, key=lambda ref: int(ref.rpartition("-")[2])))

    def _get(self, model: str, key: str) -> Row | None:
        return self._all(model).get(key)

    def _all(self, model: str) -> Mapping[str, Row]:
        if model not in self._models:
            self._models[model] = self._view.all(model)
        return self._models[model]


def _decide(command: Command, state: Any, circumstances: Circumstances) -> None:  # noqa: ANN401
    DECIDERS[state.ref.partition("-")[0]].decide(command, state, circumstances)


def _turned_away(command: Command, state: Any, circumstances: Circumstances) -> bool:  # noqa: ANN401
    try:
        _decide(command, state, circumstances)
    except NotAllowed:
        return True
    except Refusal:
        # Something else has to be mended first, whoever decides.
        return False
    return False
