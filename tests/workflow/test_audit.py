from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from events.audit import (
    AnalysisStarted,
    AuditApproved,
    AuditCancelled,
    AuditClosed,
    AuditHandedOver,
    AuditKind,
    AuditPaused,
    AuditPlanned,
    AuditResumed,
    AuditRetitled,
    AuditScoped,
    AuditStage,
    AuditThemesSet,
    FieldworkStarted,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingKind,
    FindingLeftWithoutRecommendation,
    FindingWithdrawn,
    ModerationStarted,
    MonitoringStarted,
)
from events.catalogue import Event
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import Case, Scenario, untested
from tests.workflow.test_audit_clocks import CASES as CLOCK_CASES
from workflow.audit import DECIDER
from workflow.audit_commands import (
    ApproveAudit,
    CancelAudit,
    CloseAudit,
    HandOverAudit,
    PauseAudit,
    PlanAudit,
    ResumeAudit,
    RetitleAudit,
    ScopeAudit,
    SetAuditThemes,
    StartAnalysis,
    StartFieldwork,
    StartModeration,
    StartMonitoring,
)
from workflow.circumstances import RecommendationFacts
from workflow.recommendation_state import ENDED, RecommendationStatus
from workflow.refusals import Ended, Incomplete, NotFound, NotNow
from workflow.target_dates import read_target_date

AU = "audit-3"
PLANNED = AuditPlanned(kind=AuditKind.AUDIT, title="Neglect", themes=("neglect",))
SCOPED = AuditScoped(
    terms_of_reference="How neglect is seen", key_lines_of_enquiry="Who noticed first?"
)
LACKING = FindingDrafted(
    finding=1, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Chronologies are thin."
)
STRENGTH = FindingDrafted(finding=2, kind=FindingKind.STRENGTH, text="Children are listened to.")
STEPS: tuple[Event, ...] = (
    PLANNED,
    SCOPED,
    FieldworkStarted(),
    AnalysisStarted(),
    ModerationStarted(),
    AuditApproved(),
    MonitoringStarted(),
)
KNOWN = FakeKnown(
    standings={"subgroup-1": "current", "subgroup-2": "ended", "agency-1": "current"},
    roles=(role("role-1"), role("role-2")),
)


def audit(
    stage: AuditStage, *, known: FakeKnown = KNOWN, findings: tuple[Event, ...] = ()
) -> Scenario:
    """Return an audit that has come to a stage, its findings drafted in fieldwork."""
    steps = 1 + [*AuditStage].index(stage)
    fieldwork = min(steps, 3)
    story = Scenario(DECIDER, AU, known)
    return story.given(*STEPS[:fieldwork], *findings, *STEPS[fieldwork:steps])


def followed_by(status: str, *, impact_review_set: bool = False) -> FakeKnown:
    """Return what is known when one recommendation, for finding 1, came from the audit."""
    facts = RecommendationFacts("recommendation-7", status, (f"{AU}/finding-1",), impact_review_set)
    return FakeKnown(recommendations={AU: (facts,)})


def scope(text: str = "How neglect is seen", agency: str | None = None) -> ScopeAudit:
    agencies = () if agency is None else (agency, agency)
    return ScopeAudit(
        audit=AU,
        terms_of_reference=text,
        key_lines_of_enquiry="Who noticed first?",
        agencies=agencies,
    )


NEW = Scenario(DECIDER, AU, KNOWN)
PAUSED = audit(AuditStage.ANALYSIS).given(AuditPaused(reason="Inspection"))
MONITORED = audit(AuditStage.MONITORING)
CLOSED = MONITORED.given(AuditClosed(no_re_audit_reason="Small"))
AGREED = (LACKING, FindingAgreed(finding=1))

CASES = [
    Case(
        "an audit is planned, and a theme named twice counts once",
        NEW,
        PlanAudit(
            kind=AuditKind.RAPID_REVIEW,
            title="Neglect",
            themes=("neglect", "neglect"),
            subgroup="subgroup-1",
            lead_role="role-1",
            fieldwork_by="March 2025",
        ),
        then=(
            AuditPlanned(
                kind=AuditKind.RAPID_REVIEW,
                title="Neglect",
                themes=("neglect",),
                subgroup="subgroup-1",
                lead_role="role-1",
                fieldwork_by=read_target_date("March 2025"),
            ),
        ),
    ),
    Case(
        "an audit is not planned for a subgroup that was dissolved",
        NEW,
        PlanAudit(kind=AuditKind.AUDIT, title="Neglect", subgroup="subgroup-2"),
        refused=Ended,
    ),
    Case(
        "an audit is not planned with a date that nobody can read",
        NEW,
        PlanAudit(kind=AuditKind.AUDIT, title="Neglect", fieldwork_by="ASAP"),
        refused=Incomplete,
        match="ASAP",
    ),
    Case(
        "an audit that was never planned is not found",
        NEW,
        RetitleAudit(audit=AU, title="Neglect"),
        refused=NotFound,
        match="AU3",
    ),
    Case(
        "an audit gets another title",
        audit(AuditStage.PLANNED),
        RetitleAudit(audit=AU, title="Neglect in early years"),
        then=(AuditRetitled(title="Neglect in early years"),),
    ),
    Case(
        "the same title changes nothing",
        audit(AuditStage.PLANNED),
        RetitleAudit(audit=AU, title="Neglect"),
    ),
    Case(
        "a closed audit keeps its title",
        CLOSED,
        RetitleAudit(audit=AU, title="Other"),
        refused=NotNow,
        match="AU3 is closed",
    ),
    Case(
        "themes are settled anew",
        audit(AuditStage.SCOPED),
        SetAuditThemes(audit=AU, themes=("early years", "neglect")),
        then=(AuditThemesSet(themes=("early years", "neglect")),),
    ),
    Case(
        "the same themes change nothing",
        audit(AuditStage.SCOPED),
        SetAuditThemes(audit=AU, themes=("neglect",)),
    ),
    Case(
        "a closed audit keeps its themes",
        CLOSED,
        SetAuditThemes(audit=AU, themes=()),
        refused=NotNow,
    ),
    Case(
        "another role takes an audit over",
        audit(AuditStage.PLANNED),
        HandOverAudit(audit=AU, lead_role="role-2", reason="Moved on"),
        then=(AuditHandedOver(lead_role="role-2", reason="Moved on"),),
    ),
    Case(
        "another subgroup takes an audit over",
        audit(AuditStage.PLANNED),
        HandOverAudit(audit=AU, subgroup="subgroup-1"),
        then=(AuditHandedOver(subgroup="subgroup-1"),),
    ),
    Case(
        "handing over to who has it changes nothing",
        audit(AuditStage.PLANNED).given(
            AuditHandedOver(subgroup="subgroup-1"), AuditHandedOver(lead_role="role-2")
        ),
        HandOverAudit(audit=AU, lead_role="role-2", subgroup="subgroup-1"),
    ),
    Case(
        "an audit is handed over to somebody",
        audit(AuditStage.PLANNED),
        HandOverAudit(audit=AU),
        refused=Incomplete,
        match="to whom",
    ),
    Case(
        "scope is agreed, and an agency named twice takes part once",
        audit(AuditStage.PLANNED),
        scope(agency="agency-1"),
        then=(SCOPED.model_copy(update={"agencies": ("agency-1",)}),),
    ),
    Case(
        "scope can be agreed anew before fieldwork",
        audit(AuditStage.SCOPED),
        scope("Whether neglect is seen"),
        then=(SCOPED.model_copy(update={"terms_of_reference": "Whether neglect is seen"}),),
    ),
    Case("the same scope changes nothing", audit(AuditStage.SCOPED), scope()),
    Case(
        "scope is settled once fieldwork started",
        audit(AuditStage.FIELDWORK),
        scope("Whether neglect is seen"),
        refused=NotNow,
        match="fieldwork",
    ),
    Case(
        "an unknown agency cannot take part",
        audit(AuditStage.PLANNED),
        scope(agency="agency-9"),
        refused=NotFound,
        match="AG9",
    ),
    Case(
        "fieldwork starts after scoping",
        audit(AuditStage.SCOPED),
        StartFieldwork(audit=AU),
        then=(FieldworkStarted(),),
    ),
    Case(
        "fieldwork does not start without a scope",
        audit(AuditStage.PLANNED),
        StartFieldwork(audit=AU),
        refused=NotNow,
        match="Record its scope first",
    ),
    Case(
        "analysis follows fieldwork",
        audit(AuditStage.FIELDWORK),
        StartAnalysis(audit=AU),
        then=(AnalysisStarted(),),
    ),
    Case(
        "a paused audit has to be resumed before it goes on",
        PAUSED,
        StartModeration(audit=AU),
        refused=NotNow,
        match="Resume it first",
    ),
    Case(
        "analysis does not start twice",
        audit(AuditStage.ANALYSIS),
        StartAnalysis(audit=AU),
        refused=NotNow,
    ),
    Case(
        "moderation follows analysis",
        audit(AuditStage.ANALYSIS),
        StartModeration(audit=AU),
        then=(ModerationStarted(),),
    ),
    Case(
        "a report without findings is approved",
        audit(AuditStage.MODERATION),
        ApproveAudit(audit=AU, note="Well done"),
        then=(AuditApproved(note="Well done"),),
    ),
    Case(
        "a report is approved once its findings are agreed or withdrawn",
        audit(
            AuditStage.MODERATION,
            findings=(*AGREED, STRENGTH, FindingWithdrawn(finding=2, reason="Too few cases")),
        ),
        ApproveAudit(audit=AU),
        then=(AuditApproved(),),
    ),
    Case(
        "a report with a draft finding is not approved",
        audit(AuditStage.MODERATION, findings=(LACKING,)),
        ApproveAudit(audit=AU),
        refused=NotNow,
        match="AU3/F1 is draft",
    ),
    Case(
        "a report with a disputed finding is not approved",
        audit(
            AuditStage.MODERATION,
            findings=(*AGREED, STRENGTH, FindingDisputed(finding=2, reason="Not in our records")),
        ),
        ApproveAudit(audit=AU),
        refused=NotNow,
        match="AU3/F2 is disputed",
    ),
    Case(
        "a report is not approved before moderation",
        audit(AuditStage.ANALYSIS),
        ApproveAudit(audit=AU),
        refused=NotNow,
    ),
    Case(
        "monitoring starts without findings",
        audit(AuditStage.APPROVED),
        StartMonitoring(audit=AU),
        then=(MonitoringStarted(),),
    ),
    Case(
        "monitoring starts when every area for development has a recommendation",
        audit(
            AuditStage.APPROVED,
            known=followed_by("proposed"),
            findings=(*AGREED, STRENGTH, FindingAgreed(finding=2)),
        ),
        StartMonitoring(audit=AU),
        then=(MonitoringStarted(),),
    ),
    Case(
        "monitoring starts when there is a reason for having no recommendation",
        audit(
            AuditStage.APPROVED,
            findings=(
                *AGREED,
                FindingLeftWithoutRecommendation(finding=1, reason="Mended meanwhile"),
            ),
        ),
        StartMonitoring(audit=AU),
        then=(MonitoringStarted(),),
    ),
    Case(
        "monitoring waits for a recommendation or a reason",
        audit(AuditStage.APPROVED, findings=AGREED),
        StartMonitoring(audit=AU),
        refused=NotNow,
        match="AU3/F1 .* without a recommendation",
    ),
    Case(
        "an audit is paused",
        audit(AuditStage.ANALYSIS),
        PauseAudit(audit=AU, reason="Inspection"),
        then=(AuditPaused(reason="Inspection"),),
    ),
    Case(
        "an audit is not paused twice",
        PAUSED,
        PauseAudit(audit=AU, reason="Inspection"),
        refused=NotNow,
    ),
    Case("a paused audit resumes", PAUSED, ResumeAudit(audit=AU), then=(AuditResumed(),)),
    Case(
        "an audit that goes on cannot be resumed",
        audit(AuditStage.ANALYSIS),
        ResumeAudit(audit=AU),
        refused=NotNow,
    ),
    Case(
        "an audit is cancelled",
        audit(AuditStage.FIELDWORK),
        CancelAudit(audit=AU, reason="Overtaken"),
        then=(AuditCancelled(reason="Overtaken"),),
    ),
    Case(
        "a paused audit is cancelled",
        PAUSED,
        CancelAudit(audit=AU, reason="Overtaken"),
        then=(AuditCancelled(reason="Overtaken"),),
    ),
    Case(
        "an audit that was reported on cannot be cancelled",
        MONITORED,
        CancelAudit(audit=AU, reason="Overtaken"),
        refused=NotNow,
    ),
    Case(
        "nor can it be paused and then cancelled",
        MONITORED.given(AuditPaused(reason="Inspection")),
        CancelAudit(audit=AU, reason="Overtaken"),
        refused=NotNow,
        match="after its report was approved",
    ),
    Case(
        "an audit with a recommendation that goes on cannot be cancelled",
        audit(AuditStage.ANALYSIS, known=followed_by("proposed")),
        CancelAudit(audit=AU, reason="Overtaken"),
        refused=NotNow,
        match="R7",
    ),
    Case(
        "an audit without recommendations closes with a date for a re-audit",
        MONITORED,
        CloseAudit(audit=AU, re_audit="March 2026"),
        then=(AuditClosed(re_audit=read_target_date("March 2026")),),
    ),
    Case(
        "an audit closes with a date for looking at its impact",
        MONITORED,
        CloseAudit(audit=AU, impact_review="March 2026"),
        then=(AuditClosed(impact_review=read_target_date("March 2026")),),
    ),
    Case(
        "an audit closes with the reason why no re-audit is needed",
        MONITORED,
        CloseAudit(audit=AU, no_re_audit_reason="The service was wound up"),
        then=(AuditClosed(no_re_audit_reason="The service was wound up"),),
    ),
    Case(
        "an audit closes if the impact of a recommendation was dated",
        audit(AuditStage.MONITORING, known=followed_by("impact_shown", impact_review_set=True)),
        CloseAudit(audit=AU),
        then=(AuditClosed(),),
    ),
    Case(
        "an audit does not close without another look or a reason",
        audit(AuditStage.MONITORING, known=followed_by("superseded")),
        CloseAudit(audit=AU),
        refused=Incomplete,
        match="audited again",
    ),
    Case(
        "an audit does not close with a date and a reason against it",
        MONITORED,
        CloseAudit(audit=AU, re_audit="March 2026", no_re_audit_reason="Small"),
        refused=Incomplete,
        match="not both",
    ),
    Case(
        "an audit does not close with a day for a re-audit that has passed",
        MONITORED,
        CloseAudit(audit=AU, re_audit="March 2024"),
        refused=Incomplete,
        match="31 March 2024, which has passed",
    ),
    Case(
        "a close that is recorded later may name a day that has passed since",
        MONITORED,
        CloseAudit(audit=AU, re_audit="March 2024", effective_on=dt.date(2023, 3, 1)),
        then=(AuditClosed(re_audit=read_target_date("March 2024")),),
    ),
    Case(
        "an audit does not close without a day, only ongoing",
        MONITORED,
        CloseAudit(audit=AU, impact_review="ongoing"),
        refused=Incomplete,
        match="names no day",
    ),
    Case(
        "an audit does not close before monitoring",
        audit(AuditStage.APPROVED),
        CloseAudit(audit=AU, re_audit="March 2026"),
        refused=NotNow,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_audits(case: Case) -> None:
    case.check()


def test_every_audit_command_is_accepted_in_one_case_and_refused_in_another() -> None:
    assert untested([*CASES, *CLOCK_CASES], "audit") == set()


def test_a_table_that_forgets_a_command_is_found_out() -> None:
    every = [*CASES, *CLOCK_CASES]
    forgetful = [case for case in every if not isinstance(case.when, PauseAudit)]
    assert untested(forgetful, "audit") == {"PauseAudit accepted", "PauseAudit refused"}


@pytest.mark.parametrize("status", sorted(frozenset(RecommendationStatus) - ENDED))
def test_an_audit_stays_open_while_a_recommendation_goes_on(status: str) -> None:
    story = audit(AuditStage.MONITORING, known=followed_by(status, impact_review_set=True))
    refusal = story.when(CloseAudit(audit=AU, re_audit="March 2026")).refused(NotNow)
    assert "R7" in str(refusal)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_audit_closes_however_its_recommendations_ended(status: str) -> None:
    story = audit(AuditStage.MONITORING, known=followed_by(status))
    story.when(CloseAudit(audit=AU, no_re_audit_reason="Small")).then(
        AuditClosed(no_re_audit_reason="Small")
    )


@pytest.mark.parametrize(
    "stage", [stage for stage in AuditStage if [*AuditStage].index(stage) < len(STEPS)]
)
def test_a_paused_audit_resumes_to_the_stage_where_it_stopped(stage: AuditStage) -> None:
    story = audit(stage).when(PauseAudit(audit=AU, reason="Inspection"))
    resumed = story.then(AuditPaused(reason="Inspection")).when(ResumeAudit(audit=AU))
    assert resumed.then(AuditResumed()).state.stage is stage


@pytest.mark.parametrize("last", [AuditClosed(), AuditCancelled(reason="Overtaken")])
def test_what_is_over_is_not_paused(last: Event) -> None:
    story = audit(AuditStage.MONITORING).given(last)
    story.when(PauseAudit(audit=AU, reason="Inspection")).refused(NotNow)


def test_a_theme_is_a_keyword_in_lower_case() -> None:
    with pytest.raises(ValidationError):
        SetAuditThemes(audit=AU, themes=("Neglect",))


def test_a_command_about_an_audit_names_its_stream() -> None:
    assert CancelAudit(audit=AU, reason="Overtaken").subject == AU
    assert PlanAudit(kind=AuditKind.AUDIT, title="Neglect").subject is None
