from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import pytest

from events.directory import (
    Access,
    AccessGranted,
    AccessRevoked,
    Digest,
    DigestSwitchedOff,
    DigestSwitchedOn,
    Office,
    PersonAgencyChanged,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    PersonRenamed,
)
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import Case, Scenario, untested
from workflow.circumstances import SYSTEM
from workflow.person import DECIDER
from workflow.person_commands import (
    ChangeAgency,
    ChangeEmail,
    GrantAccess,
    RecordLeaving,
    RegisterPerson,
    RenamePerson,
    RevokeAccess,
    SwitchOffDigest,
    SwitchOnDigest,
)
from workflow.refusals import Ended, Incomplete, NotAllowed, NotFound, NotNow

REF: Final = "person-9"
KNOWN: Final = FakeKnown(
    {"agency-1": "current", "agency-2": "current", "agency-3": "ended", "subgroup-1": "current"}
)
REGISTERED: Final = PersonRegistered(
    name="A. Person", email="a.person@example.org", agency="agency-1"
)
SCRUTINY: Final = role("role-9", REF, office=Office.SCRUTINEER)
NONE: Final = Scenario(DECIDER, REF, KNOWN)
PERSON: Final = NONE.given(REGISTERED)
GONE: Final = PERSON.given(PersonLeft(last_day_on=dt.date(2025, 1, 14)))
LEAVING_TODAY: Final = PERSON.given(PersonLeft(last_day_on=dt.date(2025, 1, 15)))
WEEKLY_OFF: Final = DigestSwitchedOff(digest=Digest.WEEKLY)
READER: Final = AccessGranted(access=Access.READER, subgroup="subgroup-1")

ENTRIES: Final = [
    Case(
        "somebody is registered",
        NONE,
        RegisterPerson(name="A. Person", email="a.person@EXAMPLE.org", agency="agency-1"),
        then=(REGISTERED,),
    ),
    Case(
        "somebody may be registered before their address is known",
        NONE,
        RegisterPerson(name="A. Person"),
        then=(PersonRegistered(name="A. Person"),),
    ),
    Case(
        "an address that is none is refused",
        NONE,
        RegisterPerson(name="A. Person", email="a.person"),
        refused=Incomplete,
        match="not an email address",
    ),
    Case(
        "an agency that closed has no people",
        NONE,
        RegisterPerson(name="A. Person", agency="agency-3"),
        refused=Ended,
    ),
    Case(
        "a name is mended",
        PERSON,
        RenamePerson(person=REF, name="A. N. Person"),
        then=(PersonRenamed(name="A. N. Person"),),
    ),
    Case(
        "the name that stands after a mending changes nothing",
        PERSON.given(PersonRenamed(name="A. N. Person")),
        RenamePerson(person=REF, name="A. N. Person"),
    ),
    Case(
        "nobody is called by an address in angle brackets",
        PERSON,
        RenamePerson(person=REF, name="A. Person <a.person@example.org>"),
        refused=Incomplete,
        match="angle brackets",
    ),
    Case(
        "an address changes",
        PERSON,
        ChangeEmail(person=REF, email="a.n.person@example.org"),
        then=(PersonEmailChanged(email="a.n.person@example.org"),),
    ),
    Case(
        "an address is no longer known",
        PERSON,
        ChangeEmail(person=REF),
        then=(PersonEmailChanged(),),
    ),
    Case(
        "an unknown address that stays unknown changes nothing",
        PERSON.given(PersonEmailChanged()),
        ChangeEmail(person=REF),
    ),
    Case(
        "an address of two lines is refused",
        PERSON,
        ChangeEmail(person=REF, email="a@example.org\nb@example.org"),
        refused=Incomplete,
    ),
    Case(
        "somebody moves to another agency",
        PERSON,
        ChangeAgency(person=REF, agency="agency-2"),
        then=(PersonAgencyChanged(agency="agency-2"),),
    ),
    Case(
        "somebody works for no agency any more",
        PERSON,
        ChangeAgency(person=REF),
        then=(PersonAgencyChanged(),),
    ),
    Case(
        "the agency they moved to already changes nothing",
        PERSON.given(PersonAgencyChanged(agency="agency-2")),
        ChangeAgency(person=REF, agency="agency-2"),
    ),
    Case(
        "somebody who left moves to no other agency",
        GONE,
        ChangeAgency(person=REF, agency="agency-2"),
        refused=NotNow,
        match="gone since 14 January 2025",
    ),
    Case(
        "somebody leaves",
        PERSON,
        RecordLeaving(person=REF, last_day_on=dt.date(2025, 1, 31), reason="A new post."),
        then=(PersonLeft(last_day_on=dt.date(2025, 1, 31), reason="A new post."),),
    ),
    Case(
        "a last day that was recorded wrongly is settled anew",
        GONE,
        RecordLeaving(person=REF, last_day_on=dt.date(2025, 1, 31)),
        then=(PersonLeft(last_day_on=dt.date(2025, 1, 31)),),
    ),
    Case(
        "the last day that stands changes nothing",
        GONE,
        RecordLeaving(person=REF, last_day_on=dt.date(2025, 1, 14)),
    ),
    Case(
        "nobody leaves who was never there",
        NONE,
        RecordLeaving(person=REF, last_day_on=dt.date(2025, 1, 31)),
        refused=NotFound,
    ),
]

PERMISSIONS: Final = [
    Case(
        "somebody is given a permission over a subgroup",
        PERSON,
        GrantAccess(person=REF, access=Access.READER, subgroup="subgroup-1"),
        then=(READER,),
    ),
    Case(
        "somebody is given a permission over an agency on their last day",
        LEAVING_TODAY,
        GrantAccess(person=REF, access=Access.LEAD, agency="agency-1"),
        then=(AccessGranted(access=Access.LEAD, agency="agency-1"),),
    ),
    Case(
        "the same permission again changes nothing",
        PERSON.given(READER),
        GrantAccess(person=REF, access=Access.READER, subgroup="subgroup-1"),
    ),
    Case(
        "a permission over a subgroup and an agency at once is refused",
        PERSON,
        GrantAccess(person=REF, access=Access.READER, subgroup="subgroup-1", agency="agency-1"),
        refused=Incomplete,
        match="not both",
    ),
    Case(
        "a chair without a subgroup is refused",
        PERSON,
        GrantAccess(person=REF, access=Access.CHAIR),
        refused=Incomplete,
        match="chairs a subgroup",
    ),
    Case(
        "a permission over a subgroup that is not there is refused",
        PERSON,
        GrantAccess(person=REF, access=Access.CHAIR, subgroup="subgroup-7"),
        refused=NotFound,
    ),
    Case(
        "somebody who left is given nothing",
        GONE,
        GrantAccess(person=REF, access=Access.READER),
        refused=NotNow,
    ),
    Case(
        "nobody gives a permission to themselves",
        PERSON,
        GrantAccess(person=REF, access=Access.EXECUTIVE),
        refused=NotAllowed,
        match="themselves",
        by=REF,
    ),
    Case(
        "the software gives the first business manager their permission",
        PERSON,
        GrantAccess(person=REF, access=Access.BUSINESS_MANAGER),
        then=(AccessGranted(access=Access.BUSINESS_MANAGER),),
        by=SYSTEM,
    ),
    Case(
        "the software gives no other permission",
        PERSON,
        GrantAccess(person=REF, access=Access.EXECUTIVE),
        refused=NotAllowed,
        match="The software itself",
        by=SYSTEM,
    ),
    Case(
        "a scrutineer is given no permission to change things",
        PERSON.given(AccessGranted(access=Access.SCRUTINEER)),
        GrantAccess(person=REF, access=Access.EXECUTIVE),
        refused=Incomplete,
        match="cannot both scrutinise the record and change it",
    ),
    Case(
        "who holds the office of scrutineer is given no permission to change things",
        replace(PERSON, known=replace(KNOWN, roles=(SCRUTINY,))),
        GrantAccess(person=REF, access=Access.BUSINESS_MANAGER),
        refused=Incomplete,
        match="cannot both",
    ),
    Case(
        "a scrutineer may be given what changes nothing",
        PERSON.given(AccessGranted(access=Access.SCRUTINEER)),
        GrantAccess(person=REF, access=Access.READER),
        then=(AccessGranted(access=Access.READER),),
    ),
    Case(
        "who may change things does not scrutinise",
        PERSON.given(AccessGranted(access=Access.LEAD, agency="agency-1")),
        GrantAccess(person=REF, access=Access.SCRUTINEER),
        refused=Incomplete,
        match="cannot both",
    ),
    Case(
        "whoever only reads may scrutinise",
        PERSON.given(READER),
        GrantAccess(person=REF, access=Access.SCRUTINEER),
        then=(AccessGranted(access=Access.SCRUTINEER),),
    ),
    Case(
        "a permission is taken back",
        PERSON.given(READER),
        RevokeAccess(person=REF, access=Access.READER, subgroup="subgroup-1"),
        then=(AccessRevoked(access=Access.READER, subgroup="subgroup-1"),),
    ),
    Case(
        "a permission is taken back with the scope with which it was given",
        PERSON.given(READER),
        RevokeAccess(person=REF, access=Access.READER),
        refused=Incomplete,
        match="Given by name: reader over S1",
    ),
    Case(
        "a permission that was taken back cannot be taken back again",
        PERSON.given(READER, AccessRevoked(access=Access.READER, subgroup="subgroup-1")),
        RevokeAccess(person=REF, access=Access.READER, subgroup="subgroup-1"),
        refused=Incomplete,
        match="Given by name: none",
    ),
]

DIGESTS: Final = [
    Case(
        "a digest is switched off",
        PERSON,
        SwitchOffDigest(person=REF, digest=Digest.WEEKLY),
        then=(WEEKLY_OFF,),
    ),
    Case(
        "a digest that is off stays off without a word",
        PERSON.given(WEEKLY_OFF),
        SwitchOffDigest(person=REF, digest=Digest.WEEKLY),
    ),
    Case(
        "one digest is switched off while the other is off already",
        PERSON.given(WEEKLY_OFF),
        SwitchOffDigest(person=REF, digest=Digest.MONTHLY),
        then=(DigestSwitchedOff(digest=Digest.MONTHLY),),
    ),
    Case(
        "a digest is switched on again",
        PERSON.given(WEEKLY_OFF),
        SwitchOnDigest(person=REF, digest=Digest.WEEKLY),
        then=(DigestSwitchedOn(digest=Digest.WEEKLY),),
    ),
    Case(
        "a digest that nobody switched off is on already",
        PERSON.given(WEEKLY_OFF, DigestSwitchedOn(digest=Digest.WEEKLY)),
        SwitchOnDigest(person=REF, digest=Digest.WEEKLY),
    ),
    Case(
        "who left gets no digest that could be switched off",
        GONE,
        SwitchOffDigest(person=REF, digest=Digest.WEEKLY),
        refused=NotNow,
        match="switch their digest off",
    ),
    Case(
        "who left gets no digest again",
        GONE.given(WEEKLY_OFF),
        SwitchOnDigest(person=REF, digest=Digest.WEEKLY),
        refused=NotNow,
        match="switch their digest on",
    ),
    Case(
        "nobody has no digest",
        NONE,
        SwitchOffDigest(person=REF, digest=Digest.WEEKLY),
        refused=NotFound,
    ),
]

CASES: Final = ENTRIES + PERMISSIONS + DIGESTS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_person_s_entry_decides(case: Case) -> None:
    case.check()


def test_every_command_about_people_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "person") == set()
