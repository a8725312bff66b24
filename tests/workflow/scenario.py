"""Given these events, when this command, then those events, or a refusal.

    Scenario(DECIDER, "action-1").given(created).when(StartAction(action="action-1")).then(started)

Every step can name who acts; `then` goes on from what happened, so that steps can be chained.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from typing_extensions import override

from events.catalogue import Event
from tests.workflow.known import FakeKnown
from workflow.circumstances import Circumstances
from workflow.command import Command, Decider, registered_commands
from workflow.refusals import Refusal
from workflow.working_days import england

TODAY = dt.date(2025, 1, 15)
"""A Wednesday, on which scenarios happen unless they name another day."""

CALENDAR = england()
"""England's working days, made once."""

LEAD, OTHER = "person-1", "person-2"
"""Who acts in what is given, and who gives commands, unless a step names somebody else."""


@dataclass(frozen=True)
class Scenario:
    """One stream's story so far."""

    decider: Decider
    ref: str
    known: FakeKnown = field(default_factory=FakeKnown)
    today: dt.date = TODAY
    state: Any = None

    def __post_init__(self) -> None:
        if self.state is None:
            object.__setattr__(self, "state", self.decider.initial(self.ref))

    def given(self, *events: Event, by: str = LEAD, on: dt.date | None = None) -> Scenario:
        """Return the scenario after some events by one actor, true `on` a day, else today."""
        state = self.state
        for event in events:
            state = self.decider.after(state, event, by, lambda: on or self.today)
        return replace(self, state=state)

    def on(self, day: dt.date) -> Scenario:
        """Return the scenario on another day."""
        return replace(self, today=day)

    def when(self, command: Command, *, by: str = OTHER) -> Asked:
        """Give a command; `then` or `refused` says what comes of it."""
        return Asked(self, command, by)


@dataclass(frozen=True)
class Asked:
    """A command that somebody gave in a scenario."""

    scenario: Scenario
    command: Command
    by: str

    def decide(self) -> tuple[Event, ...]:
        """Return what the stream's decider answers."""
        story = self.scenario
        circumstances = Circumstances(story.today, self.by, CALENDAR, story.known)
        return tuple(story.decider.decide(self.command, story.state, circumstances))

    def then(self, *events: Event) -> Scenario:
        """Check that exactly these events follow; return the scenario after them."""
        assert self.decide() == events
        return self.scenario.given(*events, by=self.by, on=self.command.effective_on)

    def refused(self, refusal: type[Refusal], match: str | None = None) -> Refusal:
        """Check that the command is refused, in words that match; return the refusal."""
        with pytest.raises(refusal, match=match) as caught:
            self.decide()
        assert type(caught.value) is refusal
        return caught.value


@dataclass(frozen=True)
class Case:
    """One row of a table: a sentence, what is given, the command, and events or a refusal.

    Rows are parametrized with `ids=str`. `then` is what follows; `refused` with `match` says why
    nothing does.
    """

    sentence: str
    given: Scenario
    when: Command
    then: tuple[Event, ...] = ()
    refused: type[Refusal] | None = None
    match: str | None = None
    by: str = OTHER

    @override
    def __str__(self) -> str:
        return self.sentence

    def check(self) -> None:
        """Fail unless the decider answers as the row says."""
        asked = self.given.when(self.when, by=self.by)
        if self.refused is None:
            asked.then(*self.then)
        else:
            asked.refused(self.refused, self.match)


def untested(cases: Iterable[Case], *categories: str) -> set[str]:
    """Return what a table misses: every command needs an accepted row and a refused one.

    An accepted row must yield an event: a command that changes nothing proves little.
    """
    rows = list(cases)
    accepted = {type(case.when) for case in rows if case.refused is None and case.then}
    refused = {type(case.when) for case in rows if case.refused is not None}
    commands = {cls for cls in registered_commands() if cls.category in categories}
    return {f"{cls.__name__} accepted" for cls in commands - accepted} | {
        f"{cls.__name__} refused" for cls in commands - refused
    }
