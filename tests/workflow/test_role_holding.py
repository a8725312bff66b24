from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.directory import HolderAppointed, HolderStoodDown, Office, RoleCreated
from tests.workflow.role_stories import (
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
from tests.workflow.scenario import OTHER, Case
from workflow.refusals import Ended, Incomplete, NotAllowed, NotNow
from workflow.role_commands import AppointHolder, StandDownHolder

CASES: Final = [
    Case(
        "somebody is appointed from a day on",
        ROLE,
        AppointHolder(role=REF, person=ANN, from_on=day(4, 1)),
        then=(ANN_FROM_APRIL,),
    ),
    Case(
        "two people hold one role together",
        HELD,
        AppointHolder(role=REF, person=BEN, from_on=day(4, 1), last_day_on=day(4, 1)),
        then=(HolderAppointed(person=BEN, from_on=day(4, 1), last_day_on=day(4, 1)),),
    ),
    Case(
        "the same appointment again changes nothing",
        HELD,
        AppointHolder(role=REF, person=ANN, from_on=day(4, 1)),
    ),
    Case(
        "nobody holds a role twice on one day",
        HELD,
        AppointHolder(role=REF, person=ANN, from_on=day(1, 1), last_day_on=day(4, 1)),
        refused=Incomplete,
        match="PE11 holds RO4 already, since 1 April 2025",
    ),
    Case(
        "somebody holds a role again after a pause",
        HELD_FOR_A_YEAR,
        AppointHolder(role=REF, person=ANN, from_on=dt.date(2026, 1, 1)),
        then=(HolderAppointed(person=ANN, from_on=dt.date(2026, 1, 1)),),
    ),
    Case(
        "an appointment that ends before it begins is refused",
        ROLE,
        AppointHolder(role=REF, person=ANN, from_on=day(4, 1), last_day_on=day(3, 31)),
        refused=Incomplete,
        match="31 March 2025, lies before the first, 1 April 2025",
    ),
    Case(
        "nobody is appointed to a retired role",
        OVER,
        AppointHolder(role=REF, person=ANN, from_on=day(4, 1)),
        refused=NotNow,
        match="took its place",
    ),
    Case(
        "nobody is appointed who left",
        ROLE,
        AppointHolder(role=REF, person="person-13", from_on=day(4, 1)),
        refused=Ended,
    ),
    Case(
        "nobody appoints themselves scrutineer",
        NONE.given(RoleCreated(title="Scrutineer", office=Office.SCRUTINEER)),
        AppointHolder(role=REF, person=OTHER, from_on=day(4, 1)),
        refused=NotAllowed,
        match="make themselves scrutineer through RO4",
    ),
    Case(
        "a business manager may appoint themselves to their own office",
        ROLE,
        AppointHolder(role=REF, person=OTHER, from_on=day(4, 1)),
        then=(HolderAppointed(person=OTHER, from_on=day(4, 1)),),
    ),
    Case(
        "a holder stands down",
        HELD,
        StandDownHolder(role=REF, person=ANN, last_day_on=day(6, 30), reason="A new post."),
        then=(HolderStoodDown(person=ANN, last_day_on=day(6, 30), reason="A new post."),),
    ),
    Case(
        "a holder never took the role up",
        HELD,
        StandDownHolder(role=REF, person=ANN, last_day_on=day(3, 31)),
        then=(HolderStoodDown(person=ANN, last_day_on=day(3, 31)),),
    ),
    Case(
        "somebody who never took a role up may be appointed on the same day after all",
        HELD.given(HolderStoodDown(person=ANN, last_day_on=day(3, 31))),
        AppointHolder(role=REF, person=ANN, from_on=day(4, 1)),
        then=(ANN_FROM_APRIL,),
    ),
    Case(
        "a last day before the role was held is refused",
        HELD,
        StandDownHolder(role=REF, person=ANN, last_day_on=day(3, 30)),
        refused=Incomplete,
        match="They held it since 1 April 2025",
    ),
    Case(
        "a last day that stands changes nothing",
        HELD_FOR_A_YEAR,
        StandDownHolder(role=REF, person=ANN, last_day_on=day(12, 31)),
    ),
    Case(
        "standing down does not make a time longer",
        HELD_FOR_A_YEAR,
        StandDownHolder(role=REF, person=ANN, last_day_on=dt.date(2026, 1, 1)),
        refused=Incomplete,
        match="1 January 2025 to 31 December 2025",
    ),
    Case(
        "nobody stands down from what they never held",
        HELD,
        StandDownHolder(role=REF, person=BEN, last_day_on=day(6, 30)),
        refused=Incomplete,
        match="PE12 does not hold RO4 on 30 June 2025.*never held it",
    ),
    Case(
        "the last day in a retired role may still be mended",
        HELD_FOR_A_YEAR.given(RETIRED),
        StandDownHolder(role=REF, person=ANN, last_day_on=day(6, 30)),
        then=(HolderStoodDown(person=ANN, last_day_on=day(6, 30)),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_role_decides_who_holds_it(case: Case) -> None:
    case.check()
