from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from notifications.ladder import Ladder, trigger_day
from notifications.rules import (
    DEFAULT_RULES,
    Occasion,
    Recipient,
    Rule,
    UnclearRule,
    checked,
    laid_over,
)
from tests.notifications.directories import CALENDAR, subject

DUE = dt.date(2024, 12, 31)
LADDER_RULES = [rule for rule in DEFAULT_RULES if Occasion.TARGET in rule.occasions]


def test_the_default_ladder_is_the_one_that_was_agreed() -> None:
    told = [(rule.offset_days, set(rule.recipients)) for rule in LADDER_RULES]

    assert told == [
        (-20, {Recipient.LEAD}),
        (-5, {Recipient.LEAD}),
        (1, {Recipient.LEAD}),
        (5, {Recipient.LEAD, Recipient.SUBGROUP_CHAIR}),
        (15, {Recipient.BUSINESS_MANAGER}),
        (30, {Recipient.DELEGATED_PARTNER}),
        (60, {Recipient.EXECUTIVE, Recipient.SCRUTINEER}),
    ]
    names = [rule.name for rule in LADDER_RULES]
    assert names[:3] == ["before-20", "before-5", "after-1"]


@pytest.mark.parametrize(
    ("name", "days", "recipients", "field"),
    [
        ("Before 20", -20, (Recipient.LEAD,), "name"),
        ("", -20, (Recipient.LEAD,), "name"),
        ("before-300", -300, (Recipient.LEAD,), "days"),
        ("before-20", -20, (), "recipients"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_its_field(
    name: str, days: int, recipients: tuple[Recipient, ...], field: str
) -> None:
    with pytest.raises(UnclearRule) as refused:
        Rule(name, days, recipients)

    assert refused.value.field == field
    assert refused.value.mend in str(refused.value)


def test_two_rules_cannot_share_a_name() -> None:
    twice = (Rule.on(5, Recipient.LEAD), Rule.on(5, Recipient.SUBGROUP_CHAIR))

    with pytest.raises(UnclearRule, match="used twice"):
        checked(twice)


def test_rules_are_put_in_the_order_of_their_days() -> None:
    ordered = checked([Rule.on(5, Recipient.LEAD), Rule.on(0, Recipient.LEAD)])

    assert [rule.name for rule in ordered] == ["on-day", "after-5"]


@pytest.mark.parametrize(
    ("due", "days", "expected"),
    [
        # 25 and 26 December and 1 January are bank holidays.
        (DUE, -5, dt.date(2024, 12, 20)),
        (DUE, 1, dt.date(2025, 1, 2)),
        (DUE, 0, DUE),
        # A Saturday: the day itself moves forward, the others count from it.
        (dt.date(2024, 11, 30), 0, dt.date(2024, 12, 2)),
        (dt.date(2024, 11, 30), 1, dt.date(2024, 12, 2)),
        (dt.date(2024, 11, 30), -1, dt.date(2024, 11, 29)),
    ],
)
def test_a_rule_is_triggered_on_a_working_day(due: dt.date, days: int, expected: dt.date) -> None:
    assert trigger_day(due, Rule.on(days, Recipient.LEAD), CALENDAR) == expected


def test_what_was_triggered_comes_latest_first_and_the_rest_is_ahead() -> None:
    ladder = Ladder(DEFAULT_RULES, dt.date(2025, 1, 3), CALENDAR)

    triggered = [rule.name for rule in ladder.triggered(subject(target_on=DUE)).rules]
    ahead = [(day, rule.name) for day, rule in ladder.ahead(subject(target_on=DUE))]

    assert triggered == ["after-1", "before-5", "before-20"]
    assert ahead[0] == (dt.date(2025, 1, 8), "after-5")
    assert [name for _, name in ahead] == ["after-5", "after-15", "after-30", "after-60"]


def test_a_review_is_not_announced_a_month_ahead() -> None:
    ladder = Ladder(DEFAULT_RULES, dt.date(2024, 12, 10), CALENDAR)

    assert ladder.triggered(subject(target_on=DUE)).rules
    assert not ladder.triggered(subject(target_on=DUE, occasion=Occasion.REVIEW)).rules


P1 = ("plan-1",)
SOONER = Rule("before-9", -9, (Recipient.LEAD,), frozenset({Occasion.TARGET}), "plan-1")


def test_a_plan_with_rules_of_its_own_follows_them_alone_for_what_they_name() -> None:
    ladder = Ladder((*DEFAULT_RULES, SOONER), dt.date(2025, 6, 30), CALENDAR)
    own, other = replace(subject(target_on=DUE), within=P1), subject(target_on=DUE)
    reviewed = replace(own, occasion=Occasion.REVIEW)

    assert [rule.name for rule in ladder.triggered(own).rules] == ["before-9"]
    assert len(ladder.triggered(other).rules) == len(LADDER_RULES)
    assert [rule.name for rule in ladder.triggered(reviewed).rules][-1] == "before-5"


def test_the_first_place_with_rules_of_its_own_counts() -> None:
    later = replace(SOONER, name="before-2", offset_days=-2, within="audit-3")
    ladder = Ladder((*DEFAULT_RULES, SOONER, later), DUE, CALENDAR)
    both = replace(subject(target_on=DUE), within=("plan-7", "audit-3", "plan-1"))

    assert [rule.name for rule in ladder.triggered(both).rules] == ["before-2"]


def test_rules_that_are_given_stand_alone_for_what_they_name() -> None:
    only_reviews = Rule.on(3, Recipient.LEAD, occasions=[Occasion.REVIEW])

    rules = laid_over(DEFAULT_RULES, [only_reviews])

    assert [rule for rule in rules if Occasion.REVIEW in rule.occasions] == [only_reviews]
    for occasion in set(Occasion) - {Occasion.REVIEW}:
        named = [rule.name for rule in rules if occasion in rule.occasions]
        assert named == [rule.name for rule in DEFAULT_RULES if occasion in rule.occasions]


@pytest.mark.parametrize(
    "rules",
    [
        [Rule("x", 1, (Recipient.LEAD,), frozenset({Occasion.TARGET, Occasion.DECISION}))],
        [Rule("x", 1, (Recipient.LEAD,), frozenset({Occasion.VACANCY, Occasion.MONTHLY_DIGEST}))],
        [
            Rule("x", 1, (Recipient.LEAD,), within="plan-1"),
            Rule("x", 2, (Recipient.LEAD,), frozenset({Occasion.DECISION})),
        ],
    ],
)
def test_one_name_never_stands_for_two_things_that_fall_on_one_day(rules: list[Rule]) -> None:
    with pytest.raises(UnclearRule, match="can fall on one day"):
        checked(rules)


def test_a_name_may_serve_in_several_places_and_for_things_that_never_meet() -> None:
    rules = [
        Rule("x", 1, (Recipient.LEAD,)),
        Rule("x", 2, (Recipient.LEAD,), within="plan-1"),
        Rule("x", 3, (Recipient.LEAD,), frozenset({Occasion.CLOCK})),
    ]

    assert checked(rules) == tuple(rules)


def test_the_default_rules_never_stand_for_two_things() -> None:
    names = [rule.name for rule in checked(DEFAULT_RULES)]

    assert len(set(names)) == len(names)
    assert frozenset[Occasion]().union(*(rule.occasions for rule in DEFAULT_RULES)) == set(Occasion)
