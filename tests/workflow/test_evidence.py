from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.evidence import EvidenceAdded, EvidenceWithdrawn, FileKind
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import TODAY, Case, Scenario, untested
from workflow.evidence import DECIDER
from workflow.evidence_commands import AddEvidence, WithdrawEvidence
from workflow.refusals import Incomplete, NotFound

REF: Final = "evidence-1"
DIGEST: Final = "ab" * 32
KNOWN: Final = FakeKnown(
    {"action-12": "in_progress"}, files={"action-12": {"cd" * 32: "evidence-7"}}
)
FILE: Final = {
    "to": "action-12",
    "name": "list.pdf",
    "note": "Who came.",
    "kind": FileKind.PDF,
    "size_bytes": 900,
    "sha256": DIGEST,
}
NONE: Final = Scenario(DECIDER, REF, KNOWN)
ADDED: Final = EvidenceAdded.model_validate(FILE)
KEPT: Final = NONE.given(ADDED)
GONE: Final = KEPT.given(EvidenceWithdrawn(reason="Another year's."))


def adding(**changed: object) -> AddEvidence:
    return AddEvidence.model_validate(FILE | changed)


CASES: Final = [
    Case("a file is handed in", NONE, adding(), then=(ADDED,)),
    Case(
        "nobody hands in a file for what is not there",
        NONE,
        adding(to="recommendation-9"),
        refused=NotFound,
        match="no R9 here",
    ),
    Case(
        "the same file is not kept twice with one item",
        NONE,
        adding(sha256="cd" * 32),
        refused=Incomplete,
        match="kept with A12 already, as EV7",
    ),
    Case(
        "a file cannot have been handed in earlier than it was",
        NONE,
        adding(effective_on=TODAY - dt.timedelta(days=1)),
        refused=Incomplete,
        match="counts from the day on which it is handed in",
    ),
    Case(
        "a file is taken back",
        KEPT,
        WithdrawEvidence(evidence=REF, reason="Another year's."),
        then=(EvidenceWithdrawn(reason="Another year's."),),
    ),
    Case(
        "what was taken back is not taken back again",
        GONE,
        WithdrawEvidence(evidence=REF, reason="Again."),
    ),
    Case(
        "nobody takes back what was never there",
        NONE,
        WithdrawEvidence(evidence=REF, reason="Why not."),
        refused=NotFound,
        match="no EV1 here",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_evidence(case: Case) -> None:
    case.check()


def test_every_command_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "evidence") == set()
