from __future__ import annotations

from notifications.narrowed import narrowed
from notifications.rules import DEFAULT_RULES, LADDER, NamedRole, Occasion, Recipient, Rule

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
    assert "executive" not in said
