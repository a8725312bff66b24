from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.directory import HolderStoodDown
from events.email import EmailFailed, EmailPlanned, ReminderItem
from notifications.letter_item import Section
from notifications.rules import Recipient
from tests.notifications.records import LEAD, LEAD_ROLE, House, add_action, new_record
from tests.notifications.told_items import DAY, facts_of, told_of


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def test_a_refused_address_is_shown_with_whose_it_is_and_what_the_server_said(
    house: House,
) -> None:
    item = ReminderItem(item="action-1", target_on=DAY, rule="before-5")
    planned = EmailPlanned(person=LEAD, send_on=DAY, items=(item,), message_id="<1@example.org>")
    house.tell("email-1", planned, EmailFailed(reply="550 5.1.1 No such user"))
    told = told_of(house, LEAD, recipient=Recipient.BUSINESS_MANAGER, rule="address-refused")

    assert (told.section, told.kind, told.ref) == (Section.ATTENTION, "address", "PE1")
    assert (told.text, told.standing) == ("Person 1", "no email reaches this address")
    assert facts_of(told) == {
        "Address": "person1@example.org",
        "Refused on": "2 December 2024",
        "The server said": "550 5.1.1 No such user",
        "Their roles": "Lead for practice",
        "Your role": "Business manager",
        "Still needed": (
            "Find the right address and have it entered. Until then, what they should be told goes"
            " to whoever is next."
        ),
        "What happens next": "You are told of this once.",
    }
    assert told.why == (
        "you hold the role of Business manager, who sees to it that everybody can be told"
    )


def test_a_role_with_nobody_is_shown_with_the_day_since_when(house: House) -> None:
    add_action(house, 1, "December 2024")
    stood_down = HolderStoodDown(person=LEAD, last_day_on=dt.date(2024, 11, 29))
    house.tell(LEAD_ROLE, stood_down)
    told = told_of(house, LEAD_ROLE, recipient=Recipient.BUSINESS_MANAGER, rule="role-vacant")

    assert (told.section, told.kind, told.ref) == (Section.ATTENTION, "role", "RO1")
    assert (told.text, told.standing) == ("Lead for practice", "nobody holds this role")
    said = facts_of(told)
    assert said["Nobody since"] == "30 November 2024"
    assert said["Subgroup"] == "Practice subgroup"
    assert said["Still needed"].startswith("Name a holder, name cover, or give the work")
    assert told.why == (
        "you hold the role of Business manager, who sees to it that every role is filled"
    )
