from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from notifications.audiences import Audiences, Told
from notifications.letter_why import why
from notifications.rules import DEFAULT_RULES, NamedRole, Occasion, Recipient
from notifications.subject import Audience
from tests.notifications.directories import CHAIR, LEAD, MANAGER, office_holders, subject

TODAY = dt.date(2024, 12, 2)
HOUSE = office_holders()
BY_NAME = {rule.name: rule for rule in DEFAULT_RULES}


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


@pytest.mark.parametrize(
    ("told", "occasion", "said"),
    [
        (
            Told(CHAIR, Recipient.DECIDER, "role-2"),
            Occasion.DECISION,
            "you hold the role of Role 2, which can decide on more time for it",
        ),
        (
            Told(MANAGER, Recipient.DECIDER, "role-3", in_place_of=""),
            Occasion.DECISION,
            (
                "you hold the role of Role 3, and whoever else could decide asked for it, leads it"
                " or cannot be told"
            ),
        ),
        (
            Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3"),
            Occasion.ADDRESS,
            "you hold the role of Role 3, who sees to it that everybody can be told",
        ),
        (
            Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3"),
            Occasion.VACANCY,
            "you hold the role of Role 3, who sees to it that every role is filled",
        ),
        (
            Told(MANAGER, NamedRole("Head of law"), "role-3", in_place_of=""),
            Occasion.TARGET,
            "you hold the role of Role 3, and there is no role called Head of law",
        ),
        (
            Told(CHAIR, NamedRole("Role 2"), "role-2"),
            Occasion.TARGET,
            "you hold the role of Role 2",
        ),
    ],
)
def test_why_each_kind_of_thing_comes_to_somebody(
    told: Told, occasion: Occasion, said: str
) -> None:
    assert why(told, subject(occasion=occasion), None, HOUSE) == said


def test_a_request_is_told_so_long_after_it_was_made() -> None:
    waiting = subject(occasion=Occasion.DECISION)
    told = Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3")

    assert why(told, waiting, BY_NAME["decision-after-10"], HOUSE) == (
        "you hold the role of Role 3, which is told 10 working days after the request"
    )
