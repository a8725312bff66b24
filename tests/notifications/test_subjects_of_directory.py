from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import ActionCompleted
from events.directory import (
    CoverArranged,
    HolderAppointed,
    HolderStoodDown,
    Office,
    PersonEmailChanged,
    PersonLeft,
    RoleCreated,
    RoleRetired,
)
from events.email import EmailFailed, EmailPlanned, EmailSent, ReminderItem
from notifications.directory import Directory
from notifications.planning import Already, plan
from notifications.rules import DEFAULT_RULES, Occasion
from notifications.subjects_of_digests import DIGESTS
from tests.notifications.gathering import TODAY, everything, subjects
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    CHAIR_ROLE,
    CO_LEAD,
    LEAD,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    new_record,
)

MONDAY = dt.date(2024, 12, 2)
FRIDAY = dt.date(2024, 11, 29)
SATURDAY = dt.date(2024, 11, 30)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        add_action(begun, 1, "March 2025")
        yield begun


def refuse(house: House, number: int = 1) -> None:
    item = ReminderItem(item="action-1", target_on=MONDAY, rule="after-1")
    planned = EmailPlanned(
        person=LEAD, send_on=MONDAY, items=(item,), message_id=f"<gt-{number}@example.org>"
    )
    house.tell(f"email-{number}", planned, EmailFailed(reply="550 No such mailbox"))


def vacant_since(house: House, day: dt.date = TODAY) -> dt.date | None:
    found = subjects(house, LEAD_ROLE, day)
    assert {one.occasion for one in found} <= {Occasion.VACANCY}
    return found[0].target_on if found else None


def test_an_address_that_was_refused_is_told_of_until_it_changes(house: House) -> None:
    assert subjects(house, LEAD) == ()
    refuse(house)

    (refused,) = subjects(house, LEAD)
    assert (refused.occasion, refused.target_on) == (Occasion.ADDRESS, MONDAY)

    house.tell(LEAD, PersonEmailChanged(email="new@example.org"))
    assert subjects(house, LEAD) == ()


def test_a_second_refusal_of_the_same_address_is_no_news(house: House) -> None:
    refuse(house)
    house.clock.goes_on(days=7)
    refuse(house, 2)

    assert [one.target_on for one in subjects(house, LEAD)] == [MONDAY]


def test_an_address_that_takes_an_email_again_is_well(house: House) -> None:
    refuse(house)
    refuse(house, 2)
    item = ReminderItem(item="action-1", target_on=MONDAY, rule="after-5")
    planned = EmailPlanned(
        person=LEAD, send_on=MONDAY, items=(item,), message_id="<gt-3@example.org>"
    )
    house.tell("email-3", planned, EmailSent(sent_to="person1@example.org"))

    assert subjects(house, LEAD) == ()


def test_nobody_needs_the_address_of_somebody_who_left(house: House) -> None:
    refuse(house)
    house.tell(LEAD, PersonLeft(last_day_on=FRIDAY))

    assert subjects(house, LEAD) == ()


def test_a_role_is_vacant_from_the_day_after_its_last_holder(house: House) -> None:
    assert vacant_since(house) is None
    house.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=FRIDAY))

    assert vacant_since(house) == SATURDAY
    assert vacant_since(house, MONDAY + dt.timedelta(days=90)) == SATURDAY
    assert vacant_since(house, FRIDAY) is None


def test_a_role_is_vacant_when_its_holder_leaves_the_partnership(house: House) -> None:
    house.tell(LEAD, PersonLeft(last_day_on=FRIDAY))

    assert vacant_since(house) == SATURDAY


def test_cover_fills_a_role_for_as_long_as_it_lasts(house: House) -> None:
    last_day_on = MONDAY + dt.timedelta(days=4)
    house.tell(
        LEAD_ROLE,
        HolderStoodDown(person=LEAD, last_day_on=FRIDAY),
        CoverArranged(number=1, person=CO_LEAD, from_on=MONDAY, last_day_on=last_day_on),
    )

    assert vacant_since(house) is None
    assert vacant_since(house, last_day_on + dt.timedelta(days=1)) == dt.date(2024, 12, 7)


def test_cover_by_somebody_who_left_before_it_began_changes_nothing(house: House) -> None:
    house.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=FRIDAY))
    cover = CoverArranged(
        number=1, person=CO_LEAD, from_on=dt.date(2024, 12, 20), last_day_on=dt.date(2024, 12, 27)
    )
    house.tell(LEAD_ROLE, cover)
    house.tell(CO_LEAD, PersonLeft(last_day_on=dt.date(2024, 12, 3)))

    assert vacant_since(house, dt.date(2024, 12, 5)) == SATURDAY


def test_a_role_that_is_filled_again_is_vacant_no_more(house: House) -> None:
    stood_down = HolderStoodDown(person=LEAD, last_day_on=FRIDAY)
    house.tell(LEAD_ROLE, stood_down, HolderAppointed(person=CO_LEAD, from_on=MONDAY))

    assert vacant_since(house) is None


def test_a_role_that_was_retired_while_it_leads_something_has_nobody(house: House) -> None:
    house.tell(LEAD_ROLE, RoleRetired(reason="The team was closed."))

    assert vacant_since(house) == MONDAY


def test_a_role_that_nobody_ever_held_is_vacant_since_it_was_made(house: House) -> None:
    house.tell("role-9", RoleCreated(title="Lead for schools", office=Office.LEAD))
    add_action(house, 2, "March 2025", lead_roles=("role-9",))

    assert [one.target_on for one in subjects(house, "role-9")] == [MONDAY]


def test_a_role_that_leads_nothing_open_needs_nobody(house: House) -> None:
    house.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=FRIDAY))
    house.tell("action-1", ActionCompleted(confirmed_by=CHAIR))

    assert everything(house) == []


def test_what_a_role_without_anybody_leads_falls_to_the_chair_and_the_manager_is_told_once(
    house: House,
) -> None:
    house.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=FRIDAY))
    told: list[tuple[str, str, str]] = []
    keys: set[str] = set()
    for offset in range(95):
        day = MONDAY + dt.timedelta(days=offset)
        of_work = [one for one in everything(house, day) if one.occasion not in DIGESTS]
        directory = Directory.of(house.view)
        report = plan(of_work, directory, Already(keys), DEFAULT_RULES, day, CALENDAR)
        told += [
            (email.person, item.subject.item, item.rule)
            for email in report.emails
            for item in email.items
        ]
        keys.update(item.key for email in report.emails for item in email.items)

    assert told == [(MANAGER, LEAD_ROLE, "role-vacant"), (CHAIR, "action-1", "before-20")]


def test_without_a_chair_too_it_all_falls_to_the_manager_in_one_email(house: House) -> None:
    house.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=FRIDAY))
    house.tell(CHAIR_ROLE, HolderStoodDown(person=CHAIR, last_day_on=FRIDAY))
    day = dt.date(2025, 3, 3)
    of_work = [one for one in everything(house, day) if one.occasion not in DIGESTS]

    report = plan(of_work, Directory.of(house.view), Already(), DEFAULT_RULES, day, CALENDAR)

    (email,) = report.emails
    assert email.person == MANAGER
    assert {item.subject.item for item in email.items} == {LEAD_ROLE, "action-1"}
