from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import pytest

from events.action import (
    ActionBlocked,
    ActionCancelled,
    ActionCompleted,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
    ActionUnblocked,
)
from tests.workflow.action_stories import (
    BLOCKED,
    CANCELLED,
    CLAIMED,
    COLLEAGUE,
    COMPLETE,
    COMPLETED,
    GIVEN_BACK,
    GIVEN_UP,
    IN_PROGRESS,
    JUNE,
    NONE,
    NOT_STARTED,
    ON_HOLD,
    REF,
    RESTING,
    RETURNED,
    STARTED,
    STUCK,
    SUBMITTED,
)
from tests.workflow.scenario import LEAD, OTHER, Case
from workflow.action_state import ActionStatus
from workflow.action_work_commands import (
    BlockAction,
    CancelAction,
    CompleteAction,
    NoteActionProgress,
    PutActionOnHold,
    ReopenAction,
    ResumeAction,
    ReturnAction,
    StartAction,
    SubmitAction,
    UnblockAction,
)
from workflow.circumstances import SYSTEM
from workflow.refusals import Incomplete, NotAllowed, NotFound, NotNow

NOTED: Final = ActionProgressNoted(note="A draft stands.")
NOTE: Final = NoteActionProgress(action=REF, note="A draft stands.")
SUBMIT: Final = SubmitAction(action=REF, what_we_did="Published.", evidence="On the website.")
RETURN: Final = ReturnAction(action=REF, reason="Half of it is missing.")
BLOCK: Final = BlockAction(action=REF, reason="No funding yet.")
CANCEL: Final = CancelAction(action=REF, reason="No longer needed.")
REOPEN: Final = ReopenAction(action=REF, reason="It came undone.")
HOLD: Final = PutActionOnHold(action=REF, reason="Elections.", review_on=dt.date(2025, 4, 2))
ASKED: Final = ActionExtensionRequested(
    extension=1, target=JUNE, reason="Staff left.", progress="A draft stands."
)

WORKING: Final = [
    Case("work begins", NOT_STARTED, StartAction(action=REF), then=(STARTED,)),
    Case("what was returned is begun again", GIVEN_BACK, StartAction(action=REF), then=(STARTED,)),
    Case("what is under way needs no start", IN_PROGRESS, StartAction(action=REF)),
    Case(
        "what is reported done is not started",
        CLAIMED,
        StartAction(action=REF),
        refused=NotNow,
        match="A1 is submitted, so you cannot start it. Confirm it or return it first",
    ),
    Case("what is not there is not started", NONE, StartAction(action=REF), refused=NotFound),
    Case("progress is noted", IN_PROGRESS, NOTE, then=(NOTED,)),
    Case("the first note starts an action", NOT_STARTED, NOTE, then=(ActionStarted(), NOTED)),
    Case("a note begins again what was returned", GIVEN_BACK, NOTE, then=(ActionStarted(), NOTED)),
    Case("progress is noted on what is blocked", STUCK, NOTE, then=(NOTED,)),
    Case("progress is noted on what waits to be confirmed", CLAIMED, NOTE, then=(NOTED,)),
    Case("no progress is noted on what is complete", COMPLETE, NOTE, refused=NotNow),
    Case("an action is reported done", IN_PROGRESS, SUBMIT, then=(SUBMITTED,)),
    Case(
        "what is done before anybody told of its start was started",
        NOT_STARTED,
        SUBMIT,
        then=(ActionStarted(), SUBMITTED),
    ),
    Case("what was returned is reported done again", GIVEN_BACK, SUBMIT, then=(SUBMITTED,)),
    Case(
        "there may be a reason for having no evidence",
        IN_PROGRESS,
        SubmitAction(action=REF, what_we_did="Talked.", no_evidence_reason="It was a talk."),
        then=(ActionSubmitted(what_we_did="Talked.", no_evidence_reason="It was a talk."),),
    ),
    Case(
        "neither evidence nor a reason is refused",
        IN_PROGRESS,
        SubmitAction(action=REF, what_we_did="Published."),
        refused=Incomplete,
        match="why there is no evidence",
    ),
    Case(
        "a file that was handed in speaks for itself",
        replace(
            IN_PROGRESS, known=replace(IN_PROGRESS.known, files={REF: {"ab" * 32: "evidence-1"}})
        ),
        SubmitAction(action=REF, what_we_did="Published."),
        then=(ActionSubmitted(what_we_did="Published."),),
    ),
    Case(
        "evidence and a reason why there is none is refused",
        IN_PROGRESS,
        SubmitAction(action=REF, what_we_did="It.", evidence="Here.", no_evidence_reason="None."),
        refused=Incomplete,
        match="not both",
    ),
    Case(
        "what is blocked is not reported done",
        STUCK,
        SUBMIT,
        refused=NotNow,
        match="Unblock it first",
    ),
]

RESTS: Final = [
    Case("something stands in the way", IN_PROGRESS, BLOCK, then=(BLOCKED,)),
    Case("something stands in the way of a start", NOT_STARTED, BLOCK, then=(BLOCKED,)),
    Case(
        "what is blocked is not blocked again",
        STUCK,
        BLOCK,
        refused=NotNow,
        match="Note progress to say what changed",
    ),
    Case("what is on hold is not blocked", RESTING, BLOCK, refused=NotNow, match="Resume it first"),
    Case(
        "the way is free",
        STUCK,
        UnblockAction(action=REF, note="Funded."),
        then=(ActionUnblocked(note="Funded."),),
    ),
    Case(
        "what is not blocked is not unblocked",
        IN_PROGRESS,
        UnblockAction(action=REF),
        refused=NotNow,
        match="A1 is in progress",
    ),
    Case("an action rests", IN_PROGRESS, HOLD, then=(ON_HOLD,)),
    Case(
        "an action rests until another day",
        RESTING,
        PutActionOnHold(action=REF, reason="Still.", review_on=dt.date(2025, 4, 9)),
        then=(ActionPutOnHold(reason="Still.", review_on=dt.date(2025, 4, 9)),),
    ),
    Case("resting until the same day changes nothing", RESTING, HOLD),
    Case(
        "an action does not rest until today",
        IN_PROGRESS,
        PutActionOnHold(action=REF, reason="Elections.", review_on=dt.date(2025, 4, 10)),
        refused=Incomplete,
        match="at most 60 working days before it is looked at again, that is until 9 April 2025",
    ),
    Case(
        "it rests until a day to come",
        IN_PROGRESS,
        PutActionOnHold(action=REF, reason="Elections.", review_on=dt.date(2025, 1, 15)),
        refused=Incomplete,
        match="15 January 2025 is not",
    ),
    Case("what is reported done does not rest", CLAIMED, HOLD, refused=NotNow),
    Case("an action goes on", RESTING, ResumeAction(action=REF), then=(ActionResumed(),)),
    Case("what does not rest does not go on", STUCK, ResumeAction(action=REF), refused=NotNow),
]

ENDS: Final = [
    Case(
        "somebody else confirms that it is done",
        CLAIMED,
        CompleteAction(action=REF, note="Seen."),
        then=(ActionCompleted(confirmed_by=OTHER, note="Seen."),),
    ),
    Case(
        "the lead does not confirm",
        CLAIMED,
        CompleteAction(action=REF),
        refused=NotAllowed,
        match="PE1",
        by=LEAD,
    ),
    Case(
        "who holds the same role does not confirm",
        CLAIMED,
        CompleteAction(action=REF),
        refused=NotAllowed,
        match="holds or covers a role that leads it",
        by=COLLEAGUE,
    ),
    Case(
        "who reported it done for the lead does not confirm",
        IN_PROGRESS.given(SUBMITTED, by=OTHER),
        CompleteAction(action=REF),
        refused=NotAllowed,
        match="who reported it done",
    ),
    Case(
        "the software does not confirm",
        CLAIMED,
        CompleteAction(action=REF),
        refused=NotAllowed,
        match="software",
        by=SYSTEM,
    ),
    Case(
        "what nobody reported done is not confirmed",
        IN_PROGRESS,
        CompleteAction(action=REF),
        refused=NotNow,
        match="report it done first",
    ),
    Case(
        "a request for more time lapses when the action is complete",
        IN_PROGRESS.given(ASKED, SUBMITTED),
        CompleteAction(action=REF),
        then=(ActionExtensionWithdrawn(extension=1), COMPLETED),
    ),
    Case(
        "somebody else returns it",
        CLAIMED,
        RETURN,
        then=(ActionReturned(returned_by=OTHER, reason="Half of it is missing."),),
    ),
    Case("the lead does not return it", CLAIMED, RETURN, refused=NotAllowed, by=LEAD),
    Case("what was returned is not returned again", GIVEN_BACK, RETURN, refused=NotNow),
    Case("an action is given up", NOT_STARTED, CANCEL, then=(CANCELLED,)),
    Case(
        "a request for more time lapses when the action is given up",
        RESTING.given(ASKED),
        CANCEL,
        then=(ActionExtensionWithdrawn(extension=1), ActionCancelled(reason="No longer needed.")),
    ),
    Case("what was given up is not given up again", GIVEN_UP, CANCEL, refused=NotNow),
    Case(
        "what was complete goes on",
        COMPLETE,
        REOPEN,
        then=(ActionReopened(reason="It came undone."),),
    ),
    Case(
        "what was given up goes on",
        GIVEN_UP,
        REOPEN,
        then=(ActionReopened(reason="It came undone."),),
    ),
    Case(
        "what goes on is not reopened",
        IN_PROGRESS,
        REOPEN,
        refused=NotNow,
        match="It goes on already",
    ),
]

CASES: Final = WORKING + RESTS + ENDS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_action_decides_how_its_work_goes(case: Case) -> None:
    case.check()


def test_an_action_that_was_blocked_and_then_rested_goes_back_the_same_way() -> None:
    rested = NOT_STARTED.given(BLOCKED, ON_HOLD)
    later = rested.when(
        PutActionOnHold(action=REF, reason="Still.", review_on=dt.date(2025, 4, 9))
    ).then(ActionPutOnHold(reason="Still.", review_on=dt.date(2025, 4, 9)))
    resumed = later.when(ResumeAction(action=REF)).then(ActionResumed())
    assert resumed.state.status is ActionStatus.BLOCKED
    unblocked = resumed.when(UnblockAction(action=REF)).then(ActionUnblocked())
    assert unblocked.state.status is ActionStatus.NOT_STARTED
    assert unblocked.state.review_on is None


def test_an_action_that_is_reopened_is_under_way_and_not_blocked() -> None:
    reopened = STUCK.given(CANCELLED).when(REOPEN).then(ActionReopened(reason="It came undone."))
    assert reopened.state.status is ActionStatus.IN_PROGRESS
    reopened.when(UnblockAction(action=REF)).refused(NotNow)


def test_an_action_that_is_returned_waits_for_its_lead() -> None:
    assert CLAIMED.given(RETURNED).state.status is ActionStatus.RETURNED


def test_something_that_stood_in_the_way_twice_is_gone_once() -> None:
    story = STUCK.given(ActionUnblocked()).given(ActionBlocked(reason="Again."))
    freed = story.when(UnblockAction(action=REF)).then(ActionUnblocked())
    assert freed.state.status is ActionStatus.IN_PROGRESS
