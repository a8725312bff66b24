from __future__ import annotations

import pytest

from events.audit import (
    AuditClosed,
    AuditPaused,
    AuditStage,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingKind,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
)
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import Case, Scenario, untested
from tests.workflow.test_audit import AGREED, AU, LACKING, STRENGTH, audit, followed_by
from workflow.audit import DECIDER
from workflow.finding_commands import (
    AgreeFinding,
    DisputeFinding,
    DraftFinding,
    LeaveFindingWithoutRecommendation,
    RewordFinding,
    WithdrawFinding,
)
from workflow.finding_state import FindingStatus
from workflow.refusals import Incomplete, NotFound, NotNow

F1, F2 = f"{AU}/finding-1", f"{AU}/finding-2"
DRAFTED = audit(AuditStage.FIELDWORK, findings=(LACKING,))
SETTLED = audit(AuditStage.MODERATION, findings=AGREED)
DISPUTED = SETTLED.given(FindingDisputed(finding=1, reason="Not ours"))
WITHDRAWN = DISPUTED.given(FindingWithdrawn(finding=1, reason="Not ours indeed"))
REPORTED = audit(AuditStage.APPROVED, findings=AGREED)
SECOND = FindingAgreed(finding=2)
DRAFT = DraftFinding(audit=AU, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Chronologies are thin.")


def followed(status: str, stage: AuditStage = AuditStage.MODERATION) -> Scenario:
    """Return an audit whose one agreed finding has a recommendation."""
    return audit(stage, known=followed_by(status), findings=AGREED)


def left_alone(reason: str = "Mended meanwhile") -> LeaveFindingWithoutRecommendation:
    return LeaveFindingWithoutRecommendation(finding=F1, reason=reason)


CASES = [
    Case("findings are numbered from one", audit(AuditStage.FIELDWORK), DRAFT, then=(LACKING,)),
    Case(
        "the next finding gets the next number",
        DRAFTED,
        DraftFinding(audit=AU, kind=FindingKind.STRENGTH, text="Children are listened to."),
        then=(STRENGTH,),
    ),
    Case(
        "nothing is found before fieldwork",
        audit(AuditStage.SCOPED),
        DRAFT,
        refused=NotNow,
        match="from fieldwork until the report is approved",
    ),
    Case("nothing is found after approval", REPORTED, DRAFT, refused=NotNow),
    Case(
        "nothing is found while the audit is paused",
        DRAFTED.given(AuditPaused(reason="Inspection")),
        DRAFT,
        refused=NotNow,
        match="Resume it first",
    ),
    Case(
        "an audit that was never planned finds nothing",
        Scenario(DECIDER, AU),
        DRAFT,
        refused=NotFound,
    ),
    Case(
        "a draft is reworded",
        DRAFTED,
        RewordFinding(finding=F1, text="Chronologies are missing."),
        then=(FindingReworded(finding=1, text="Chronologies are missing."),),
    ),
    Case(
        "a disputed finding is reworded",
        DISPUTED,
        RewordFinding(finding=F1, text="Chronologies are missing."),
        then=(FindingReworded(finding=1, text="Chronologies are missing."),),
    ),
    Case(
        "the same words change nothing",
        DRAFTED.given(FindingReworded(finding=1, text="Chronologies are missing.")),
        RewordFinding(finding=F1, text="Chronologies are missing."),
    ),
    Case(
        "the words of an agreed finding stand",
        SETTLED,
        RewordFinding(finding=F1, text="Chronologies are missing."),
        refused=NotNow,
        match="dispute it first",
    ),
    Case(
        "an unknown finding is not found",
        DRAFTED,
        AgreeFinding(finding=F2),
        refused=NotFound,
        match="AU3/F2",
    ),
    Case("a draft is agreed", DRAFTED, AgreeFinding(finding=F1), then=(FindingAgreed(finding=1),)),
    Case(
        "a disputed finding is agreed after all",
        DISPUTED,
        AgreeFinding(finding=F1),
        then=(FindingAgreed(finding=1),),
    ),
    Case("agreeing twice changes nothing", SETTLED, AgreeFinding(finding=F1)),
    Case("a withdrawn finding is not agreed", WITHDRAWN, AgreeFinding(finding=F1), refused=NotNow),
    Case(
        "an agreed finding is disputed before approval",
        SETTLED,
        DisputeFinding(finding=F1, reason="Not ours"),
        then=(FindingDisputed(finding=1, reason="Not ours"),),
    ),
    Case(
        "a withdrawn finding is not disputed",
        WITHDRAWN,
        DisputeFinding(finding=F1, reason="Not ours"),
        refused=NotNow,
    ),
    Case(
        "a finding stands once the report is approved",
        REPORTED,
        DisputeFinding(finding=F1, reason="Not ours"),
        refused=NotNow,
        match="AU3 is approved",
    ),
    Case(
        "a finding is withdrawn",
        DISPUTED,
        WithdrawFinding(finding=F1, reason="Not ours indeed"),
        then=(FindingWithdrawn(finding=1, reason="Not ours indeed"),),
    ),
    Case(
        "a finding is withdrawn once its recommendation ended",
        followed("rejected"),
        WithdrawFinding(finding=F1, reason="Too few cases"),
        then=(FindingWithdrawn(finding=1, reason="Too few cases"),),
    ),
    Case(
        "a finding is not withdrawn from under a recommendation",
        followed("accepted"),
        WithdrawFinding(finding=F1, reason="Too few cases"),
        refused=NotNow,
        match="what R7 rests on",
    ),
    Case(
        "a finding is not withdrawn twice",
        WITHDRAWN,
        WithdrawFinding(finding=F1, reason="Too few cases"),
        refused=NotNow,
    ),
    Case(
        "an area for development is left without a recommendation for a reason",
        REPORTED,
        left_alone(),
        then=(FindingLeftWithoutRecommendation(finding=1, reason="Mended meanwhile"),),
    ),
    Case(
        "a recommendation for another finding does not stand in the way",
        followed("proposed").given(STRENGTH.model_copy(update={"kind": LACKING.kind}), SECOND),
        LeaveFindingWithoutRecommendation(finding=F2, reason="Mended meanwhile"),
        then=(FindingLeftWithoutRecommendation(finding=2, reason="Mended meanwhile"),),
    ),
    Case(
        "the same reason changes nothing",
        REPORTED.given(FindingLeftWithoutRecommendation(finding=1, reason="Mended meanwhile")),
        left_alone(),
    ),
    Case(
        "a better reason takes the place of the first",
        REPORTED.given(FindingLeftWithoutRecommendation(finding=1, reason="Mended meanwhile")),
        left_alone("Mended by a new system"),
        then=(FindingLeftWithoutRecommendation(finding=1, reason="Mended by a new system"),),
    ),
    Case("only what is agreed is left so", DRAFTED, left_alone(), refused=NotNow, match="Agree it"),
    Case(
        "a strength needs no recommendation anyway",
        audit(AuditStage.MODERATION, findings=(LACKING, STRENGTH, FindingAgreed(finding=2))),
        LeaveFindingWithoutRecommendation(finding=F2, reason="It is good"),
        refused=Incomplete,
        match="strength",
    ),
    Case(
        "a finding with a recommendation is not left without one",
        followed("proposed", AuditStage.APPROVED),
        left_alone(),
        refused=NotNow,
        match="answered by R7",
    ),
    Case(
        "what is over stays as it was",
        audit(AuditStage.MONITORING, findings=AGREED).given(AuditClosed()),
        left_alone(),
        refused=NotNow,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_findings(case: Case) -> None:
    case.check()


def test_every_finding_command_is_accepted_in_one_case_and_refused_in_another() -> None:
    assert untested(CASES, "finding") == set()


def test_findings_of_other_numbers_stay_as_they_are() -> None:
    third = FindingDrafted(finding=3, kind=FindingKind.STRENGTH, text="Schools know whom to ask.")
    story = DRAFTED.given(STRENGTH, third, FindingAgreed(finding=2))
    statuses = [finding.status for finding in story.state.findings]
    assert statuses == [FindingStatus.DRAFT, FindingStatus.AGREED, FindingStatus.DRAFT]


def test_a_recommendation_for_another_finding_does_not_answer_this_one() -> None:
    known = FakeKnown(recommendations=followed_by("proposed").recommendations)
    story = audit(
        AuditStage.FIELDWORK, known=known, findings=(LACKING, STRENGTH, FindingAgreed(finding=1))
    )
    story.when(WithdrawFinding(finding=F2, reason="Too few cases")).then(
        FindingWithdrawn(finding=2, reason="Too few cases")
    )


def test_a_command_about_a_finding_names_the_stream_of_its_audit() -> None:
    assert AgreeFinding(finding=F2).subject == AU
    assert AgreeFinding(finding=F2).number == 2
    assert DRAFT.subject == AU
