from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from notifications.audiences import Audiences, Told
from notifications.ladder import Ladder
from notifications.rules import DEFAULT_RULES, Occasion, Recipient
from notifications.subjects import Audience
from notifications.wording import joined, needed, next_steps, standing, why
from tests.notifications.directories import (
    CALENDAR,
    CHAIR,
    LEAD,
    MANAGER,
    office_holders,
    subject,
)
from workflow.action_state import ENDED, ActionStatus
from workflow.recommendation_state import OPEN, RecommendationStatus

TODAY = dt.date(2024, 12, 2)
HOUSE = office_holders()
BY_NAME = {rule.name: rule for rule in DEFAULT_RULES}


@pytest.mark.parametrize(
    ("target_on", "occasion", "said"),
    [
        (TODAY, Occasion.TARGET, "due today"),
        (TODAY, Occasion.REVIEW, "to be reviewed today"),
        (dt.date(2024, 12, 3), Occasion.TARGET, "due in 1 working day"),
        (dt.date(2024, 12, 9), Occasion.IMPACT, "due in 5 working days"),
        (dt.date(2024, 12, 1), Occasion.TARGET, "overdue by 1 working day"),
        (dt.date(2024, 11, 25), Occasion.TARGET, "overdue by 5 working days"),
    ],
)
def test_how_far_away_a_date_is(target_on: dt.date, occasion: Occasion, said: str) -> None:
    assert standing(subject(target_on=target_on, occasion=occasion), TODAY, CALENDAR) == said


def test_a_date_on_the_coming_weekend_is_named() -> None:
    saturday = subject(target_on=dt.date(2024, 12, 7))

    assert standing(saturday, dt.date(2024, 12, 6), CALENDAR) == "due on 7 December 2024"


@pytest.mark.parametrize(
    ("day", "reader", "said"),
    [
        (
            dt.date(2025, 1, 10),
            Told(LEAD, Recipient.LEAD, "role-1"),
            (
                "If nothing changes, the business manager is told on 22 January 2025. "
                "After that the delegated partners are told on 12 February 2025."
            ),
        ),
        (
            dt.date(2025, 1, 2),
            Told(MANAGER, Recipient.LEAD, "role-3", in_place_of="role-1"),
            (
                "If nothing changes, whoever leads it and the chair of the subgroup are told on "
                "8 January 2025. After that the business manager is told on 22 January 2025."
            ),
        ),
        (
            dt.date(2025, 2, 13),
            Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3"),
            (
                "If nothing changes, the executive and the independent scrutineer are told on "
                "26 March 2025."
            ),
        ),
        (
            dt.date(2025, 3, 26),
            Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3"),
            "Everybody who is told when a date has passed has been told.",
        ),
    ],
)
def test_who_is_told_next(day: dt.date, reader: Told, said: str) -> None:
    ladder = Ladder(DEFAULT_RULES, day, CALENDAR)

    assert next_steps(ladder.ahead(subject()), reader) == said


@pytest.mark.parametrize(
    ("told", "rule", "said"),
    [
        (
            Told(LEAD, Recipient.LEAD, "role-1"),
            "after-1",
            "you hold the role of Role 1, which leads it",
        ),
        (
            Told(LEAD, Recipient.LEAD, "role-1", is_cover=True),
            "after-1",
            "you cover for the role of Role 1, which leads it",
        ),
        (
            Told(CHAIR, Recipient.SUBGROUP_CHAIR, "role-2"),
            "after-5",
            "you hold the role of Role 2, which is told 5 working days after the date",
        ),
        (
            Told(CHAIR, Recipient.LEAD, "role-2", in_place_of="role-1"),
            "after-1",
            "you hold the role of Role 2, and nobody can be told in the role of Role 1",
        ),
        (
            Told(MANAGER, Recipient.LEAD, "role-3", in_place_of="subgroup-1"),
            "after-1",
            "you hold the role of Role 3, and nobody can be told in the subgroup Practice",
        ),
        (
            Told(MANAGER, Recipient.LEAD, "role-3", in_place_of="agency-1"),
            "after-1",
            "you hold the role of Role 3, and nobody can be told in The council",
        ),
        (
            Told(MANAGER, Recipient.LEAD, "role-3", in_place_of=""),
            "after-1",
            "you hold the role of Role 3, and no role or subgroup is named for it",
        ),
    ],
)
def test_why_it_comes_to_somebody(told: Told, rule: str, said: str) -> None:
    assert why(told, subject(), BY_NAME[rule], HOUSE) == said


def test_why_a_claim_comes_to_the_chair() -> None:
    waiting = replace(subject(), audience=Audience(("role-1",), awaits_confirmation=True))
    (told,) = Audiences(HOUSE, TODAY).told(waiting.audience, Recipient.LEAD)

    assert why(told, waiting, BY_NAME["after-1"], HOUSE) == (
        "you hold the role of Role 2, and it waits to be confirmed"
    )


def test_every_status_that_can_be_reminded_of_says_what_is_needed() -> None:
    followed = {*ActionStatus} - ENDED
    recommended = OPEN | {RecommendationStatus.IMPLEMENTED, RecommendationStatus.IMPACT_DUE}

    assert all(needed(status).endswith(".") for status in followed | recommended)


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined("a"), joined("ab"), joined("abc")] == ["a", "a and b", "a, b and c"]
