from __future__ import annotations

from typing import Final

import pytest

from events.directory import (
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    Office,
    RoleAliasAdded,
    RoleAliasRemoved,
    RoleCreated,
    RoleOfficeChanged,
    RolePlaced,
    RoleRetitled,
)
from tests.workflow.role_stories import (
    ALIAS,
    ALIASED,
    ANN,
    ANN_FROM_APRIL,
    BEN,
    HELD,
    HELD_FOR_A_YEAR,
    NONE,
    OVER,
    REF,
    RETIRED,
    ROLE,
    day,
)
from tests.workflow.scenario import OTHER, Case, untested
from tests.workflow.test_role_cover import CASES as COVERING
from tests.workflow.test_role_holding import CASES as HOLDING
from workflow.refusals import Ended, Incomplete, NotAllowed, NotFound, NotNow
from workflow.role_commands import (
    AddAlias,
    ChangeOffice,
    CreateRole,
    PlaceRole,
    RemoveAlias,
    RetireRole,
    RetitleRole,
)

SHAPE: Final = [
    Case(
        "a role is created",
        NONE,
        CreateRole(title="Lead", agency="agency-1", subgroup="subgroup-1"),
        then=(RoleCreated(title="Lead", agency="agency-1", subgroup="subgroup-1"),),
    ),
    Case(
        "a role belongs to no subgroup that was dissolved",
        NONE,
        CreateRole(title="Lead", subgroup="subgroup-2"),
        refused=Ended,
    ),
    Case(
        "a title in angle brackets is refused",
        NONE,
        CreateRole(title="<b>Lead</b>"),
        refused=Incomplete,
    ),
    Case(
        "the old title goes on being recognised",
        ROLE,
        RetitleRole(role=REF, title="Partnership Manager"),
        then=(
            RoleRetitled(title="Partnership Manager"),
            RoleAliasAdded(number=1, alias="Business Manager"),
        ),
    ),
    Case(
        "a title that was wrong is not recognised any more",
        ROLE,
        RetitleRole(role=REF, title="Partnership Manager", keep_old_title=False),
        then=(RoleRetitled(title="Partnership Manager"),),
    ),
    Case(
        "a spelling that becomes the title is a spelling no longer",
        ALIASED,
        RetitleRole(role=REF, title="Partnership business manager", keep_old_title=False),
        then=(
            RoleAliasRemoved(number=1),
            RoleRetitled(title="Partnership business manager"),
        ),
    ),
    Case(
        "a title that changes only in its capitals leaves no spelling behind",
        ROLE,
        RetitleRole(role=REF, title="Business manager"),
        then=(RoleRetitled(title="Business manager"),),
    ),
    Case(
        "the title that stands changes nothing",
        ROLE,
        RetitleRole(role=REF, title="Business Manager"),
    ),
    Case(
        "a retired role is not retitled",
        OVER,
        RetitleRole(role=REF, title="Manager"),
        refused=NotNow,
        match="RO4 is no longer in use",
    ),
    Case(
        "a role gets another office",
        ROLE,
        ChangeOffice(role=REF, office=Office.LEAD),
        then=(RoleOfficeChanged(office=Office.LEAD),),
    ),
    Case(
        "the office that stands changes nothing",
        ROLE.given(RoleOfficeChanged(office=Office.LEAD)),
        ChangeOffice(role=REF, office=Office.LEAD),
    ),
    Case(
        "nobody makes a role executive that they are to hold themselves",
        HELD,
        ChangeOffice(role=REF, office=Office.EXECUTIVE),
        refused=NotAllowed,
        match="make themselves executive",
        by=ANN,
    ),
    Case(
        "somebody who held a role once may make it executive",
        ROLE.given(HolderAppointed(person=ANN, from_on=day(1, 1), last_day_on=day(1, 14))),
        ChangeOffice(role=REF, office=Office.EXECUTIVE),
        then=(RoleOfficeChanged(office=Office.EXECUTIVE),),
        by=ANN,
    ),
    Case(
        "a role is placed in an agency and a subgroup",
        ROLE,
        PlaceRole(role=REF, agency="agency-1", subgroup="subgroup-1"),
        then=(RolePlaced(agency="agency-1", subgroup="subgroup-1"),),
    ),
    Case(
        "the place that it has changes nothing",
        ROLE.given(RolePlaced(agency="agency-1")),
        PlaceRole(role=REF, agency="agency-1"),
    ),
    Case(
        "a role is placed in no agency that is not there",
        ROLE,
        PlaceRole(role=REF, agency="agency-9"),
        refused=NotFound,
        match="AG9",
    ),
    Case(
        "a spelling is recognised",
        ROLE,
        AddAlias(role=REF, alias="Partnership  Business Manager"),
        then=(ALIAS,),
    ),
    Case(
        "a spelling that differs only in capitals and spaces is recognised already",
        ALIASED,
        AddAlias(role=REF, alias="partnership businessmanager"),
    ),
    Case(
        "the title is no spelling of itself",
        ROLE,
        AddAlias(role=REF, alias="business manager"),
        refused=Incomplete,
        match="title of RO4 itself",
    ),
    Case(
        "a spelling of a role that is not there is refused",
        NONE,
        AddAlias(role=REF, alias="Manager"),
        refused=NotFound,
    ),
    Case(
        "a spelling is found not to mean this role",
        ALIASED,
        RemoveAlias(role=REF, number=1),
        then=(RoleAliasRemoved(number=1),),
    ),
    Case(
        "a spelling that is gone cannot be removed again",
        ALIASED.given(RoleAliasRemoved(number=1)),
        RemoveAlias(role=REF, number=1),
        refused=Incomplete,
        match="Its spellings are: none",
    ),
    Case(
        "the spellings that are there are listed",
        ALIASED,
        RemoveAlias(role=REF, number=2),
        refused=Incomplete,
        match=r"1 \(Partnership Business Manager\)",
    ),
    Case(
        "a number is never given twice",
        ALIASED.given(RoleAliasRemoved(number=1)),
        AddAlias(role=REF, alias="Manager"),
        then=(RoleAliasAdded(number=2, alias="Manager"),),
    ),
]

RETIRING: Final = [
    Case(
        "a role that nobody holds is retired",
        ROLE,
        RetireRole(role=REF, reason="Merged."),
        then=(RETIRED,),
    ),
    Case(
        "who holds or covers a role stops when it is retired, and who was to, never begins",
        ROLE.given(
            HolderAppointed(person=ANN, from_on=day(1, 1)),
            HolderAppointed(person=BEN, from_on=day(1, 1), last_day_on=day(1, 15)),
            ANN_FROM_APRIL.model_copy(update={"person": BEN}),
            CoverArranged(number=1, person=OTHER, from_on=day(1, 10), last_day_on=day(1, 20)),
            CoverArranged(number=2, person=OTHER, from_on=day(1, 2), last_day_on=day(1, 3)),
            CoverArranged(number=3, person=OTHER, from_on=day(8, 1), last_day_on=day(8, 2)),
        ),
        RetireRole(role=REF, reason="Merged."),
        then=(
            HolderStoodDown(person=ANN, last_day_on=day(1, 15)),
            HolderStoodDown(person=BEN, last_day_on=day(3, 31)),
            CoverEnded(number=1, last_day_on=day(1, 15)),
            CoverEnded(number=3, last_day_on=day(7, 31)),
            RETIRED,
        ),
    ),
    Case(
        "a role that ceased to be earlier ends what was held on that day",
        HELD_FOR_A_YEAR,
        RetireRole(role=REF, reason="Merged.", effective_on=day(1, 10)),
        then=(HolderStoodDown(person=ANN, last_day_on=day(1, 10)), RETIRED),
    ),
    Case("retiring it again changes nothing", OVER, RetireRole(role=REF, reason="Again.")),
    Case(
        "a role that is not there cannot be retired",
        NONE,
        RetireRole(role=REF, reason="Merged."),
        refused=NotFound,
    ),
]

CASES: Final = SHAPE + RETIRING


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_role_decides(case: Case) -> None:
    case.check()


def test_every_command_about_roles_is_accepted_once_and_refused_once() -> None:
    assert untested([*CASES, *HOLDING, *COVERING], "role") == set()
