from __future__ import annotations

from typing import Final

import pytest

from events.directory import CoverArranged, CoverEnded, Office, RoleCreated
from tests.workflow.role_stories import (
    ANN,
    BEN,
    BEN_COVERS_AUGUST,
    COVERED,
    HELD,
    NONE,
    OVER,
    REF,
    ROLE,
    day,
)
from tests.workflow.scenario import OTHER, Case
from workflow.refusals import Ended, Incomplete, NotAllowed, NotNow
from workflow.role_commands import ArrangeCover, EndCover

CASES: Final = [
    Case(
        "somebody stands in for a time",
        HELD,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 1), last_day_on=day(8, 31)),
        then=(BEN_COVERS_AUGUST,),
    ),
    Case(
        "a role that nobody holds may be covered",
        ROLE,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 1), last_day_on=day(8, 31)),
        then=(BEN_COVERS_AUGUST,),
    ),
    Case(
        "the same cover again changes nothing",
        COVERED,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 1), last_day_on=day(8, 31)),
    ),
    Case(
        "a second cover has a number of its own",
        COVERED,
        ArrangeCover(role=REF, person=BEN, from_on=day(9, 1), last_day_on=day(9, 1)),
        then=(CoverArranged(number=2, person=BEN, from_on=day(9, 1), last_day_on=day(9, 1)),),
    ),
    Case(
        "nobody covers for themselves",
        HELD,
        ArrangeCover(role=REF, person=ANN, from_on=day(8, 1), last_day_on=day(8, 31)),
        refused=Incomplete,
        match="PE11 holds RO4 already",
    ),
    Case(
        "nobody covers a role twice on one day",
        COVERED,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 31), last_day_on=day(9, 1)),
        refused=Incomplete,
        match="PE12 covers RO4 already",
    ),
    Case(
        "a cover that ends before it begins is refused",
        HELD,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 1), last_day_on=day(7, 31)),
        refused=Incomplete,
    ),
    Case(
        "a retired role is not covered",
        OVER,
        ArrangeCover(role=REF, person=BEN, from_on=day(8, 1), last_day_on=day(8, 31)),
        refused=NotNow,
    ),
    Case(
        "nobody covers who left",
        HELD,
        ArrangeCover(role=REF, person="person-13", from_on=day(8, 1), last_day_on=day(8, 31)),
        refused=Ended,
    ),
    Case(
        "nobody makes themselves executive by covering",
        NONE.given(RoleCreated(title="Director", office=Office.EXECUTIVE)),
        ArrangeCover(role=REF, person=OTHER, from_on=day(8, 1), last_day_on=day(8, 31)),
        refused=NotAllowed,
    ),
    Case(
        "a cover ends early",
        COVERED,
        EndCover(role=REF, number=1, last_day_on=day(8, 15)),
        then=(CoverEnded(number=1, last_day_on=day(8, 15)),),
    ),
    Case(
        "one of two covers is not needed after all",
        COVERED.given(
            CoverArranged(number=2, person=BEN, from_on=day(9, 1), last_day_on=day(9, 9))
        ),
        EndCover(role=REF, number=2, last_day_on=day(8, 31)),
        then=(CoverEnded(number=2, last_day_on=day(8, 31)),),
    ),
    Case(
        "a cover that was not needed is gone",
        COVERED.given(CoverEnded(number=1, last_day_on=day(7, 31))),
        EndCover(role=REF, number=1, last_day_on=day(7, 31)),
        refused=Incomplete,
        match="has no cover 1. Its covers are: none",
    ),
    Case(
        "the last day of a cover that stands changes nothing",
        COVERED,
        EndCover(role=REF, number=1, last_day_on=day(8, 31)),
    ),
    Case(
        "ending a cover does not make it longer",
        COVERED,
        EndCover(role=REF, number=1, last_day_on=day(9, 1)),
        refused=Incomplete,
        match="1 August 2025 to 31 August 2025",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_role_decides_who_covers_it(case: Case) -> None:
    case.check()
