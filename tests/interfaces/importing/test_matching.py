from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.importing.matching import Sought, match
from interfaces.importing.recorded import RecordedAction
from interfaces.importing.wording import NEARLY, Rarity
from tests.interfaces.importing.made_plans import recorded_action

PREFIX = "The Example Safeguarding Children Partnership to"
TEXTS = st.lists(
    st.sampled_from(["review", "the", "neglect", "toolkit", "audit", "training", "publish"]),
    min_size=1,
    max_size=4,
).map(" ".join)


def sought(text: str, *leads: str, due: str | None = "2024-12-31", priority: int = 1) -> Sought:
    return Sought(text, frozenset(leads or ("role-1",)), priority, due)


def action(ref: str, text: str, *leads: str, status: str = "not_started") -> RecordedAction:
    return recorded_action(text, ref=ref, lead_roles=leads or ("role-1",), status=status)


def found(rows: list[Sought], actions: list[RecordedAction]) -> list[str | None]:
    return [one.ref if one else None for one in match(rows, actions)]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("Develop multi agency training.", "Develop multi-agency training"),
        ("Develop multiagency training", "Develop multi-agency training"),
        ("Give coordinated help", "Give co-ordinated help"),
        ("REVIEW the toolkit", "Review the toolkit"),
    ],
)
def test_other_signs_are_the_same_action(now: str, before: str) -> None:
    assert found([sought(now)], [action("action-1", before)]) == ["action-1"]


def test_a_few_other_words_are_the_same_action() -> None:
    before = action("action-1", "Review the neglect toolkit with schools")
    assert found([sought("Review the neglect toolkit with all schools")], [before]) == ["action-1"]


def test_a_beginning_that_all_share_makes_no_two_actions_alike() -> None:
    actions = [
        action("action-1", f"{PREFIX} promote the neglect toolkit"),
        action("action-2", f"{PREFIX} publish the threshold document"),
        action("action-3", f"{PREFIX} audit thirty case files"),
    ]
    assert found([sought(f"{PREFIX} train every school nurse")], actions) == [None]
    rows = [sought(f"{PREFIX} promote the neglect toolkit again")]
    assert found(rows, actions) == ["action-1"]


def test_an_action_that_stands_twice_with_different_leads_is_two() -> None:
    actions = [action("action-1", "Do it", "role-1"), action("action-2", "Do it", "role-2")]
    rows = [sought("Do it", "role-2"), sought("Do it", "role-1")]
    assert found(rows, actions) == ["action-2", "action-1"]


def test_the_second_of_two_is_new_where_the_record_has_one() -> None:
    rows = [sought("Do it", "role-2"), sought("Do it", "role-1")]
    assert found(rows, [action("action-1", "Do it", "role-1")]) == [None, "action-1"]


def test_another_lead_is_the_same_action_where_no_better_row_claims_it() -> None:
    assert found([sought("Do it", "role-9")], [action("action-1", "Do it")]) == ["action-1"]


def test_an_open_action_comes_before_one_that_was_cancelled() -> None:
    actions = [action("action-1", "Do it", status="cancelled"), action("action-2", "Do it")]
    assert found([sought("Do it")], actions) == ["action-2"]


def test_words_without_letters_are_compared_as_they_stand() -> None:
    assert found([sought("???"), sought("!!!")], [action("action-1", "!!!")]) == [None, "action-1"]


@given(st.lists(TEXTS, min_size=1, max_size=8), TEXTS)
def test_whatever_comes_near_is_looked_at(before: list[str], now: str) -> None:
    rarity = Rarity([*before, now])
    sought = rarity.weigh(now)
    for text in before:
        if rarity.likeness(sought, rarity.weigh(text)) >= NEARLY:
            assert not rarity.weigh(text).words.isdisjoint(rarity.telling(sought))


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_no_action_is_given_twice(now: list[str], before: list[str]) -> None:
    actions = [action(f"action-{number}", text) for number, text in enumerate(before, start=1)]
    given_away = [one for one in found([sought(text) for text in now], actions) if one]
    assert len(given_away) == len(set(given_away))


@given(st.lists(TEXTS, max_size=8), st.randoms(use_true_random=False))
def test_the_same_actions_in_any_order_are_all_found(texts: list[str], chance: object) -> None:
    actions = [action(f"action-{number}", text) for number, text in enumerate(texts, start=1)]
    rows = [sought(text) for text in texts]
    chance.shuffle(rows)  # type: ignore[attr-defined]
    assert sorted(one for one in found(rows, actions) if one) == sorted(one.ref for one in actions)
