from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.catalogue import Event
from events.directory import (
    Access,
    AccessGranted,
    AccessRevoked,
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    Office,
    PersonLeft,
    PersonRegistered,
    RoleCreated,
    RoleOfficeChanged,
    RoleRetired,
)
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import TODAY, Case, Scenario
from workflow import person
from workflow import role as roles
from workflow.circumstances import Grant, RoleFacts, Tenure
from workflow.person_commands import RecordLeaving, RevokeAccess
from workflow.refusals import Incomplete
from workflow.role_commands import (
    AppointHolder,
    ChangeOffice,
    EndCover,
    RetireRole,
    StandDownHolder,
)

ANN, BEN = "person-11", "person-12"
SINCE: Final = dt.date(2020, 1, 1)
LAST: Final = dt.date(2025, 1, 31)
AFTER: Final = dt.date(2025, 2, 1)
WHOLE: Final[dict[str, tuple[Grant, ...]]] = {ANN: (Grant(Access.BUSINESS_MANAGER),)}
MANAGER: Final = role("role-4", ANN, office=Office.BUSINESS_MANAGER)
SECOND: Final = role("role-5", ANN, office=Office.BUSINESS_MANAGER)
NEXT: Final = RoleFacts(
    "role-6", Office.BUSINESS_MANAGER, None, None, retired=False, tenures=(Tenure(BEN, AFTER),)
)
HERE: Final = {ANN: "current", BEN: "current"}


def somebody(known: FakeKnown) -> Scenario:
    """Return Ann's entry, with the permission over everything."""
    granted = AccessGranted(access=Access.BUSINESS_MANAGER)
    return Scenario(person.DECIDER, ANN, known).given(PersonRegistered(name="Ann"), granted)


def office(known: FakeKnown, *more: Event) -> Scenario:
    """Return the business manager's role, which Ann holds."""
    created = RoleCreated(title="Manager", office=Office.BUSINESS_MANAGER)
    held = HolderAppointed(person=ANN, from_on=SINCE)
    return Scenario(roles.DECIDER, "role-4", known).given(created, held, *more)


def covering(known: FakeKnown) -> Scenario:
    """Return the role, which Ben covers until May."""
    cover = CoverArranged(number=1, person=BEN, from_on=SINCE, last_day_on=dt.date(2025, 5, 1))
    stood_down = HolderStoodDown(person=ANN, last_day_on=dt.date(2024, 1, 1))
    return office(known, stood_down, cover)


COVERED: Final = RoleFacts(
    "role-4",
    Office.BUSINESS_MANAGER,
    None,
    None,
    retired=False,
    covers=(Tenure(BEN, SINCE, dt.date(2025, 5, 1)),),
)
BY_NAME: Final = FakeKnown(HERE, grants=WHOLE)
ALONE: Final = FakeKnown(HERE, roles=(MANAGER,))
FOLLOWED: Final = FakeKnown(HERE, roles=(MANAGER, NEXT))
TWICE: Final = FakeKnown(HERE, roles=(MANAGER, SECOND))
BOTH: Final = FakeKnown(HERE, roles=(MANAGER,), grants=WHOLE)
LEAVE: Final = RecordLeaving(person=ANN, last_day_on=LAST)
REVOKE: Final = RevokeAccess(person=ANN, access=Access.BUSINESS_MANAGER)
STAND_DOWN: Final = StandDownHolder(role="role-4", person=ANN, last_day_on=LAST)
RETIRE: Final = RetireRole(role="role-4", reason="Merged.")
CHANGE: Final = ChangeOffice(role="role-4", office=Office.LEAD)
END_COVER: Final = EndCover(role="role-4", number=1, last_day_on=LAST)
APPOINT: Final = AppointHolder(role="role-4", person=BEN, from_on=TODAY, last_day_on=LAST)
STOOD_DOWN: Final = HolderStoodDown(person=ANN, last_day_on=LAST)
REVOKED: Final = AccessRevoked(access=Access.BUSINESS_MANAGER)
STOPS_TODAY: Final = HolderStoodDown(person=ANN, last_day_on=TODAY)
RETIRED: Final = RoleRetired(reason="Merged.")

CASES: Final = [
    Case("who is followed may leave", somebody(FOLLOWED), LEAVE, (PersonLeft(last_day_on=LAST),)),
    Case("the last does not leave", somebody(ALONE), LEAVE, refused=Incomplete, match="1 February"),
    Case("a role is left of a permission", somebody(BOTH), REVOKE, (REVOKED,)),
    Case("the last keeps the permission", somebody(BY_NAME), REVOKE, refused=Incomplete),
    Case("who is followed stands down", office(FOLLOWED), STAND_DOWN, (STOOD_DOWN,)),
    Case("who has a permission stands down", office(BOTH), STAND_DOWN, (STOOD_DOWN,)),
    Case("who has another role stands down", office(TWICE), STAND_DOWN, (STOOD_DOWN,)),
    Case("the last does not stand down", office(ALONE), STAND_DOWN, refused=Incomplete),
    Case("the role is retired beside another", office(TWICE), RETIRE, (STOPS_TODAY, RETIRED)),
    Case("the last role is not retired", office(FOLLOWED), RETIRE, refused=Incomplete),
    Case("the last office is not changed", office(ALONE), CHANGE, refused=Incomplete),
    Case("an office changes", office(BOTH), CHANGE, (RoleOfficeChanged(office=Office.LEAD),)),
    Case(
        "a cover ends early that is followed",
        covering(FakeKnown(HERE, roles=(COVERED, NEXT))),
        END_COVER,
        (CoverEnded(number=1, last_day_on=LAST),),
    ),
    Case(
        "the last cover does not end early",
        covering(FakeKnown(HERE, roles=(COVERED,))),
        END_COVER,
        refused=Incomplete,
        match="From 1 February 2025 on, nobody would be business manager",
    ),
    Case(
        "an appointment ends while another goes on",
        office(ALONE),
        APPOINT,
        (HolderAppointed(person=BEN, from_on=TODAY, last_day_on=LAST),),
    ),
    Case(
        "an appointment after which nobody would follow is refused",
        office(FakeKnown(HERE)),
        APPOINT,
        refused=Incomplete,
        match="Appoint somebody else",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_last_business_manager_stays(case: Case) -> None:
    case.check()
