from __future__ import annotations

import datetime as dt
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from events.catalogue import Event
from tests.workflow.action_stories import COLLEAGUE, NOT_STARTED, REF
from tests.workflow.scenario import LEAD, OTHER, untested
from tests.workflow.test_action_dates import CASES as DATES
from tests.workflow.test_action_wording import CASES as WORDING
from tests.workflow.test_action_work import CASES as WORK
from workflow.action_state import ENDED, ActionState, ActionStatus
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
from workflow.command import Command
from workflow.refusals import NotAllowed, NotNow, Refusal

WORK_COMMANDS: Final[list[Command]] = [
    StartAction(action=REF),
    NoteActionProgress(action=REF, note="Going on."),
    SubmitAction(action=REF, what_we_did="It.", evidence="Here."),
    CompleteAction(action=REF),
    ReturnAction(action=REF, reason="Half."),
    BlockAction(action=REF, reason="Stuck."),
    UnblockAction(action=REF),
    PutActionOnHold(action=REF, reason="Rest.", review_on=dt.date(2025, 4, 2)),
    ResumeAction(action=REF),
    CancelAction(action=REF, reason="No."),
    ReopenAction(action=REF, reason="Yes."),
]
STEPS: Final = st.lists(
    st.tuples(st.sampled_from(WORK_COMMANDS), st.sampled_from([LEAD, COLLEAGUE, OTHER])),
    max_size=25,
)


def test_every_command_about_actions_is_accepted_once_and_refused_once() -> None:
    assert untested([*WORDING, *WORK, *DATES], "action", "extension") == set()


@given(STEPS)
def test_whatever_is_asked_an_action_is_never_confirmed_by_who_leads_it(
    steps: list[tuple[Command, str]],
) -> None:
    story, history = NOT_STARTED, list[tuple[str, Event]]()
    for command, actor in steps:
        try:
            events = story.when(command, by=actor).decide()
        except Refusal as refusal:
            assert isinstance(refusal, NotNow | NotAllowed)  # noqa: PT017 - the kind is the law
            continue
        before: ActionState = story.state
        story = story.given(*events, by=actor)
        history += [(actor, event) for event in events]
        _require_sound(before, story.state, command)
    confirmers = {actor for actor, event in history if event.type_name == "action.completed"}
    assert confirmers <= {OTHER}


def _require_sound(before: ActionState, after: ActionState, command: Command) -> None:
    resting = after.status in {ActionStatus.BLOCKED, ActionStatus.ON_HOLD}
    assert bool(after.interrupted) is resting
    assert (after.review_on is not None) is (after.status is ActionStatus.ON_HOLD)
    if before.status in ENDED:
        assert isinstance(command, ReopenAction)
    if after.status is ActionStatus.COMPLETE:
        assert before.status is ActionStatus.SUBMITTED
