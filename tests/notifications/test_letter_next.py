from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from notifications.audiences import Audiences, Told
from notifications.ladder import Ladder
from notifications.letter_next import ReallyTold, next_steps
from notifications.rules import DEFAULT_RULES, NamedRole, Occasion, Recipient, Rule
from tests.notifications.directories import (
    CALENDAR,
    CHAIR,
    LEAD,
    MANAGER,
    office_holders,
    subject,
)
from workflow.circumstances import Tenure

HOUSE = office_holders()
TODAY = dt.date(2024, 12, 2)


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
                "8 January 2025. After that you are told again on 22 January 2025."
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
            "Everybody who is told when a date has passed has been told by now.",
        ),
    ],
)
def test_who_is_told_next(day: dt.date, reader: Told, said: str) -> None:
    ladder = Ladder(DEFAULT_RULES, day, CALENDAR)

    really = ReallyTold(subject(), Audiences(HOUSE, day))
    assert next_steps(ladder.ahead(subject()), reader, really) == said


@pytest.mark.parametrize(
    ("occasion", "day", "said"),
    [
        (
            Occasion.CLOCK,
            dt.date(2024, 12, 30),
            (
                "If nothing changes, you, the chair of the subgroup and the business manager are"
                " told on 31 December 2024. After that the delegated partners are told on"
                " 8 January 2025."
            ),
        ),
        (
            Occasion.CLOCK,
            dt.date(2025, 1, 22),
            "Everybody who is told when a clock has run out has been told by now.",
        ),
        (
            Occasion.DECISION,
            dt.date(2025, 1, 15),
            "Everybody who is told of a request that waits has been told by now.",
        ),
        (Occasion.ADDRESS, dt.date(2025, 1, 2), "You are told of this once."),
        (Occasion.VACANCY, dt.date(2025, 1, 2), "You are told of this once."),
    ],
)
def test_each_occasion_has_its_own_end(occasion: Occasion, day: dt.date, said: str) -> None:
    about = subject(occasion=occasion)
    ahead = Ladder(DEFAULT_RULES, day, CALENDAR).ahead(about)

    really = ReallyTold(about, Audiences(HOUSE, day))
    assert next_steps(ahead, Told(LEAD, Recipient.LEAD, "role-1"), really) == said


def test_a_role_that_a_rule_names_is_told_by_its_title() -> None:
    rules = (Rule.on(5, NamedRole("RO2")), Rule.on(6, NamedRole("a role nobody knows")))
    about = subject()
    really = ReallyTold(about, Audiences(HOUSE, TODAY))
    ahead = Ladder(rules, TODAY, CALENDAR).ahead(about)

    assert next_steps(ahead, Told(LEAD, Recipient.LEAD, "role-1"), really) == (
        "If nothing changes, whoever holds the role of Role 2 is told on 8 January 2025."
        " After that the business manager is told on 9 January 2025."
    )


def test_what_nobody_can_be_told_is_said_to_go_to_whoever_gets_it() -> None:
    about = subject(lead_roles=("role-9",))
    really = ReallyTold(about, Audiences(HOUSE, TODAY))

    assert really.name(Recipient.LEAD) == "the business manager"
    assert really.name(Recipient.EXECUTIVE) == "the executive"
    assert really.name(Recipient.SUBGROUP_CHAIR) == "the business manager"
    assert CHAIR != MANAGER


def test_who_covers_is_not_told_again_after_the_cover_has_ended() -> None:
    cover = Tenure(MANAGER, TODAY, dt.date(2025, 1, 3))
    role = replace(HOUSE.roles["role-1"], covers=(cover,))
    house = replace(HOUSE, roles={**HOUSE.roles, "role-1": role})
    rules = (Rule.on(1, Recipient.LEAD), Rule.on(5, Recipient.LEAD))
    really = ReallyTold(subject(), Audiences(house, TODAY))
    ahead = Ladder(rules, TODAY, CALENDAR).ahead(subject())

    said = next_steps(ahead, Told(MANAGER, Recipient.LEAD, "role-1", is_cover=True), really)

    assert said == (
        "If nothing changes, you are told again on 2 January 2025."
        " After that whoever leads it is told on 8 January 2025."
    )
