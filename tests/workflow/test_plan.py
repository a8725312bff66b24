from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)
from tests.workflow.scenario import Case, Scenario, untested
from workflow.plan import DECIDER
from workflow.plan_commands import (
    AddPriority,
    AdoptPlan,
    ClosePlan,
    RecordDocument,
    RetitlePlan,
    RetitlePriority,
)
from workflow.refusals import Incomplete, NotFound, NotNow

REF: Final = "plan-1"
SHA: Final = "0" * 64
ADOPTED: Final = PlanAdopted(
    title="Plan", from_on=dt.date(2024, 4, 1), until_on=dt.date(2026, 3, 31)
)
FIRST: Final = PriorityAdded(number=1, title="Early help")
IMPORTED: Final = DocumentImported(document="plan.txt", sha256=SHA, rows=28)
CLOSED: Final = PlanClosed(reason="A new one follows.")
NONE: Final = Scenario(DECIDER, REF)
PLAN: Final = NONE.given(ADOPTED)
WITH_PRIORITY: Final = PLAN.given(FIRST)
OVER: Final = WITH_PRIORITY.given(IMPORTED, CLOSED)

CASES: Final = [
    Case(
        "a plan is adopted",
        NONE,
        AdoptPlan(title=" Plan ", from_on=dt.date(2024, 4, 1), until_on=dt.date(2026, 3, 31)),
        then=(ADOPTED,),
    ),
    Case(
        "a plan may be adopted without its dates",
        NONE,
        AdoptPlan(title="Plan", until_on=dt.date(2026, 3, 31)),
        then=(PlanAdopted(title="Plan", until_on=dt.date(2026, 3, 31)),),
    ),
    Case(
        "a plan for one day is a plan",
        NONE,
        AdoptPlan(title="Plan", from_on=dt.date(2024, 4, 1), until_on=dt.date(2024, 4, 1)),
        then=(
            PlanAdopted(title="Plan", from_on=dt.date(2024, 4, 1), until_on=dt.date(2024, 4, 1)),
        ),
    ),
    Case(
        "a plan that ends before it begins is refused",
        NONE,
        AdoptPlan(title="Plan", from_on=dt.date(2024, 4, 1), until_on=dt.date(2024, 3, 31)),
        refused=Incomplete,
        match="31 March 2024, lies before its first, 1 April 2024",
    ),
    Case(
        "a plan is retitled",
        PLAN,
        RetitlePlan(plan=REF, title="Business plan"),
        then=(PlanRetitled(title="Business plan"),),
    ),
    Case(
        "the title that stands changes nothing",
        PLAN.given(PlanRetitled(title="Business plan")),
        RetitlePlan(plan=REF, title="Business plan"),
    ),
    Case(
        "a plan that is not there cannot be retitled",
        NONE,
        RetitlePlan(plan=REF, title="Business plan"),
        refused=NotFound,
        match="There is no P1 here",
    ),
    Case(
        "the first priority is number one",
        PLAN,
        AddPriority(plan=REF, title="Early help"),
        then=(FIRST,),
    ),
    Case(
        "the next priority follows the highest number",
        PLAN.given(PriorityAdded(number=3, title="Neglect")),
        AddPriority(plan=REF, title="Early help"),
        then=(PriorityAdded(number=4, title="Early help"),),
    ),
    Case(
        "a priority takes the number that the plan gives it",
        WITH_PRIORITY,
        AddPriority(plan=REF, title="Neglect", number=3),
        then=(PriorityAdded(number=3, title="Neglect"),),
    ),
    Case(
        "the same priority again changes nothing",
        WITH_PRIORITY,
        AddPriority(plan=REF, title="Early help", number=1),
    ),
    Case(
        "two priorities cannot have one number",
        WITH_PRIORITY,
        AddPriority(plan=REF, title="Neglect", number=1),
        refused=Incomplete,
        match="P1 has a priority 1 already",
    ),
    Case(
        "a closed plan gets no new priority",
        OVER,
        AddPriority(plan=REF, title="Neglect"),
        refused=NotNow,
        match="P1 is closed",
    ),
    Case(
        "a priority is retitled",
        WITH_PRIORITY,
        RetitlePriority(plan=REF, number=1, title="Help early"),
        then=(PriorityRetitled(number=1, title="Help early"),),
    ),
    Case(
        "the title of a priority that stands changes nothing",
        WITH_PRIORITY.given(PriorityRetitled(number=1, title="Help early")),
        RetitlePriority(plan=REF, number=1, title="Help early"),
    ),
    Case(
        "a priority that is not there cannot be retitled",
        WITH_PRIORITY,
        RetitlePriority(plan=REF, number=2, title="Help early"),
        refused=Incomplete,
        match="Its priorities are: 1",
    ),
    Case(
        "a plan without priorities says so",
        PLAN,
        RetitlePriority(plan=REF, number=2, title="Help early"),
        refused=Incomplete,
        match="Its priorities are: none",
    ),
    Case(
        "a document is read into a plan",
        PLAN,
        RecordDocument(plan=REF, document="plan.txt", sha256=SHA, rows=28),
        then=(IMPORTED,),
    ),
    Case(
        "the same document again adds nothing",
        PLAN.given(IMPORTED),
        RecordDocument(plan=REF, document="copy of plan.txt", sha256=SHA, rows=28),
    ),
    Case(
        "the same document again adds nothing to a closed plan either",
        OVER,
        RecordDocument(plan=REF, document="plan.txt", sha256=SHA, rows=28),
    ),
    Case(
        "another document is read into it too",
        PLAN.given(IMPORTED),
        RecordDocument(plan=REF, document="plan.txt", sha256="1" * 64, rows=0),
        then=(DocumentImported(document="plan.txt", sha256="1" * 64, rows=0),),
    ),
    Case(
        "no other document is read into a closed plan",
        OVER,
        RecordDocument(plan=REF, document="plan.txt", sha256="1" * 64, rows=28),
        refused=NotNow,
        match="Adopt the plan that follows it",
    ),
    Case("a plan closes", PLAN, ClosePlan(plan=REF, reason="A new one follows."), then=(CLOSED,)),
    Case("closing it again changes nothing", OVER, ClosePlan(plan=REF, reason="Again.")),
    Case(
        "a plan that is not there cannot close",
        NONE,
        ClosePlan(plan=REF, reason="A new one follows."),
        refused=NotFound,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_plan_decides(case: Case) -> None:
    case.check()


def test_every_command_about_plans_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "plan") == set()
