from __future__ import annotations

from notifications.letter_needed import needed
from workflow.action_state import ENDED, ActionStatus
from workflow.recommendation_state import OPEN, RecommendationStatus


def test_every_status_that_can_be_reminded_of_says_what_is_needed() -> None:
    followed = {*ActionStatus} - ENDED
    recommended = OPEN | {RecommendationStatus.IMPLEMENTED, RecommendationStatus.IMPACT_DUE}

    assert all(needed(status).endswith(".") for status in followed | recommended)
