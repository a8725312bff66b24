from __future__ import annotations

import pytest

from interfaces.importing.answers import Answers
from interfaces.importing.choosing import WITHOUT_CANCELLING, answer_all, choose_parts
from interfaces.importing.proposal import (
    GoneAction,
    Part,
    PlanProposal,
    Proposal,
    Question,
    RecommendationProposal,
    RowProposal,
    RowState,
)
from interfaces.importing.refusals import OpenChoices
from tests.interfaces.importing.made_plans import plan_row

GONE = (GoneAction("action-9", "Old", "May 2024"),)
FOUND = RecommendationProposal(1, "Hear the child", "A review")


def proposal(
    *states: RowState,
    ref: str | None = "plan-1",
    gone: tuple[GoneAction, ...] = (),
    read_before_on: str | None = None,
    recommendations: tuple[RecommendationProposal, ...] = (),
) -> Proposal:
    rows = tuple(RowProposal(plan_row("Do it"), state) for state in states)
    plan = PlanProposal("Our plan", ref, rows=rows, gone=gone, read_before_on=read_before_on)
    return Proposal("plan.csv", "0" * 64, 7, (plan,), recommendations=recommendations)


class Person:
    """Somebody who answers, and whose questions are kept."""

    def __init__(self, answers: str) -> None:
        self.asked: list[str] = []
        self._answers = answers.split()

    def __call__(self, question: Question) -> bool:
        self.asked.append(question.asks)
        return self._answers.pop(0) == "yes"


def test_a_new_plan_is_taken_whole_without_asking() -> None:
    new = proposal(RowState.NEW, ref=None, recommendations=(FOUND,))
    assert choose_parts(new, None, None, yes=False) == WITHOUT_CANCELLING


def test_a_plan_that_is_there_is_asked_about_part_by_part() -> None:
    person = Person("yes no no yes")
    there = proposal(
        RowState.NEW,
        RowState.CHANGED,
        RowState.CHANGED,
        RowState.SAME,
        gone=GONE,
        recommendations=(FOUND,),
    )
    assert choose_parts(there, None, person, yes=False) == {Part.NEW, Part.RECOMMENDATIONS}
    assert person.asked == [
        "Take the 1 new action?",
        "Take the 2 changed actions?",
        "Cancel the 1 action that the document no longer names?",
        "Take the 1 new recommendation?",
    ]


def test_without_anybody_to_ask_nothing_is_chosen() -> None:
    with pytest.raises(OpenChoices) as refused:
        choose_parts(proposal(RowState.CHANGED, gone=GONE), None, None, yes=False)
    assert refused.value.told == (
        "1 changed action",
        "1 action that the document no longer names",
    )


def test_yes_takes_everything_but_what_is_gone() -> None:
    there = proposal(RowState.CHANGED, gone=GONE)
    assert choose_parts(there, None, None, yes=True) == WITHOUT_CANCELLING


def test_what_is_gone_alone_asks_for_nothing() -> None:
    assert Part.GONE not in choose_parts(proposal(gone=GONE), None, None, yes=False)


def test_a_file_that_was_read_before_gives_nothing_unless_told_to() -> None:
    before = proposal(read_before_on="2025-03-31", recommendations=(FOUND,))
    assert choose_parts(before, None, None, yes=True) == frozenset()
    given = frozenset({Part.RECOMMENDATIONS})
    assert choose_parts(before, given, None, yes=False) == given


def test_answers_are_asked_for_one_by_one_until_none_is_open() -> None:
    keys = ("same-plan:a", "same-role:b")

    def propose(answers: Answers) -> Proposal:
        questions = tuple(Question(key, f"{key}?", "", "", answers.to(key)) for key in keys)
        return Proposal("plan.csv", "0" * 64, 7, questions=questions)

    person = Person("yes no")
    settled, answers = answer_all(propose(Answers()), Answers(), person, propose)
    assert person.asked == ["same-plan:a?", "same-role:b?"]
    assert [question.answer for question in settled.questions] == [True, False]
    assert answers.given == {"same-plan:a": True, "same-role:b": False}


def test_one_answer_may_differ_from_all_that_were_agreed_to() -> None:
    answers = Answers(accept_aliases=True).also("same-role:b", answer=False)
    assert answers.to("same-role:a") is True
    assert answers.to("same-role:b") is False
    assert answers.to("same-plan:a") is None
