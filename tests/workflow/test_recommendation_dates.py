from __future__ import annotations

import datetime as dt

import pytest

from events.recommendation import (
    Colour,
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationProposed,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
)
from tests.workflow.recommendation_stories import (
    CHAIR,
    DUE,
    LATER,
    POLICE,
    R,
    recommendation,
)
from tests.workflow.scenario import LEAD, TODAY, Case
from workflow.recommendation_later_commands import (
    CorrectRecommendationTargetDate,
    EndRecommendationBragOverride,
    MoveRecommendationTargetDate,
    OverrideRecommendationBrag,
    SetRecommendationTargetDate,
)
from workflow.recommendation_state import ENDED, OPEN, RecommendationStatus
from workflow.refusals import Incomplete, NotAllowed, NotNow
from workflow.target_dates import read_target_date

UNDATED = RecommendationProposed(text="Share.", source="A letter")
SET = SetRecommendationTargetDate(recommendation=R, target="30 June 2025")
MOVE = MoveRecommendationTargetDate(recommendation=R, target="30 June 2025", reason="New law")
CORRECT = CorrectRecommendationTargetDate(recommendation=R, target="30 June 2025", reason="Misread")
MOVED = RecommendationTargetDateMoved(target=LATER, reason="New law")
CORRECTED = RecommendationTargetDateCorrected(target=LATER, reason="Misread")
TOMORROW = TODAY + dt.timedelta(days=1)
OVERRIDDEN = RecommendationBragOverridden(
    colour=Colour.AMBER, reason="Funding unsure", expires_on=TOMORROW
)


def override(
    colour: Colour = Colour.AMBER, until: dt.date = TOMORROW
) -> OverrideRecommendationBrag:
    return OverrideRecommendationBrag(
        recommendation=R, colour=colour, reason="Funding unsure", expires_on=until
    )


END = EndRecommendationBragOverride(recommendation=R)

CASES = [
    Case(
        "a first target date is set",
        recommendation("accepted", UNDATED),
        SET,
        then=(RecommendationTargetDateSet(target=LATER),),
    ),
    Case(
        "a first target date is not set twice",
        recommendation("accepted"),
        SET,
        refused=NotNow,
        match="Move it with a reason, correct it, or ask for more time",
    ),
    Case(
        "the same first date changes nothing",
        recommendation("accepted"),
        SetRecommendationTargetDate(recommendation=R, target="31 March 2025"),
    ),
    Case(
        "a date that nobody can read is not set",
        recommendation("accepted", UNDATED),
        SetRecommendationTargetDate(recommendation=R, target="soon"),
        refused=Incomplete,
    ),
    Case("the date moves for a reason", recommendation("in_progress"), MOVE, then=(MOVED,)),
    Case("the same date changes nothing", recommendation("in_progress").given(MOVED), MOVE),
    Case(
        "whoever it is addressed to asks for more time instead of moving the date",
        recommendation("in_progress"),
        MOVE,
        refused=NotAllowed,
        match="may not move the target date of R7",
        by=CHAIR,
    ),
    Case(
        "somebody of the agency that it is addressed to does not move its date",
        recommendation("in_progress"),
        MOVE,
        refused=NotAllowed,
        match="acts for AG1",
        by=POLICE,
    ),
    Case(
        "a date that was never set does not move",
        recommendation("in_progress", UNDATED),
        MOVE,
        refused=NotNow,
        match="Set its first target date",
    ),
    Case(
        "the date of what was done does not move",
        recommendation("implemented"),
        MOVE,
        refused=NotNow,
        match="it can be corrected",
    ),
    Case(
        "a wrong date is put right, even later",
        recommendation("verified"),
        CORRECT,
        then=(CORRECTED,),
    ),
    Case("the right date changes nothing", recommendation("verified").given(CORRECTED), CORRECT),
    Case(
        "a date that was never set is not wrong",
        recommendation("accepted", UNDATED),
        CORRECT,
        refused=NotNow,
    ),
    Case("a colour is overruled", recommendation("in_progress"), override(), then=(OVERRIDDEN,)),
    Case(
        "whoever leads it does not overrule its colour",
        recommendation("in_progress"),
        override(),
        refused=NotAllowed,
        match="may not overrule the colour of R7",
        by=LEAD,
    ),
    Case(
        "nobody says that it is blue",
        recommendation("in_progress"),
        override(Colour.BLUE),
        refused=Incomplete,
        match="Blue means that it was confirmed",
    ),
    Case(
        "a colour is overruled up to a day to come",
        recommendation("in_progress"),
        override(until=TODAY),
        refused=Incomplete,
        match="15 January 2025 is not",
    ),
    Case(
        "an override ends early",
        recommendation("in_progress").given(OVERRIDDEN),
        END,
        then=(RecommendationBragOverrideEnded(),),
    ),
    Case(
        "an override that was not made does not end",
        recommendation("in_progress"),
        END,
        refused=NotNow,
    ),
    Case(
        "an override that has run out does not end",
        recommendation("in_progress").given(OVERRIDDEN).on(TOMORROW + dt.timedelta(days=1)),
        END,
        refused=NotNow,
    ),
    Case(
        "an override does not end twice",
        recommendation("in_progress").given(OVERRIDDEN, RecommendationBragOverrideEnded()),
        END,
        refused=NotNow,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dates_and_colours(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("status", RecommendationStatus)
@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        (MOVE, OPEN),
        (CORRECT, frozenset(RecommendationStatus)),
        (override(), frozenset(RecommendationStatus) - ENDED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_command_is_answered_in_its_statuses_only(
    command: MoveRecommendationTargetDate, allowed: frozenset[RecommendationStatus], status: str
) -> None:
    asked = recommendation(status).when(command)
    if status in allowed:
        asked.decide()
    else:
        asked.refused(NotNow)


def test_a_first_date_is_the_original_date() -> None:
    state = (
        recommendation("proposed", UNDATED)
        .when(SET)
        .then(RecommendationTargetDateSet(target=LATER))
        .state
    )
    assert (state.original_target, state.target) == (LATER, LATER)


def test_a_move_keeps_the_original_date() -> None:
    state = recommendation("accepted").given(MOVED).state
    assert (state.original_target, state.target) == (DUE, LATER)


def test_a_correction_puts_the_original_date_right_too() -> None:
    state = recommendation("accepted").given(CORRECTED).state
    assert (state.original_target, state.target) == (LATER, LATER)


def test_a_correction_after_a_move_keeps_the_original_date() -> None:
    right = read_target_date("31 July 2025")
    correction = RecommendationTargetDateCorrected(target=right, reason="Misread")
    state = recommendation("accepted").given(MOVED, correction).state
    assert (state.original_target, state.target) == (DUE, right)


def test_a_date_that_moved_back_still_counts_as_moved() -> None:
    back = RecommendationTargetDateMoved(target=DUE, reason="Not needed")
    state = recommendation("accepted").given(MOVED, back, CORRECTED).state
    assert (state.original_target, state.target) == (DUE, LATER)
