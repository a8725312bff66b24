from __future__ import annotations

import pytest

from events.recommendation import (
    AfterNoImpact,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationReopened,
)
from tests.workflow.recommendation_stories import (
    IMPACT_DATE,
    IMPLEMENTED,
    NOT_SHOWN,
    VERIFIED,
    R,
    recommendation,
)
from tests.workflow.scenario import LEAD, Case
from workflow.recommendation_later_commands import RecordNoImpact, SetImpactDate, ShowImpact
from workflow.recommendation_state import RecommendationStatus
from workflow.refusals import Incomplete, NotAllowed, NotNow
from workflow.target_dates import read_target_date

DATE = SetImpactDate(recommendation=R, target="January 2026")
SHOW = ShowImpact(recommendation=R, difference_made="Fewer repeats", evidence="A re-audit")
SHOWN = RecommendationImpactShown(difference_made="Fewer repeats", evidence="A re-audit")
REOPENED = (
    RecommendationImpactNotShown(reason="No change yet", then=AfterNoImpact.REOPEN),
    RecommendationReopened(reason="No change yet"),
)
VERIFIED_ONCE = frozenset({RecommendationStatus.VERIFIED, RecommendationStatus.IMPACT_DUE})
LOOKED_AT = frozenset({RecommendationStatus.IMPACT_DUE, RecommendationStatus.IMPACT_NOT_SHOWN})


def none_shown(then: AfterNoImpact, re_audit: str | None = None) -> RecordNoImpact:
    return RecordNoImpact(recommendation=R, reason="No change yet", then=then, re_audit=re_audit)


CASES = [
    Case(
        "a day is set for showing the impact",
        recommendation("verified"),
        DATE,
        then=(RecommendationImpactDue(target=IMPACT_DATE),),
    ),
    Case(
        "the day for showing the impact changes",
        recommendation("impact_due"),
        SetImpactDate(recommendation=R, target="March 2026"),
        then=(RecommendationImpactDue(target=read_target_date("March 2026")),),
    ),
    Case("the same day changes nothing", recommendation("impact_due"), DATE),
    Case(
        "the same day is set again after the work was done again",
        recommendation("impact_due").given(
            RecommendationReopened(reason="It slipped back"), IMPLEMENTED, VERIFIED
        ),
        DATE,
        then=(RecommendationImpactDue(target=IMPACT_DATE),),
    ),
    Case(
        "the day for showing the impact lies ahead",
        recommendation("verified"),
        SetImpactDate(recommendation=R, target="January 2024"),
        refused=Incomplete,
        match="has passed",
    ),
    Case("the impact is shown", recommendation("impact_due"), SHOW, then=(SHOWN,)),
    Case(
        "whoever leads it does not show its impact",
        recommendation("impact_due"),
        SHOW,
        refused=NotAllowed,
        match="may not show the impact of R7",
        by=LEAD,
    ),
    Case("a re-audit shows the impact", recommendation("impact_not_shown"), SHOW, then=(SHOWN,)),
    Case(
        "the impact is not shown before a day was set for it",
        recommendation("verified"),
        SHOW,
        refused=NotNow,
        match="by when its impact is to be shown",
    ),
    Case(
        "without impact, work goes on",
        recommendation("impact_due"),
        none_shown(AfterNoImpact.REOPEN),
        then=REOPENED,
    ),
    Case(
        "without impact, a re-audit is planned",
        recommendation("impact_due"),
        none_shown(AfterNoImpact.RE_AUDIT, "January 2026"),
        then=(NOT_SHOWN,),
    ),
    Case(
        "a planned re-audit has a date",
        recommendation("impact_due"),
        none_shown(AfterNoImpact.RE_AUDIT),
        refused=Incomplete,
        match="by when it is audited again",
    ),
    Case(
        "a re-audit is not dated in the past",
        recommendation("impact_due"),
        none_shown(AfterNoImpact.RE_AUDIT, "January 2024"),
        refused=Incomplete,
        match="has passed",
    ),
    Case(
        "work that goes on has no date for a re-audit",
        recommendation("impact_due"),
        none_shown(AfterNoImpact.REOPEN, "January 2026"),
        refused=Incomplete,
        match="planned re-audit",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_difference_that_it_made(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("status", RecommendationStatus)
@pytest.mark.parametrize(
    ("command", "allowed"),
    [(DATE, VERIFIED_ONCE), (SHOW, LOOKED_AT), (none_shown(AfterNoImpact.REOPEN), LOOKED_AT)],
    ids=lambda value: type(value).__name__,
)
def test_each_command_is_answered_in_its_statuses_only(
    command: ShowImpact, allowed: frozenset[RecommendationStatus], status: str
) -> None:
    asked = recommendation(status).when(command)
    if status in allowed:
        asked.decide()
    else:
        asked.refused(NotNow)


def test_work_goes_on_after_no_impact_was_shown() -> None:
    story = recommendation("impact_due").when(none_shown(AfterNoImpact.REOPEN)).then(*REOPENED)
    assert story.state.status is RecommendationStatus.IN_PROGRESS
