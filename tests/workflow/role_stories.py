"""Roles as stories begin with them: held, covered, spelt in two ways, retired."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.directory import (
    Access,
    CoverArranged,
    HolderAppointed,
    Office,
    RoleAliasAdded,
    RoleCreated,
    RoleRetired,
)
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import OTHER, Scenario
from workflow.circumstances import Grant
from workflow.role import DECIDER

REF: Final = "role-4"
ANN: Final = "person-11"
BEN: Final = "person-12"
KNOWN: Final = FakeKnown(
    {
        "agency-1": "current",
        "subgroup-1": "current",
        "subgroup-2": "ended",
        ANN: "current",
        BEN: "current",
        OTHER: "current",
        "person-13": "ended",
    },
    grants={OTHER: (Grant(Access.BUSINESS_MANAGER),)},
)


def day(month: int, of_month: int) -> dt.date:
    return dt.date(2025, month, of_month)


CREATED: Final = RoleCreated(title="Business Manager", office=Office.BUSINESS_MANAGER)
ALIAS: Final = RoleAliasAdded(number=1, alias="Partnership Business Manager")
ANN_FROM_APRIL: Final = HolderAppointed(person=ANN, from_on=day(4, 1))
BEN_COVERS_AUGUST: Final = CoverArranged(
    number=1, person=BEN, from_on=day(8, 1), last_day_on=day(8, 31)
)
RETIRED: Final = RoleRetired(reason="Merged.")

NONE: Final = Scenario(DECIDER, REF, KNOWN)
ROLE: Final = NONE.given(CREATED)
ALIASED: Final = ROLE.given(ALIAS)
HELD: Final = ROLE.given(ANN_FROM_APRIL)
HELD_FOR_A_YEAR: Final = ROLE.given(
    HolderAppointed(person=ANN, from_on=day(1, 1), last_day_on=day(12, 31))
)
COVERED: Final = HELD.given(BEN_COVERS_AUGUST)
OVER: Final = ROLE.given(RETIRED)
