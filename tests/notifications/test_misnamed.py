from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.directory import RoleAliasAdded, RoleRetired
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.misnamed import misnamed
from notifications.rules import DEFAULT_RULES, NamedRole, Recipient, Rule
from notifications.subject import Audience
from tests.notifications.records import CHAIR, CO_LEAD, LEAD_ROLE, MANAGER, House, new_record

TODAY = dt.date(2024, 12, 2)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        begun.tell("role-2", RoleAliasAdded(number=1, alias="Head of Learning"))
        yield begun


def telling(words: str, within: str | None = None) -> Rule:
    return Rule("x", 1, (NamedRole(words),), within=within)


def told(house: House, words: str) -> list[str]:
    audiences = Audiences(Directory.of(house.view), TODAY)
    return [one.person for one in audiences.told(Audience((LEAD_ROLE,)), NamedRole(words))]


@pytest.mark.parametrize(
    "words", ["Lead for training", "lead  FOR training", "Head of Learning", "RO2", "role-2"]
)
def test_a_role_is_found_by_title_alias_or_reference(house: House, words: str) -> None:
    assert told(house, words) == [CO_LEAD]
    assert misnamed([telling(words)], house.view) == ()


def test_a_role_that_nobody_knows_is_told_and_loses_nothing(house: House) -> None:
    (said,) = misnamed([telling("Head of Leaning", within="plan-1")], house.view)

    assert "[reminders] overrides, for P1, rule 'x', tell: \"role: Head of Leaning\"" in said
    assert told(house, "Head of Leaning") == [MANAGER]


def test_a_retired_role_is_told_and_falls_to_the_chair(house: House) -> None:
    house.tell("role-2", RoleRetired(reason="The team was closed."))
    (said,) = misnamed([telling("Head of Learning")], house.view)

    assert "RO2 was retired" in said
    assert told(house, "Head of Learning") == [CHAIR]


def test_a_plan_or_audit_that_is_not_there_is_told_once(house: House) -> None:
    rules = [Rule(name, 1, (Recipient.LEAD,), within="audit-9") for name in ("a", "b")]

    (said,) = misnamed([*rules, telling("RO2", within="plan-1")], house.view)

    assert "there is no AU9" in said


def test_the_default_rules_name_nothing_that_can_be_missing(house: House) -> None:
    assert misnamed(DEFAULT_RULES, house.view) == ()
