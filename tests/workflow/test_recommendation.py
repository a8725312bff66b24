from __future__ import annotations

from events.catalogue import registered
from tests.workflow import (
    test_recommendation_dates,
    test_recommendation_impact,
    test_recommendation_wording,
    test_recommendation_work,
)
from tests.workflow.recommendation_stories import R
from tests.workflow.scenario import untested
from workflow.recommendation_commands import ProposeRecommendation, StartRecommendation
from workflow.recommendation_state import RecommendationEvent, RecommendationState

CASES = [
    *test_recommendation_wording.CASES,
    *test_recommendation_work.CASES,
    *test_recommendation_dates.CASES,
    *test_recommendation_impact.CASES,
]


def test_every_recommendation_command_is_accepted_in_one_case_and_refused_in_another() -> None:
    assert untested(CASES, "recommendation") == set()


def test_every_fact_about_recommendations_changes_a_recommendation() -> None:
    catalogued = {cls for cls in registered() if cls.type_name.startswith("recommendation.")}
    assert set(RecommendationEvent.__args__) == catalogued


def test_a_recommendation_begins_as_nothing() -> None:
    state = RecommendationState(R)
    assert (state.status, state.target, state.original_target) == (None, None, None)


def test_a_command_about_a_recommendation_names_its_stream() -> None:
    assert StartRecommendation(recommendation=R).subject == R
    assert ProposeRecommendation(text="Share.").subject is None
