from __future__ import annotations

from typing import Any, Final

import pytest

from events.action import (
    ActionCreated,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionRecommendationAnswered,
    ActionReworded,
    ActionSuccessMeasureSet,
)
from tests.workflow.action_stories import (
    COMPLETE,
    CREATED,
    GIVEN_UP,
    MARCH,
    NONE,
    NOT_STARTED,
    REF,
)
from tests.workflow.scenario import Case
from workflow.action_commands import (
    AnswerRecommendation,
    ChangeActionLeads,
    CreateAction,
    MoveActionToPriority,
    RewordAction,
    SetSuccessMeasure,
)
from workflow.refusals import Ended, Incomplete, NotFound, NotNow


def create(**changes: Any) -> CreateAction:  # noqa: ANN401 - any field, of any type
    """Return a command that is accepted, but for the changes."""
    fields: dict[str, Any] = {
        "text": "Publish the pathway.",
        "lead_roles": ("role-1",),
        "target": "March 2025",
        "plan": "plan-1",
        "priority": 1,
        "answers": ("recommendation-1",),
    }
    return CreateAction(**(fields | changes))


CREATING: Final = [
    Case("an action is taken on", NONE, create(), then=(CREATED,)),
    Case(
        "two roles lead an action, each once",
        NONE,
        create(
            lead_roles=("role-2", "role-1", "role-2"),
            answers=("recommendation-2", "recommendation-2"),
            success_measure="Nine in ten know it.",
        ),
        then=(
            ActionCreated(
                text="Publish the pathway.",
                lead_roles=("role-2", "role-1"),
                target=MARCH,
                plan="plan-1",
                priority=1,
                answers=("recommendation-2",),
                success_measure="Nine in ten know it.",
            ),
        ),
    ),
    Case(
        "an action that answers a recommendation needs no plan",
        NONE,
        create(plan=None, priority=None),
        then=(CREATED.model_copy(update={"plan": None, "priority": None}),),
    ),
    Case(
        "an action in a plan without priorities needs none",
        NONE,
        create(plan="plan-2", priority=None, answers=()),
        then=(CREATED.model_copy(update={"plan": "plan-2", "priority": None, "answers": ()}),),
    ),
    Case(
        "an action without a plan or a recommendation is refused",
        NONE,
        create(plan=None, priority=None, answers=()),
        refused=Incomplete,
        match="stands in a plan or answers a recommendation",
    ),
    Case(
        "an action without a lead is refused",
        NONE,
        create(lead_roles=()),
        refused=Incomplete,
        match="somebody to lead it",
    ),
    Case(
        "a retired role leads nothing new",
        NONE,
        create(lead_roles=("role-1", "role-3")),
        refused=Incomplete,
        match="RO3 was retired",
    ),
    Case(
        "a role that is not there leads nothing",
        NONE,
        create(lead_roles=("role-9",)),
        refused=NotFound,
        match="There is no RO9",
    ),
    Case("an action in a closed plan is refused", NONE, create(plan="plan-3"), refused=Ended),
    Case(
        "an action under no priority of its plan is refused",
        NONE,
        create(priority=None),
        refused=Incomplete,
        match="priorities are: 1, 2",
    ),
    Case(
        "an action under a priority that its plan has not is refused",
        NONE,
        create(priority=3),
        refused=Incomplete,
        match="priority of P1",
    ),
    Case(
        "an action under a priority of a plan without any is refused",
        NONE,
        create(plan="plan-2"),
        refused=Incomplete,
        match="none yet",
    ),
    Case(
        "a priority without its plan is refused",
        NONE,
        create(plan=None),
        refused=Incomplete,
        match="A priority belongs to a plan",
    ),
    Case(
        "an action answers no rejected recommendation",
        NONE,
        create(answers=("recommendation-3",)),
        refused=Incomplete,
        match="R3 is rejected",
    ),
    Case(
        "an action answers no recommendation that is not there",
        NONE,
        create(answers=("recommendation-9",)),
        refused=NotFound,
    ),
    *(
        Case(
            f"the target date '{words}' is asked about",
            NONE,
            create(target=words),
            refused=Incomplete,
            match="is not clear",
        )
        for words in ("ASAP", "31 February 2025", "TBC")
    ),
]

CHANGING: Final = [
    Case(
        "an action is reworded",
        NOT_STARTED,
        RewordAction(action=REF, text="Publish it.", reason="Shorter."),
        then=(ActionReworded(text="Publish it.", reason="Shorter."),),
    ),
    Case(
        "the words that stand change nothing",
        NOT_STARTED.given(ActionReworded(text="Publish it.", reason="Shorter.")),
        RewordAction(action=REF, text="Publish it.", reason="Shorter."),
    ),
    Case(
        "what is complete is not reworded",
        COMPLETE,
        RewordAction(action=REF, text="Publish it.", reason="Shorter."),
        refused=NotNow,
        match="A1 is complete, so you cannot reword it. Reopen it first",
    ),
    Case(
        "what is not there is not reworded",
        NONE,
        RewordAction(action=REF, text="Publish it.", reason="Shorter."),
        refused=NotFound,
    ),
    Case(
        "another role leads an action",
        NOT_STARTED,
        ChangeActionLeads(action=REF, lead_roles=("role-2",), reason="Handed over."),
        then=(ActionLeadsChanged(lead_roles=("role-2",), reason="Handed over."),),
    ),
    Case(
        "the leads that stand change nothing",
        NOT_STARTED.given(ActionLeadsChanged(lead_roles=("role-2", "role-1"), reason="Both.")),
        ChangeActionLeads(action=REF, lead_roles=("role-1", "role-2"), reason="Both."),
    ),
    Case(
        "an action is not left without a lead",
        NOT_STARTED,
        ChangeActionLeads(action=REF, lead_roles=(), reason="Nobody has time."),
        refused=Incomplete,
    ),
    Case(
        "an action answers another recommendation too",
        COMPLETE,
        AnswerRecommendation(action=REF, recommendation="recommendation-2"),
        then=(ActionRecommendationAnswered(recommendation="recommendation-2"),),
    ),
    Case(
        "a recommendation that it answers already changes nothing",
        NOT_STARTED.given(ActionRecommendationAnswered(recommendation="recommendation-2")),
        AnswerRecommendation(action=REF, recommendation="recommendation-2"),
    ),
    Case(
        "what was given up answers nothing more",
        GIVEN_UP,
        AnswerRecommendation(action=REF, recommendation="recommendation-2"),
        refused=NotNow,
    ),
    Case(
        "an action that stands answers no rejected recommendation either",
        NOT_STARTED,
        AnswerRecommendation(action=REF, recommendation="recommendation-3"),
        refused=Incomplete,
        match="nothing answers it any more",
    ),
    Case(
        "it is settled how success will be known",
        NOT_STARTED,
        SetSuccessMeasure(action=REF, success_measure="Nine in ten know it."),
        then=(ActionSuccessMeasureSet(success_measure="Nine in ten know it."),),
    ),
    Case(
        "the measure that stands changes nothing",
        NOT_STARTED.given(ActionSuccessMeasureSet(success_measure="Nine in ten know it.")),
        SetSuccessMeasure(action=REF, success_measure="Nine in ten know it."),
    ),
    Case(
        "the measure of what was given up is not settled",
        GIVEN_UP,
        SetSuccessMeasure(action=REF, success_measure="Nine in ten know it."),
        refused=NotNow,
    ),
    Case(
        "an action moves to another priority of its plan",
        NOT_STARTED,
        MoveActionToPriority(action=REF, priority=2, reason="It is about schools."),
        then=(ActionMovedToPriority(priority=2, reason="It is about schools."),),
    ),
    Case(
        "the priority that stands changes nothing",
        NOT_STARTED.given(ActionMovedToPriority(priority=2, reason="It is about schools.")),
        MoveActionToPriority(action=REF, priority=2, reason="Again."),
    ),
    Case(
        "an action moves to no priority that its plan has not",
        NOT_STARTED,
        MoveActionToPriority(action=REF, priority=3, reason="It is about schools."),
        refused=Incomplete,
        match="priorities are: 1, 2",
    ),
    Case(
        "an action of no plan has no priority to move to",
        NONE.given(CREATED.model_copy(update={"plan": None, "priority": None})),
        MoveActionToPriority(action=REF, priority=2, reason="It is about schools."),
        refused=Incomplete,
        match="A1 stands in no plan",
    ),
    Case(
        "an action of a closed plan stays where it is",
        NONE.given(CREATED.model_copy(update={"plan": "plan-3"})),
        MoveActionToPriority(action=REF, priority=2, reason="It is about schools."),
        refused=Ended,
    ),
    Case(
        "what is complete stays under its priority",
        COMPLETE,
        MoveActionToPriority(action=REF, priority=2, reason="It is about schools."),
        refused=NotNow,
        match="you cannot move it to another priority",
    ),
]

CASES: Final = CREATING + CHANGING


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_action_decides_what_it_is(case: Case) -> None:
    case.check()
