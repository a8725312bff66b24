from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.remark import RemarkAdded, RemarkWithdrawn
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import LEAD, OTHER, TODAY, Case, Scenario, untested
from workflow.refusals import Incomplete, NotAllowed, NotFound
from workflow.remark import DECIDER
from workflow.remark_commands import AddRemark, WithdrawRemark

REF: Final = "remark-1"
KNOWN: Final = FakeKnown(
    {"action-12": "in_progress", "audit-3/finding-2": "draft"},
    entries={812: "action-12", 900: "audit-3"},
)
WORDS: Final = "Nobody told the board."
ADDED: Final = RemarkAdded(on="action-12", words=WORDS)
NONE: Final = Scenario(DECIDER, REF, KNOWN)
REMARK: Final = NONE.given(ADDED, by=OTHER)
GONE: Final = REMARK.given(RemarkWithdrawn(reason="Answered."), by=OTHER)

CASES: Final = [
    Case(
        "a remark is made on a thing",
        NONE,
        AddRemark(on="action-12", words=WORDS),
        then=(ADDED,),
    ),
    Case(
        "a remark on an entry is about the thing that the entry belongs to",
        NONE,
        AddRemark(entry=812, words=WORDS),
        then=(RemarkAdded(on="action-12", entry=812, words=WORDS),),
    ),
    Case(
        "a remark on an entry may name the part that it means",
        NONE,
        AddRemark(on="audit-3/finding-2", entry=900, words=WORDS),
        then=(RemarkAdded(on="audit-3/finding-2", entry=900, words=WORDS),),
    ),
    Case(
        "a remark is made on the board of a day",
        NONE,
        AddRemark(as_at=TODAY, words=WORDS),
        then=(RemarkAdded(as_at=TODAY, words=WORDS),),
    ),
    Case(
        "a remark is about something",
        NONE,
        AddRemark(words=WORDS),
        refused=Incomplete,
        match="Say what the remark is about",
    ),
    Case(
        "nobody remarks on a thing that is not there",
        NONE,
        AddRemark(on="action-9", words=WORDS),
        refused=NotFound,
        match="There is no A9",
    ),
    Case(
        "nobody remarks on an entry to come",
        NONE,
        AddRemark(entry=9_999, words=WORDS),
        refused=Incomplete,
        match="The log has no entry 9999",
    ),
    Case(
        "an entry of another thing is told apart",
        NONE,
        AddRemark(on="action-12", entry=900, words=WORDS),
        refused=Incomplete,
        match="Entry 900 is of AU3, not of A12",
    ),
    Case(
        "nobody remarks on a day to come",
        NONE,
        AddRemark(as_at=TODAY + dt.timedelta(days=1), words=WORDS),
        refused=Incomplete,
        match="16 January 2025 is still to come",
    ),
    Case(
        "who made it withdraws it",
        REMARK,
        WithdrawRemark(remark=REF, reason="Answered."),
        then=(RemarkWithdrawn(reason="Answered."),),
    ),
    Case(
        "withdrawing it again changes nothing", GONE, WithdrawRemark(remark=REF, reason="Answered.")
    ),
    Case(
        "nobody else withdraws it",
        REMARK,
        WithdrawRemark(remark=REF, reason="We do not like it."),
        refused=NotAllowed,
        match="PE1 may not withdraw RM1. This can be done by PE2, who made it",
        by=LEAD,
    ),
    Case(
        "a remark that is not there is not withdrawn",
        NONE,
        WithdrawRemark(remark=REF, reason="Answered."),
        refused=NotFound,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_remark_decides(case: Case) -> None:
    case.check()


def test_every_command_about_remarks_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "remark") == set()
