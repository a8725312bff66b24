from __future__ import annotations

from typing import Final

import pytest

from events.directory import (
    AgencyRegistered,
    AgencyRenamed,
    PersonEmailChanged,
    PersonRegistered,
    RoleCreated,
    RoleRetitled,
    SubgroupFormed,
    SubgroupRenamed,
)
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import Case, Scenario
from workflow import agency, person, role, subgroup
from workflow.agency_commands import RegisterAgency, RenameAgency
from workflow.command import Command
from workflow.person_commands import ChangeEmail, RegisterPerson
from workflow.refusals import Incomplete
from workflow.role_commands import AddAlias, CreateRole, RetitleRole
from workflow.subgroup_commands import FormSubgroup, RenameSubgroup

KNOWN: Final = FakeKnown(
    addresses={"ann@example.org": "person-1", "new@example.org": "person-9"},
    called={
        ("agency", "council"): "agency-1",
        ("subgroup", "audit"): "subgroup-1",
        ("role", "lead"): "role-1",
        ("role", "chief"): "role-9",
        ("agency", "police"): "agency-9",
        ("subgroup", "quality"): "subgroup-9",
    },
)
PERSON: Final = Scenario(person.DECIDER, "person-9", KNOWN)
AGENCY: Final = Scenario(agency.DECIDER, "agency-9", KNOWN)
SUBGROUP: Final = Scenario(subgroup.DECIDER, "subgroup-9", KNOWN)
ROLE: Final = Scenario(role.DECIDER, "role-9", KNOWN)
BEN: Final = PERSON.given(PersonRegistered(name="Ben"))
POLICE: Final = AGENCY.given(AgencyRegistered(name="police"))
QUALITY: Final = SUBGROUP.given(SubgroupFormed(name="quality"))
CHIEF: Final = ROLE.given(RoleCreated(title="chief"))

TAKEN: Final[list[tuple[Scenario, Command, str]]] = [
    (PERSON, RegisterPerson(name="Ben", email="Ann@example.org"), "PE1 has that address"),
    (BEN, ChangeEmail(person="person-9", email="ANN@example.org"), "PE1 has that address"),
    (AGENCY, RegisterAgency(name="Council"), "AG1 goes by 'Council' already"),
    (POLICE, RenameAgency(agency="agency-9", name="COUNCIL"), "AG1 goes by"),
    (SUBGROUP, FormSubgroup(name="Audit"), "S1 goes by"),
    (QUALITY, RenameSubgroup(subgroup="subgroup-9", name="Audit"), "S1 goes by"),
    (ROLE, CreateRole(title="Lead"), "RO1 goes by"),
    (CHIEF, RetitleRole(role="role-9", title="LEAD"), "RO1 goes by"),
    (CHIEF, AddAlias(role="role-9", alias="lead"), "RO1 goes by"),
]


@pytest.mark.parametrize(
    ("story", "command", "words"), TAKEN, ids=[type(one[1]).__name__ for one in TAKEN]
)
def test_what_another_goes_by_is_refused(story: Scenario, command: Command, words: str) -> None:
    Case("taken", story, command, refused=Incomplete, match=words).check()


def test_an_entry_may_change_how_its_own_name_is_written() -> None:
    own = ChangeEmail(person="person-9", email="new@example.org")
    BEN.when(own).then(PersonEmailChanged(email="new@example.org"))
    POLICE.when(RenameAgency(agency="agency-9", name="Police")).then(AgencyRenamed(name="Police"))
    QUALITY.when(RenameSubgroup(subgroup="subgroup-9", name="Quality")).then(
        SubgroupRenamed(name="Quality")
    )
    CHIEF.when(RetitleRole(role="role-9", title="Chief")).then(RoleRetitled(title="Chief"))
