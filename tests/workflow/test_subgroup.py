from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from events.directory import (
    Office,
    SubgroupChairRoleSet,
    SubgroupDissolved,
    SubgroupFormed,
    SubgroupRenamed,
)
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import Case, Scenario, untested
from workflow.refusals import Incomplete, NotFound, NotNow
from workflow.subgroup import DECIDER
from workflow.subgroup_commands import (
    DissolveSubgroup,
    FormSubgroup,
    RenameSubgroup,
    SetChairRole,
)

REF: Final = "subgroup-1"
KNOWN: Final = FakeKnown(
    roles=(
        role("role-1", office=Office.SUBGROUP_CHAIR),
        replace(role("role-2"), retired=True),
        role("role-3"),
    )
)
FORMED: Final = SubgroupFormed(name="Audit", chair_role="role-1")
DISSOLVED: Final = SubgroupDissolved(reason="Its work is done.")
NONE: Final = Scenario(DECIDER, REF, KNOWN)
SUBGROUP: Final = NONE.given(FORMED)
OVER: Final = SUBGROUP.given(DISSOLVED)

CASES: Final = [
    Case(
        "a subgroup is formed with the role that chairs it",
        NONE,
        FormSubgroup(name="Audit", chair_role="role-1"),
        then=(FORMED,),
    ),
    Case(
        "a subgroup may be formed before it is settled who chairs it",
        NONE,
        FormSubgroup(name="Audit"),
        then=(SubgroupFormed(name="Audit"),),
    ),
    Case(
        "a role that is not there cannot chair",
        NONE,
        FormSubgroup(name="Audit", chair_role="role-9"),
        refused=NotFound,
        match="There is no RO9 here",
    ),
    Case(
        "a subgroup is renamed",
        SUBGROUP,
        RenameSubgroup(subgroup=REF, name="Performance"),
        then=(SubgroupRenamed(name="Performance"),),
    ),
    Case(
        "renaming to the name it has after a renaming changes nothing",
        SUBGROUP.given(SubgroupRenamed(name="Performance")),
        RenameSubgroup(subgroup=REF, name="Performance"),
    ),
    Case(
        "a subgroup that was dissolved cannot be renamed",
        OVER,
        RenameSubgroup(subgroup=REF, name="Performance"),
        refused=NotNow,
        match="Form a new subgroup",
    ),
    Case(
        "another role chairs it",
        SUBGROUP,
        SetChairRole(subgroup=REF, chair_role="role-3"),
        then=(SubgroupChairRoleSet(chair_role="role-3"),),
    ),
    Case(
        "the role that chairs it already changes nothing",
        SUBGROUP.given(SubgroupChairRoleSet(chair_role="role-3")),
        SetChairRole(subgroup=REF, chair_role="role-3"),
    ),
    Case(
        "a retired role cannot chair",
        SUBGROUP,
        SetChairRole(subgroup=REF, chair_role="role-2"),
        refused=Incomplete,
        match="RO2 was retired",
    ),
    Case(
        "a subgroup is dissolved",
        SUBGROUP,
        DissolveSubgroup(subgroup=REF, reason="Its work is done."),
        then=(DISSOLVED,),
    ),
    Case(
        "dissolving it again changes nothing", OVER, DissolveSubgroup(subgroup=REF, reason="Again.")
    ),
    Case(
        "a subgroup that is not there cannot be dissolved",
        NONE,
        DissolveSubgroup(subgroup=REF, reason="Its work is done."),
        refused=NotFound,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_subgroup_decides(case: Case) -> None:
    case.check()


def test_every_command_about_subgroups_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "subgroup") == set()
