from __future__ import annotations

import datetime as dt
from dataclasses import replace

from events.directory import Office
from notifications.audiences import Audiences, Told
from notifications.directory import Directory, Subgroup
from notifications.rules import Recipient
from notifications.subject import Audience
from tests.notifications.directories import (
    CHAIR,
    EXECUTIVE,
    LEAD,
    MANAGER,
    PARTNER,
    SCRUTINEER,
    directory,
    office_holders,
    person,
    role,
)
from workflow.circumstances import Tenure

TODAY = dt.date(2024, 12, 2)
LED = Audience(("role-1",))
NEWCOMER = person(9)


def told(house: Directory, audience: Audience, recipient: Recipient) -> tuple[Told, ...]:
    return Audiences(house, TODAY).told(audience, recipient)


def with_lead_role(**changes: object) -> Directory:
    house = office_holders()
    lead_role = replace(house.roles["role-1"], **changes)  # type: ignore[arg-type]
    people = {**house.people, NEWCOMER.ref: NEWCOMER}
    return replace(house, roles={**house.roles, "role-1": lead_role}, people=people)


def test_a_lead_is_who_holds_the_role_that_day() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    tenures = (Tenure(LEAD, dt.date(2020, 1, 1), yesterday), Tenure(NEWCOMER.ref, TODAY))

    found = told(with_lead_role(tenures=tenures), LED, Recipient.LEAD)

    assert found == (Told(NEWCOMER.ref, Recipient.LEAD, "role-1"),)


def test_cover_is_told_instead_of_the_holder_who_is_away() -> None:
    covers = (Tenure(NEWCOMER.ref, TODAY, TODAY),)

    found = told(with_lead_role(covers=covers), LED, Recipient.LEAD)

    assert found == (Told(NEWCOMER.ref, Recipient.LEAD, "role-1", is_cover=True),)


def test_two_holders_are_told_beside_the_cover_since_nobody_knows_who_is_away() -> None:
    tenures = (Tenure(LEAD, TODAY), Tenure(CHAIR, TODAY))
    covers = (Tenure(NEWCOMER.ref, TODAY, TODAY),)

    found = told(with_lead_role(tenures=tenures, covers=covers), LED, Recipient.LEAD)

    assert [one.person for one in found] == [LEAD, CHAIR, NEWCOMER.ref]


def test_a_role_without_a_holder_falls_to_the_chair_of_its_subgroup() -> None:
    found = told(with_lead_role(tenures=()), LED, Recipient.LEAD)

    assert found == (Told(CHAIR, Recipient.LEAD, "role-2", in_place_of="role-1"),)


def test_a_retired_role_falls_to_the_chair_too() -> None:
    found = told(with_lead_role(is_current=False), LED, Recipient.LEAD)

    assert [one.person for one in found] == [CHAIR]


def test_without_a_subgroup_it_falls_to_the_business_manager() -> None:
    found = told(with_lead_role(tenures=(), subgroup=None), LED, Recipient.LEAD)

    assert found == (Told(MANAGER, Recipient.LEAD, "role-3", in_place_of="role-1"),)


def test_a_holder_without_an_address_is_passed_over_and_reported() -> None:
    house = office_holders()
    silent = replace(house, people={**house.people, LEAD: person(1, address=None)})
    audiences = Audiences(silent, TODAY)

    assert [one.person for one in audiences.told(LED, Recipient.LEAD)] == [CHAIR]
    assert audiences.unreachable == {LEAD: {"role-1"}}


def test_who_left_the_partnership_holds_nothing() -> None:
    house = office_holders()
    left = person(1, left=TODAY - dt.timedelta(days=1))

    found = told(replace(house, people={**house.people, LEAD: left}), LED, Recipient.LEAD)

    assert [one.person for one in found] == [CHAIR]


def test_work_that_waits_to_be_confirmed_is_for_those_who_can_confirm_it() -> None:
    waiting = replace(LED, awaits_confirmation=True)

    assert [one.person for one in told(office_holders(), waiting, Recipient.LEAD)] == [CHAIR]


def test_a_chair_who_leads_what_waits_to_be_confirmed_is_not_told_but_the_next_who_can() -> None:
    led_by_chair = Audience(("role-2",), awaits_confirmation=True)
    led_by_both = Audience(("role-2", "role-3"), awaits_confirmation=True)

    for recipient in (Recipient.LEAD, Recipient.SUBGROUP_CHAIR):
        by_manager = told(office_holders(), led_by_chair, recipient)
        by_partner = told(office_holders(), led_by_both, recipient)

        assert by_manager == (Told(MANAGER, recipient, "role-3"),)
        assert by_partner == (Told(PARTNER, recipient, "role-4"),)


def test_who_reported_it_done_is_not_asked_to_confirm_it_but_the_next_who_can() -> None:
    reported_by_chair = replace(LED, awaits_confirmation=True, asked_by=CHAIR)

    for recipient in (Recipient.LEAD, Recipient.SUBGROUP_CHAIR):
        found = told(office_holders(), reported_by_chair, recipient)

        assert found == (Told(MANAGER, recipient, "role-3"),)


def test_where_everybody_who_could_confirm_leads_it_the_manager_is_told_all_the_same() -> None:
    led_by_all = Audience(tuple(f"role-{n}" for n in range(2, 6)), awaits_confirmation=True)

    found = told(office_holders(), led_by_all, Recipient.LEAD)

    assert found == (Told(MANAGER, Recipient.LEAD, "role-3", in_place_of=""),)


def test_a_request_of_the_manager_for_what_they_lead_is_for_the_partners_to_decide() -> None:
    asked = Audience(("role-3",), asked_by=MANAGER)

    found = told(office_holders(), asked, Recipient.DECIDER)

    assert found == (Told(PARTNER, Recipient.DECIDER, "role-4"),)


def test_nobody_is_missed_who_would_only_have_been_asked_after_somebody_else() -> None:
    house = office_holders()
    partner = person(4, address=None)
    audiences = Audiences(replace(house, people={**house.people, PARTNER: partner}), TODAY)

    assert audiences.told(replace(LED, awaits_confirmation=True), Recipient.LEAD)
    assert audiences.unreachable == {}


def test_an_item_for_a_subgroup_is_its_chairs_and_one_for_nobody_the_managers() -> None:
    for_subgroup = Audience((), ("subgroup-1",))

    assert [one.person for one in told(office_holders(), for_subgroup, Recipient.LEAD)] == [CHAIR]
    assert [one.person for one in told(office_holders(), Audience(()), Recipient.LEAD)] == [MANAGER]


def test_partners_are_those_of_the_agency_concerned_or_else_all() -> None:
    offices = [(1, Office.LEAD, "agency-1")] + [
        (number, Office.DELEGATED_PARTNER, f"agency-{number - 1}") for number in (2, 3)
    ]
    house = directory(
        [person(number) for number in (1, 2, 3)],
        [role(n, f"person-{n}", office=office, agency=agency) for n, office, agency in offices],
    )

    concerned = told(house, LED, Recipient.DELEGATED_PARTNER)
    anybody = told(house, Audience(()), Recipient.DELEGATED_PARTNER)

    assert [one.person for one in concerned] == ["person-2"]
    assert [one.person for one in anybody] == ["person-2", "person-3"]


def test_an_office_that_nobody_holds_falls_to_the_business_manager() -> None:
    house = office_holders()
    roles = {ref: one for ref, one in house.roles.items() if one.office is not Office.EXECUTIVE}

    found = told(replace(house, roles=roles), LED, Recipient.EXECUTIVE)

    assert [(one.person, one.in_place_of) for one in found] == [(MANAGER, "")]


def test_a_subgroup_may_be_chaired_by_the_role_that_is_placed_there() -> None:
    house = replace(
        office_holders(), subgroups={"subgroup-1": Subgroup("subgroup-1", "Practice", "role-3")}
    )

    assert [one.person for one in told(house, LED, Recipient.SUBGROUP_CHAIR)] == [MANAGER]
    assert [one.person for one in told(office_holders(), LED, Recipient.SUBGROUP_CHAIR)] == [CHAIR]


def test_without_anybody_who_can_be_told_nobody_is_invented() -> None:
    nobody = directory([person(1, address=None)], [role(1, "person-1")])

    assert told(nobody, LED, Recipient.LEAD) == ()


def refused(house: Directory, *people: str) -> Directory:
    """Return the directory with the addresses of some people refused by a mail server."""
    known = {ref: replace(house.people[ref], is_refused=True) for ref in people}
    return replace(house, people={**house.people, **known})


def test_whoever_is_next_is_told_beside_a_lead_whose_address_is_refused() -> None:
    found = told(refused(office_holders(), LEAD), LED, Recipient.LEAD)

    assert found == (
        Told(LEAD, Recipient.LEAD, "role-1"),
        Told(CHAIR, Recipient.LEAD, "role-2", in_place_of="role-1"),
    )


def test_a_second_holder_who_can_be_reached_is_enough() -> None:
    tenures = (Tenure(LEAD, TODAY), Tenure(NEWCOMER.ref, TODAY))
    house = refused(with_lead_role(tenures=tenures), LEAD)

    found = told(house, LED, Recipient.LEAD)

    assert [one.person for one in found] == [LEAD, NEWCOMER.ref]


def test_it_falls_on_until_somebody_can_be_reached() -> None:
    found = told(refused(office_holders(), LEAD, CHAIR), LED, Recipient.LEAD)

    assert [one.person for one in found] == [LEAD, CHAIR, MANAGER]


def test_the_executive_is_told_beside_a_manager_whose_address_is_refused() -> None:
    house = refused(office_holders(), MANAGER)

    found = told(house, LED, Recipient.BUSINESS_MANAGER)

    assert found == (
        Told(MANAGER, Recipient.BUSINESS_MANAGER, "role-3"),
        Told(EXECUTIVE, Recipient.BUSINESS_MANAGER, "role-5", in_place_of="role-3"),
    )


def test_where_nobody_above_can_be_reached_the_manager_is_tried_alone() -> None:
    house = refused(office_holders(), MANAGER, EXECUTIVE, PARTNER, SCRUTINEER)

    found = told(house, LED, Recipient.BUSINESS_MANAGER)

    assert [one.person for one in found] == [MANAGER]


def test_whoever_confirms_is_the_nearest_whom_an_email_reaches() -> None:
    claimed = replace(LED, awaits_confirmation=True)

    found = told(refused(office_holders(), CHAIR), claimed, Recipient.LEAD)

    assert [one.person for one in found] == [CHAIR, MANAGER]
