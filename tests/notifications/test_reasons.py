from __future__ import annotations

import datetime as dt

import pytest

from events.email import NotSentReason
from notifications.audiences import Told
from notifications.reasons import (
    not_sent_in_words,
    occasion_in_words,
    rule_in_words,
    why_reminded,
    why_told,
)
from notifications.rules import DEFAULT_RULES, Occasion, Recipient
from tests.notifications.directories import LEAD, MANAGER, office_holders, subject


@pytest.mark.parametrize("rule", DEFAULT_RULES, ids=lambda rule: rule.name)
def test_every_rule_of_the_ladder_is_said_in_words(rule: object) -> None:
    name = str(getattr(rule, "name", ""))
    assert rule_in_words(name) != name


def test_a_rule_is_said_by_its_day_and_a_name_of_ones_own_as_it_is() -> None:
    assert rule_in_words("before-20") == "20 working days before"
    assert rule_in_words("clock-after-1") == "1 working day after"
    assert rule_in_words("clock-on-day") == "on the day"
    assert rule_in_words("board-week") == "board-week"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("before-5", "5 working days before 31 March 2025"),
        ("impact-after-1", "1 working day after 31 March 2025"),
        ("clock-on-day", "on the day, 31 March 2025"),
        ("weekly-digest", "weekly digest"),
        ("role-vacant", "once, when nobody was left in it"),
        ("board-week", "board-week, 31 March 2025"),
    ],
)
def test_why_somebody_was_reminded_names_the_date(rule: str, words: str) -> None:
    assert why_reminded(rule, dt.date(2025, 3, 31)) == words


@pytest.mark.parametrize("reason", list(NotSentReason))
def test_every_reason_for_not_sending_is_said_in_words(reason: NotSentReason) -> None:
    assert not_sent_in_words(reason.value).count(" ") > 2


def test_what_a_server_said_is_shown_as_it_is() -> None:
    assert not_sent_in_words("550 no such mailbox") == "550 no such mailbox"


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_occasion_is_said_in_words(occasion: Occasion) -> None:
    assert "_" not in occasion_in_words(occasion)


def test_a_digest_is_of_the_time_before_the_day_on_which_it_leaves() -> None:
    assert occasion_in_words(Occasion.WEEKLY_DIGEST) == "week before"
    assert occasion_in_words(Occasion.MONTHLY_DIGEST) == "month before"


def test_why_somebody_is_told_names_the_role_and_the_reason() -> None:
    house = office_holders()
    leads = Told(LEAD, Recipient.LEAD, "role-1")
    assert why_told(leads, subject(), house) == "Role 1, which leads it"
    cover = Told(LEAD, Recipient.LEAD, "role-1", is_cover=True)
    assert why_told(cover, subject(), house) == "cover for Role 1, which leads it"
    stands_in = Told(MANAGER, Recipient.LEAD, "role-3", in_place_of="role-1")
    assert why_told(stands_in, subject(), house) == "Role 3, since nobody can be told in Role 1"
    above = Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3")
    assert why_told(above, subject(), house) == "Role 3"
