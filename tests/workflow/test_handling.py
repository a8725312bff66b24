"""The few steps that every command takes, whatever it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from events.catalogue import Event
from events.directory import Access
from events.plan import PlanAdopted, PlanRetitled
from tests.workflow.known import FakeKnown
from workflow.circumstances import Circumstances, Grant
from workflow.command import Command, Decider, command, registered_commands
from workflow.deciders import DECIDERS
from workflow.handling import Answer, handle
from workflow.permissions import SubjectFacts
from workflow.plan_commands import AdoptPlan, RetitlePlan
from workflow.refusals import Conflict, Incomplete, NotAllowed, NotFound
from workflow.working_days import england

TODAY = dt.date(2025, 3, 31)


@dataclass
class PaperDesk:
    """A desk that keeps what is appended on paper."""

    states: dict[str, tuple[Any, int]] = field(default_factory=dict)
    appended: list[tuple[str, int, list[Event], dt.date | None]] = field(default_factory=list)

    def new_stream(self, category: str) -> str:
        return f"{category}-1"

    def state_of(self, stream: str, decider: Decider) -> tuple[Any, int]:
        return self.states.get(stream, (decider.initial(stream), 0))

    def subject_facts(self, command: Command) -> SubjectFacts:
        del command
        return SubjectFacts()

    def append(
        self, stream: str, version: int, events: Sequence[Event], effective_on: dt.date | None
    ) -> None:
        self.appended.append((stream, version, list(events), effective_on))


def circumstances(actor: str = "person-1") -> Circumstances:
    known = FakeKnown(
        standings={"person-1": "current", "person-2": "current"},
        grants={"person-1": (Grant(Access.BUSINESS_MANAGER),)},
    )
    return Circumstances(TODAY, actor, england(), known)


def desk_with_plan() -> PaperDesk:
    decider = DECIDERS["plan"]
    state = decider.evolve(decider.initial("plan-1"), PlanAdopted(title="Old"), "person-1")
    return PaperDesk(states={"plan-1": (state, 1)})


def test_a_command_that_begins_something_gets_a_new_stream() -> None:
    desk = PaperDesk()
    answer = handle(AdoptPlan(title="Plan"), desk, circumstances(), DECIDERS)
    assert answer == Answer("plan-1", 1, 1)
    assert desk.appended == [("plan-1", 0, [PlanAdopted(title="Plan")], None)]


def test_a_change_is_appended_after_what_is_there_with_the_day_on_which_it_became_true() -> None:
    desk = desk_with_plan()
    told = dt.date(2025, 3, 3)
    answer = handle(
        RetitlePlan(plan="plan-1", title="New", effective_on=told),
        desk,
        circumstances(),
        DECIDERS,
        expected_version=1,
    )
    assert answer == Answer("plan-1", 2, 1)
    assert desk.appended == [("plan-1", 1, [PlanRetitled(title="New")], told)]


def test_a_command_that_changes_nothing_appends_nothing() -> None:
    desk = desk_with_plan()
    answer = handle(RetitlePlan(plan="plan-1", title="Old"), desk, circumstances(), DECIDERS)
    assert answer == Answer("plan-1", 1, 0)
    assert desk.appended == []


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound, match="There is no P7 here"):
        handle(RetitlePlan(plan="plan-7", title="New"), PaperDesk(), circumstances(), DECIDERS)


def test_a_change_to_what_somebody_else_changed_meanwhile_is_a_conflict() -> None:
    desk = desk_with_plan()
    with pytest.raises(Conflict, match="Nothing of yours was stored"):
        handle(
            RetitlePlan(plan="plan-1", title="New"),
            desk,
            circumstances(),
            DECIDERS,
            expected_version=4,
        )
    assert desk.appended == []


def test_who_may_not_is_told_who_may() -> None:
    desk = desk_with_plan()
    with pytest.raises(NotAllowed, match="business manager"):
        handle(RetitlePlan(plan="plan-1", title="New"), desk, circumstances("person-2"), DECIDERS)
    assert desk.appended == []


def test_nothing_can_have_become_true_in_the_future() -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    with pytest.raises(Incomplete, match="in the future"):
        handle(
            AdoptPlan(title="Plan", effective_on=tomorrow), PaperDesk(), circumstances(), DECIDERS
        )


def test_two_commands_cannot_share_a_name() -> None:
    taken = next(registered_commands())
    with pytest.raises(ValueError, match="two commands are called"):
        command(taken.category, taken.verb)(type("Another", (Command,), {}))
