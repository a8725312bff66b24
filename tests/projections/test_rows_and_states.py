from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from events.values import TargetDate
from projections.civil_days import day_true
from projections.projection import Row
from tests.projections.folds import Folded
from tests.projections.stories import recorded_story
from workflow.deciders import DECIDERS

MODELS = {"action": "actions", "audit": "audits", "plan": "plans"} | {
    "evidence": "evidence",
    "meeting": "meetings",
    "recommendation": "recommendations",
    "remark": "remarks",
}


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(10, 600))
def test_the_rows_agree_with_the_states_on_which_the_workflow_decides(seed: int, size: int) -> None:
    events = recorded_story(seed, size)
    rows = Folded(events).rows()
    states: dict[str, Any] = {}
    for event in events:
        decider = DECIDERS.get(event.stream.partition("-")[0])
        if decider is not None:
            state = states.get(event.stream) or decider.initial(event.stream)
            on = partial(day_true, event)
            states[event.stream] = decider.after(state, event.event, event.actor, on)
    assert states
    for ref, state in states.items():
        category = ref.partition("-")[0]
        AGREEMENTS[category](rows[MODELS.get(category, "directory")][ref], state)


def action_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["status"], row["text"]) == (state.status, state.text)
    assert row["interrupted"] == list(state.interrupted)
    assert row["lead_roles"] == list(state.lead_roles)
    assert row["answers"] == list(state.answers)
    assert (row["plan"], row["priority"]) == (state.plan, state.priority)
    assert row["review_on"] == (state.review_on and state.review_on.isoformat())
    assert dates_of_row(row) == dates_of_state(state)


def recommendation_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["status"], row["text"]) == (state.status, state.text)
    assert row["addressed_to"] == list(state.addressed_to)
    assert read(row["original_target"]) == state.original_target
    assert read(row["impact_target"]) == state.impact_target
    assert dates_of_row(row) == dates_of_state(state)


def audit_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["stage"], row["title"]) == (state.stage, state.title)
    assert (row["subgroup"], row["lead_role"]) == (state.subgroup, state.lead_role)
    found = [(one["status"], one["text"]) for one in row["findings"].values()]
    assert found == [(one.status, one.text) for one in state.findings]
    clocks = [(one["status"], one["name"], one["due_on"]) for one in row["clocks"].values()]
    assert clocks == [(one.status, one.name, one.due_on.isoformat()) for one in state.clocks]
    assert (row["followed_up_on"] is not None) == state.is_followed_up


def role_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["standing"], row["title"]) == (state.standing, state.title)
    assert list(row["aliases"].values()) == [alias.words for alias in state.aliases]
    held = [(time["person"], time["from_on"]) for time in row["tenures"]]
    assert held == [(time.person, time.from_on.isoformat()) for time in state.tenures]
    covered = [(int(number), time["last_day_on"]) for number, time in row["covers"].items()]
    arranged = [(one.number, one.time.last_day_on.isoformat()) for one in state.covers]
    assert sorted(covered) == sorted(arranged)


def person_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["name"], row["email"], row["agency"]) == (state.name, state.email, state.agency)
    assert row["last_day_on"] == (state.last_day_on and state.last_day_on.isoformat())
    assert {grant["access"] for grant in row["grants"]} == {one.access for one in state.grants}


def plan_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["status"], row["title"]) == (state.status, state.title)
    assert {int(number): title for number, title in row["priorities"].items()} == state.priorities
    assert {document["sha256"] for document in row["documents"]} == state.documents


def named_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["standing"], row["name"]) == (state.standing, state.name)
    assert row.get("chair_role") == getattr(state, "chair_role", None)


def meeting_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["status"], row["title"]) == (state.status, state.title)
    assert row["held_on"] == state.held_on.isoformat()
    assert row["papers_position"] == state.papers_position


def remark_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert (row["status"], row["by"]) == (state.status, state.by)


def evidence_agrees(row: Row, state: Any) -> None:  # noqa: ANN401
    assert row["status"] == state.status


AGREEMENTS: dict[str, Callable[[Row, Any], None]] = {
    "action": action_agrees,
    "agency": named_agrees,
    "audit": audit_agrees,
    "evidence": evidence_agrees,
    "meeting": meeting_agrees,
    "person": person_agrees,
    "plan": plan_agrees,
    "recommendation": recommendation_agrees,
    "remark": remark_agrees,
    "role": role_agrees,
    "subgroup": named_agrees,
}


def dates_of_row(row: Row) -> tuple[Any, ...]:
    asked = [(one["number"], one["asked_by"], one["status"]) for one in row["extensions"]]
    return read(row["target"]), asked, row["extensions_granted"]


def dates_of_state(state: Any) -> tuple[Any, ...]:  # noqa: ANN401
    asked = [(one.number, one.asked_by, one.outcome.value) for one in state.extensions.requests]
    return state.target, asked, state.extensions.given


def read(stored: Row | None) -> TargetDate | None:
    return None if stored is None else TargetDate.model_validate(stored)
