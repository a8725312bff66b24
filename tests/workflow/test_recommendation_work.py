from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from events.recommendation import (
    RecommendationImplemented,
    RecommendationProgressNoted,
    RecommendationProposed,
    RecommendationReopened,
    RecommendationStarted,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from tests.workflow.recommendation_stories import (
    CHAIR,
    EXECUTIVE,
    IMPLEMENTED,
    MANAGER,
    NEW,
    POLICE,
    PROPOSED,
    STORIES,
    R,
    recommendation,
)
from tests.workflow.scenario import LEAD, Case
from workflow.circumstances import SYSTEM
from workflow.recommendation_commands import (
    NoteRecommendationProgress,
    RefuseVerification,
    ReopenRecommendation,
    ReportRecommendationImplemented,
    StartRecommendation,
    VerifyRecommendation,
)
from workflow.recommendation_state import ACCEPTED, ENDED, RecommendationStatus
from workflow.refusals import Incomplete, NotAllowed, NotNow

START = StartRecommendation(recommendation=R)
NOTE = NoteRecommendationProgress(recommendation=R, note="Two of three agencies do.")
REPORT = ReportRecommendationImplemented(
    recommendation=R, what_we_did="We share them.", evidence="A dip sample"
)
VERIFY = VerifyRecommendation(recommendation=R, note="Looked at ten cases")
REFUSE = RefuseVerification(recommendation=R, reason="No case shows it")
REOPEN = ReopenRecommendation(recommendation=R, reason="It slipped back")
REOPENABLE = frozenset(RecommendationStatus) - {
    RecommendationStatus.PROPOSED,
    RecommendationStatus.ACCEPTED,
    RecommendationStatus.PARTLY_ACCEPTED,
    RecommendationStatus.REJECTED,
    RecommendationStatus.IN_PROGRESS,
    RecommendationStatus.SUPERSEDED,
}
REPORTED = {RecommendationStatus.IMPLEMENTED}
SEEN = RecommendationVerified(verified_by="person-2", note="Looked at ten cases")


def report(evidence: str | None, reason: str | None) -> ReportRecommendationImplemented:
    return ReportRecommendationImplemented(
        recommendation=R, what_we_did="We share them.", evidence=evidence, no_evidence_reason=reason
    )


CASES = [
    Case("work begins", recommendation("accepted"), START, then=(RecommendationStarted(),)),
    Case(
        "work begins on what was accepted in part",
        recommendation("partly_accepted"),
        START,
        then=(RecommendationStarted(),),
    ),
    Case("work that has begun does not begin again", recommendation("in_progress"), START),
    Case(
        "work does not begin before a decision",
        recommendation("proposed"),
        START,
        refused=NotNow,
        match="once the recommendation was accepted",
    ),
    Case(
        "progress is told before work began",
        recommendation("proposed"),
        NOTE,
        then=(RecommendationProgressNoted(note="Two of three agencies do."),),
    ),
    Case(
        "progress is not told after the end",
        recommendation("superseded"),
        NOTE,
        refused=NotNow,
        match="Reopen it",
    ),
    Case(
        "work is reported done with evidence",
        recommendation("in_progress"),
        REPORT,
        then=(IMPLEMENTED,),
    ),
    Case(
        "work that nobody said had begun is reported done",
        recommendation("accepted"),
        report(None, "It is a habit"),
        then=(
            RecommendationStarted(),
            RecommendationImplemented(
                what_we_did="We share them.", no_evidence_reason="It is a habit"
            ),
        ),
    ),
    Case(
        "work is not reported done without evidence or a reason",
        recommendation("in_progress"),
        report(None, None),
        refused=Incomplete,
        match="no evidence",
    ),
    Case(
        "a file that was handed in speaks for itself",
        replace(
            recommendation("in_progress"),
            known=replace(
                recommendation("in_progress").known, files={R: {"ab" * 32: "evidence-1"}}
            ),
        ),
        report(None, None),
        then=(RecommendationImplemented(what_we_did="We share them."),),
    ),
    Case(
        "work is not reported done with evidence and a reason why there is none",
        recommendation("in_progress"),
        report("A dip sample", "It is a habit"),
        refused=Incomplete,
        match="not both",
    ),
    Case("somebody else verifies it", recommendation("implemented"), VERIFY, then=(SEEN,)),
    Case(
        "a business manager verifies what is addressed to their own agency",
        recommendation("implemented"),
        VERIFY,
        then=(SEEN.model_copy(update={"verified_by": MANAGER}),),
        by=MANAGER,
    ),
    Case(
        "the executive verifies it",
        recommendation("implemented"),
        VERIFY,
        then=(SEEN.model_copy(update={"verified_by": EXECUTIVE}),),
        by=EXECUTIVE,
    ),
    Case(
        "who reported it done does not verify it",
        NEW.given(PROPOSED, *STORIES[RecommendationStatus.IN_PROGRESS]).given(
            IMPLEMENTED, by=MANAGER
        ),
        VERIFY,
        refused=NotAllowed,
        match="PE5, who reported it done, may not verify R7",
        by=MANAGER,
    ),
    Case(
        "who holds its lead role does not verify it, even if another reported it",
        NEW.given(PROPOSED, *STORIES[RecommendationStatus.IN_PROGRESS]).given(
            IMPLEMENTED, by=MANAGER
        ),
        VERIFY,
        refused=NotAllowed,
        match="a role that leads it",
        by=LEAD,
    ),
    Case(
        "the chair of the subgroup that it is addressed to does not verify it",
        recommendation("implemented"),
        VERIFY,
        refused=NotAllowed,
        by=CHAIR,
    ),
    Case(
        "who acts for the agency that it is addressed to does not verify it",
        recommendation("implemented"),
        VERIFY,
        refused=NotAllowed,
        match="PE4, who acts for AG1,",
        by=POLICE,
    ),
    Case(
        "the software verifies nothing",
        recommendation("implemented"),
        VERIFY,
        refused=NotAllowed,
        match="The software itself",
        by=SYSTEM,
    ),
    Case(
        "a subgroup without a chair hinders nobody",
        recommendation(
            "implemented",
            RecommendationProposed(text="Meet.", source="A letter", addressed_to=("subgroup-2",)),
        ),
        VERIFY,
        then=(SEEN.model_copy(update={"verified_by": CHAIR}),),
        by=CHAIR,
    ),
    Case(
        "somebody else sends it back to work",
        recommendation("implemented"),
        REFUSE,
        then=(RecommendationVerificationRefused(refused_by="person-2", reason="No case shows it"),),
    ),
    Case(
        "who leads it does not judge whether it is done",
        recommendation("implemented"),
        REFUSE,
        refused=NotAllowed,
        by=LEAD,
    ),
    Case(
        "what was verified is reopened",
        recommendation("verified"),
        REOPEN,
        then=(RecommendationReopened(reason="It slipped back"),),
    ),
    Case(
        "what was rejected is not reopened but decided anew",
        recommendation("rejected"),
        REOPEN,
        refused=NotNow,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_work(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("status", RecommendationStatus)
@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        (START, ACCEPTED),
        (NOTE, frozenset(RecommendationStatus) - ENDED),
        (REPORT, ACCEPTED),
        (VERIFY, REPORTED),
        (REFUSE, REPORTED),
        (REOPEN, REOPENABLE),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_command_is_answered_in_its_statuses_only(
    command: StartRecommendation, allowed: frozenset[RecommendationStatus], status: str
) -> None:
    asked = recommendation(status).when(command)
    if status in allowed:
        asked.decide()
    else:
        refusal = asked.refused(NotNow)
        assert str(refusal).startswith(f"R7 is {status.replace('_', ' ')}, so you cannot ")


@pytest.mark.parametrize("command", [REOPEN, REFUSE])
def test_work_goes_on_after_it_was_sent_back_or_reopened(
    command: ReopenRecommendation | RefuseVerification,
) -> None:
    asked = recommendation("implemented").when(command)
    after = asked.then(*asked.decide())
    assert after.state.status is RecommendationStatus.IN_PROGRESS
    after.when(REPORT, by=LEAD).then(IMPLEMENTED)


def test_reopening_makes_an_earlier_impact_date_void() -> None:
    asked = recommendation("impact_due").when(REOPEN)
    assert asked.then(*asked.decide()).state.impact_target is None


@pytest.mark.parametrize("status", RecommendationStatus)
def test_every_status_has_a_story_that_leads_to_it(status: RecommendationStatus) -> None:
    assert recommendation(status).state.status is status


@pytest.mark.parametrize("came_from", [{"audit": "audit-5"}, {"findings": ("audit-5/finding-1",)}])
def test_what_a_closed_audit_rests_on_is_not_reopened(came_from: dict[str, Any]) -> None:
    proposed = PROPOSED.model_copy(update={"source": None, **came_from})
    asked = recommendation("impact_shown", proposed).when(REOPEN)
    asked.refused(NotNow, match="AU5 was closed on the strength of it")


def test_what_an_audit_in_monitoring_follows_is_reopened() -> None:
    proposed = PROPOSED.model_copy(update={"source": None, "audit": "audit-3"})
    asked = recommendation("impact_shown", proposed).when(REOPEN)
    asked.then(RecommendationReopened(reason="It slipped back"))
