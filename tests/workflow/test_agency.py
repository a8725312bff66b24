from __future__ import annotations

from typing import Final

import pytest

from events.directory import AgencyClosed, AgencyKind, AgencyRegistered, AgencyRenamed
from tests.workflow.scenario import Case, Scenario, untested
from workflow.agency import DECIDER
from workflow.agency_commands import CloseAgency, RegisterAgency, RenameAgency
from workflow.refusals import Incomplete, NotFound, NotNow

REF: Final = "agency-1"
REGISTERED: Final = AgencyRegistered(name="Example Council", kind=AgencyKind.COUNCIL)
CLOSED: Final = AgencyClosed(reason="Merged.")
NONE: Final = Scenario(DECIDER, REF)
AGENCY: Final = NONE.given(REGISTERED)
OVER: Final = AGENCY.given(CLOSED)

CASES: Final = [
    Case(
        "an agency is registered with its sector",
        NONE,
        RegisterAgency(name="Example  Council", kind=AgencyKind.COUNCIL),
        then=(REGISTERED,),
    ),
    Case(
        "an agency whose name breaks the line is refused",
        NONE,
        RegisterAgency(name="Example\nCouncil"),
        refused=Incomplete,
        match="one line",
    ),
    Case(
        "an agency is renamed",
        AGENCY,
        RenameAgency(agency=REF, name="Other Council"),
        then=(AgencyRenamed(name="Other Council"),),
    ),
    Case(
        "renaming to the name it has after a renaming changes nothing",
        AGENCY.given(AgencyRenamed(name="Other Council")),
        RenameAgency(agency=REF, name="Other Council"),
    ),
    Case(
        "an agency that closed cannot be renamed",
        OVER,
        RenameAgency(agency=REF, name="Other Council"),
        refused=NotNow,
        match="AG1 is no longer in use",
    ),
    Case(
        "an agency that is not there cannot be renamed",
        NONE,
        RenameAgency(agency=REF, name="Other Council"),
        refused=NotFound,
    ),
    Case("an agency closes", AGENCY, CloseAgency(agency=REF, reason="Merged."), then=(CLOSED,)),
    Case("closing it again changes nothing", OVER, CloseAgency(agency=REF, reason="Again.")),
    Case(
        "an agency that is not there cannot close",
        NONE,
        CloseAgency(agency=REF, reason="Merged."),
        refused=NotFound,
        match="There is no AG1 here",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_agency_decides(case: Case) -> None:
    case.check()


def test_every_command_about_agencies_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "agency") == set()
