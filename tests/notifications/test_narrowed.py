from __future__ import annotations

from collections.abc import Iterator

import pytest

from events.directory import Office, RoleCreated
from notifications.narrowed import narrowed
from notifications.rules import DEFAULT_RULES, LADDER, NamedRole, Occasion, Recipient, Rule
from tests.notifications.records import House, new_record

LEAD = (Recipient.LEAD,)


def test_one_step_in_place_of_the_whole_ladder_is_told_in_one_line() -> None:
    (said,) = narrowed([*DEFAULT_RULES, Rule("before-10", -10, LEAD, within="plan-1")])

    assert said == (
        "For P1 only whoever leads it is told 10 working days before, and nobody else, since"
        " config.toml overrides the ladder there: not the chair of the subgroup, the business"
        " manager, the delegated partners, the executive and the independent scrutineer. If that"
        " is not meant, add their steps to the entry for P1 in [reminders] overrides."
    )


def test_several_steps_are_told_in_their_order() -> None:
    others = (Recipient.SUBGROUP_CHAIR, NamedRole("Head of Learning"))
    own = [Rule("late", 5, others, within="audit-3"), Rule("soon", -2, LEAD, within="audit-3")]

    (said,) = narrowed([*DEFAULT_RULES, *own])

    assert said.startswith(
        "For AU3 only whoever leads it is told 2 working days before and the chair of the subgroup"
        " and whoever holds the role of Head of Learning are told 5 working days after, and nobody"
    )
    assert "not the business manager" in said


def test_rules_that_tell_everybody_on_other_days_are_nothing_to_tell() -> None:
    general = [rule for rule in DEFAULT_RULES if rule.occasions <= LADDER]
    everybody = tuple(dict.fromkeys(one for rule in general for one in rule.recipients))

    assert narrowed([*DEFAULT_RULES, Rule("soon", -2, everybody, within="plan-1")]) == ()
    assert narrowed(DEFAULT_RULES) == ()


def test_what_is_narrowed_for_one_kind_of_date_is_told_of_that_alone() -> None:
    clock = Rule("clock-soon", -2, LEAD, frozenset({Occasion.CLOCK}), within="audit-3")

    (said,) = narrowed([*DEFAULT_RULES, clock])

    assert "For the clocks of AU3 only whoever leads it is told" in said
    assert "scrutineer" not in said


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def without(left_out: Recipient, *named: str) -> list[Rule]:
    """Return rules of P1 that tell everybody but one, and some roles by their names instead."""
    general = [rule for rule in DEFAULT_RULES if rule.occasions <= LADDER]
    told = dict.fromkeys(one for rule in general for one in rule.recipients if one != left_out)
    return [Rule("own", -2, (*told, *map(NamedRole, named)), within="plan-1")]


def test_a_role_named_by_its_title_or_reference_is_known_as_its_office(house: House) -> None:
    for words in ("Scrutineer", "RO7"):
        assert narrowed([*DEFAULT_RULES, *without(Recipient.SCRUTINEER, words)], house.view) == ()
    (said,) = narrowed([*DEFAULT_RULES, *without(Recipient.EXECUTIVE, "RO7")], house.view)
    assert "whoever holds the role of Scrutineer are told" in said
    assert "not the executive." in said


def test_an_office_of_several_is_told_when_all_its_roles_are_named(house: House) -> None:
    house.tell("role-8", RoleCreated(title="Partner", office=Office.DELEGATED_PARTNER))
    one, both = (without(Recipient.DELEGATED_PARTNER, *some) for some in (("RO5",), ("RO5", "RO8")))

    assert "not the delegated partners." in narrowed([*DEFAULT_RULES, *one], house.view)[0]
    assert narrowed([*DEFAULT_RULES, *both], house.view) == ()


def test_a_role_that_nobody_knows_is_no_office(house: House) -> None:
    (said,) = narrowed([*DEFAULT_RULES, *without(Recipient.SCRUTINEER, "Watch")], house.view)

    assert "not the independent scrutineer." in said


def test_partners_alone_are_told_of_as_several() -> None:
    partners = Rule("late", 30, (Recipient.DELEGATED_PARTNER,), within="plan-1")

    assert "only the delegated partners are told" in narrowed([*DEFAULT_RULES, partners])[0]
