from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.action import ActionProgressNoted
from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImpactShown,
    RecommendationReopened,
    RecommendationStarted,
    RecommendationVerified,
)
from tests.workflow.action_stories import (
    COMPLETED,
    CREATED,
    NONE,
    REF,
    RETURNED,
    STARTED,
    SUBMITTED,
)
from tests.workflow.recommendation_stories import (
    IMPACT_DATE,
    IMPLEMENTED,
    NEW,
    PROPOSED,
    VERIFIED,
    R,
)
from tests.workflow.scenario import TODAY, Case
from workflow.action_work_commands import (
    CancelAction,
    CompleteAction,
    NoteActionProgress,
    ReopenAction,
    ReturnAction,
    StartAction,
    SubmitAction,
)
from workflow.recommendation_commands import (
    RefuseVerification,
    ReopenRecommendation,
    ReportRecommendationImplemented,
    StartRecommendation,
    VerifyRecommendation,
)
from workflow.recommendation_later_commands import RecordNoImpact, ShowImpact
from workflow.refusals import Incomplete

JUNE: Final = dt.date(2024, 6, 3)
JULY: Final = dt.date(2024, 7, 1)
AUGUST: Final = dt.date(2024, 8, 1)

ADOPTED: Final = NONE.given(CREATED)
BEGUN: Final = ADOPTED.given(STARTED, on=JULY)
CLAIMED: Final = BEGUN.given(SUBMITTED, on=JULY)
GIVEN_BACK: Final = CLAIMED.given(RETURNED, on=JULY)
COMPLETE: Final = CLAIMED.given(COMPLETED, on=JULY)

SUBMIT: Final = {"action": REF, "what_we_did": "Published.", "evidence": "On the website."}
NOTE: Final = NoteActionProgress(action=REF, note="A draft.", effective_on=JUNE)

ACTIONS: Final = [
    Case(
        "nothing is confirmed before it was reported done",
        CLAIMED,
        CompleteAction(action=REF, effective_on=JUNE),
        refused=Incomplete,
        match="A1 was reported done on 1 July 2024, so it cannot have been confirmed as done"
        " before that, on 3 June 2024. Check the day: give one from 1 July 2024 on",
    ),
    Case(
        "it can be confirmed on the very day",
        CLAIMED,
        CompleteAction(action=REF, effective_on=JULY),
        then=(COMPLETED,),
    ),
    Case(
        "nothing is returned before it was reported done",
        CLAIMED,
        ReturnAction(action=REF, reason="Half of it.", effective_on=JUNE),
        refused=Incomplete,
        match="cannot have been returned before that",
    ),
    Case(
        "nothing is cancelled before it was reported done",
        CLAIMED,
        CancelAction(action=REF, reason="Too late.", effective_on=JUNE),
        refused=Incomplete,
        match="cannot have been cancelled before that",
    ),
    Case(
        "what was returned is not begun again before that",
        GIVEN_BACK,
        StartAction(action=REF, effective_on=JUNE),
        refused=Incomplete,
        match="A1 was returned on 1 July 2024, so it cannot have been started",
    ),
    Case(
        "what was returned is not reported done again before that",
        GIVEN_BACK,
        SubmitAction(**SUBMIT, effective_on=JUNE),
        refused=Incomplete,
        match="A1 was returned on 1 July 2024",
    ),
    Case(
        "nothing is reopened before it was confirmed",
        COMPLETE,
        ReopenAction(action=REF, reason="It came undone.", effective_on=JUNE),
        refused=Incomplete,
        match="A1 was confirmed as done on 1 July 2024",
    ),
    Case(
        "a plan that was adopted late takes what was done before",
        ADOPTED,
        SubmitAction(**SUBMIT, effective_on=JUNE),
        then=(STARTED, SUBMITTED),
    ),
    Case(
        "what was done earlier had begun by then",
        BEGUN,
        SubmitAction(**SUBMIT, effective_on=JUNE),
        then=(STARTED, SUBMITTED),
    ),
    Case(
        "what was done later needs no other beginning",
        BEGUN,
        SubmitAction(**SUBMIT, effective_on=AUGUST),
        then=(SUBMITTED,),
    ),
    Case(
        "work turns out to have begun earlier",
        BEGUN,
        StartAction(action=REF, effective_on=JUNE),
        then=(STARTED,),
    ),
    Case(
        "work that began by then is under way already",
        BEGUN,
        StartAction(action=REF, effective_on=AUGUST),
    ),
    Case(
        "a late note of a day before the return begins nothing again",
        GIVEN_BACK,
        NOTE,
        then=(ActionProgressNoted(note="A draft."),),
    ),
    Case(
        "a late note of a day before anything else begins the work",
        ADOPTED,
        NOTE,
        then=(STARTED, ActionProgressNoted(note="A draft.")),
    ),
]

TAKEN_ON: Final = NEW.given(PROPOSED, RecommendationAccepted())
AT_WORK: Final = TAKEN_ON.given(RecommendationStarted(), on=JULY)
REPORTED: Final = AT_WORK.given(IMPLEMENTED, on=JULY)
VERIFIED_IN_JULY: Final = REPORTED.given(VERIFIED, on=JULY)
# By when impact is to be shown is often settled long after the work was verified.
DUE: Final = VERIFIED_IN_JULY.given(RecommendationImpactDue(target=IMPACT_DATE), on=TODAY)
REPORT: Final = {"recommendation": R, "what_we_did": "We share them.", "evidence": "A dip sample"}
SHOWN: Final = {"recommendation": R, "difference_made": "Fewer repeats", "evidence": "A re-audit"}

RECOMMENDATIONS: Final = [
    Case(
        "nothing is verified before it was reported",
        REPORTED,
        VerifyRecommendation(recommendation=R, effective_on=JUNE),
        refused=Incomplete,
        match="R7 was reported as done on 1 July 2024, so it cannot have been verified",
    ),
    Case(
        "it can be verified on the very day",
        REPORTED,
        VerifyRecommendation(recommendation=R, effective_on=JULY),
        then=(RecommendationVerified(verified_by="person-2"),),
    ),
    Case(
        "nothing is sent back before it was reported",
        REPORTED,
        RefuseVerification(recommendation=R, reason="No.", effective_on=JUNE),
        refused=Incomplete,
        match="cannot have been sent back to work before that",
    ),
    Case(
        "nothing is reopened before it was verified",
        VERIFIED_IN_JULY,
        ReopenRecommendation(recommendation=R, reason="It slipped.", effective_on=JUNE),
        refused=Incomplete,
        match="R7 was verified on 1 July 2024",
    ),
    Case(
        "what was reopened is not reported before that",
        VERIFIED_IN_JULY.given(RecommendationReopened(reason="It slipped."), on=JULY),
        ReportRecommendationImplemented(**REPORT, effective_on=JUNE),
        refused=Incomplete,
        match="R7 was reopened on 1 July 2024",
    ),
    Case(
        "what was reopened is not begun before that",
        VERIFIED_IN_JULY.given(RecommendationReopened(reason="It slipped."), on=JULY),
        StartRecommendation(recommendation=R, effective_on=JUNE),
        refused=Incomplete,
        match="cannot have been started before that",
    ),
    Case(
        "no difference shows before the work was verified",
        DUE,
        ShowImpact(**SHOWN, effective_on=JUNE),
        refused=Incomplete,
        match="R7 was verified on 1 July 2024",
    ),
    Case(
        "a difference may have shown before somebody settled by when it should",
        DUE,
        ShowImpact(**SHOWN, effective_on=AUGUST),
        then=(RecommendationImpactShown(difference_made="Fewer repeats", evidence="A re-audit"),),
    ),
    Case(
        "no impact is found missing before the work was verified",
        DUE,
        RecordNoImpact(
            recommendation=R, reason="None.", then=AfterNoImpact.REOPEN, effective_on=JUNE
        ),
        refused=Incomplete,
        match="cannot have been found to show no impact before that",
    ),
    Case(
        "a report that was read in late takes what was done before",
        TAKEN_ON,
        ReportRecommendationImplemented(**REPORT, effective_on=JUNE),
        then=(RecommendationStarted(), IMPLEMENTED),
    ),
    Case(
        "what was done earlier had begun by then, also here",
        AT_WORK,
        ReportRecommendationImplemented(**REPORT, effective_on=JUNE),
        then=(RecommendationStarted(), IMPLEMENTED),
    ),
]


@pytest.mark.parametrize("case", ACTIONS + RECOMMENDATIONS, ids=str)
def test_the_days_of_one_item_stand_in_order(case: Case) -> None:
    case.check()
