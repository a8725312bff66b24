from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.action import (
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.recommendation import Colour
from tests.workflow.action_stories import (
    COLLEAGUE,
    COMPLETE,
    EXECUTIVE,
    GIVEN_UP,
    IN_PROGRESS,
    JUNE,
    MARCH,
    NONE,
    NOT_STARTED,
    REF,
)
from tests.workflow.scenario import LEAD, OTHER, Case, Scenario
from workflow.action_commands import (
    CorrectActionTargetDate,
    EndActionBragOverride,
    MoveActionTargetDate,
    OverrideActionBrag,
)
from workflow.extension_commands import (
    ApproveExtension,
    DeclineExtension,
    RequestExtension,
    WithdrawExtension,
)
from workflow.refusals import Incomplete, NotAllowed, NotFound, NotNow
from workflow.target_dates import read_target_date

ASKED: Final = ActionExtensionRequested(
    extension=1, target=JUNE, reason="Staff left.", progress="A draft stands."
)
WAITING: Final = IN_PROGRESS.given(ASKED)
MOVED: Final = NOT_STARTED.given(TargetDateMoved(target=JUNE, reason="Agreed."))
AMBER: Final = ActionBragOverridden(
    colour=Colour.AMBER, reason="Funding is near.", expires_on=dt.date(2025, 2, 1)
)
OVERRULED: Final = IN_PROGRESS.given(AMBER)


def extended(times: int) -> Scenario:
    """Return an action that was given more time, and waits for an answer once more."""
    story = IN_PROGRESS
    for number in range(1, times + 1):
        target = read_target_date(f"30.{3 + number}.2025")
        story = story.given(
            ASKED.model_copy(update={"extension": number, "target": target}),
            ActionExtensionApproved(extension=number),
            TargetDateMoved(target=target, extension=number),
        )
    last = read_target_date("30.11.2025")
    return story.given(ASKED.model_copy(update={"extension": times + 1, "target": last}))


DATES: Final = [
    Case(
        "the target date is moved for a reason",
        NOT_STARTED,
        MoveActionTargetDate(action=REF, target="June 2025", reason="Agreed."),
        then=(TargetDateMoved(target=JUNE, reason="Agreed."),),
    ),
    Case(
        "who leads it takes over a date that a published plan prints",
        NOT_STARTED,
        MoveActionTargetDate(
            action=REF, target="June 2025", reason="Agreed", published_in="Plan 2025"
        ),
        then=(TargetDateMoved(target=JUNE, reason="Agreed, as printed in Plan 2025"),),
        by=LEAD,
    ),
    Case(
        "the date that stands does not move",
        MOVED,
        MoveActionTargetDate(action=REF, target="June 2025", reason="Agreed."),
    ),
    Case(
        "a date that is not clear is asked about",
        NOT_STARTED,
        MoveActionTargetDate(action=REF, target="soon", reason="Agreed."),
        refused=Incomplete,
        match="is not clear",
    ),
    Case(
        "whoever leads it asks for more time instead of moving the date",
        NOT_STARTED,
        MoveActionTargetDate(action=REF, target="June 2025", reason="Agreed."),
        refused=NotAllowed,
        match="PE3, who holds or covers a role that leads it, may not move the target date of A1",
        by=COLLEAGUE,
    ),
    Case(
        "the target date of a closed action is not moved",
        COMPLETE,
        MoveActionTargetDate(action=REF, target="June 2025", reason="Agreed."),
        refused=NotNow,
        match="complete",
    ),
    Case(
        "a target date that was recorded wrongly is corrected",
        NOT_STARTED,
        CorrectActionTargetDate(action=REF, target="June 2025", reason="Misread."),
        then=(TargetDateCorrected(target=JUNE, reason="Misread."),),
    ),
    Case(
        "the date that stands needs no correction",
        NOT_STARTED.given(TargetDateCorrected(target=JUNE, reason="Misread.")),
        CorrectActionTargetDate(action=REF, target="June 2025", reason="Misread."),
    ),
    Case(
        "the target date of what was given up is not corrected",
        GIVEN_UP,
        CorrectActionTargetDate(action=REF, target="June 2025", reason="Misread."),
        refused=NotNow,
    ),
]

EXTENSIONS: Final = [
    Case(
        "more time is asked for",
        IN_PROGRESS,
        RequestExtension(
            item=REF, target="June 2025", reason="Staff left.", progress="A draft stands."
        ),
        then=(ASKED,),
        by=LEAD,
    ),
    Case(
        "nobody asks for less time",
        IN_PROGRESS,
        RequestExtension(item=REF, target="February 2025", reason="Done.", progress="Done."),
        refused=Incomplete,
        match="not later",
    ),
    Case(
        "no time is asked for what ended",
        COMPLETE,
        RequestExtension(item=REF, target="June 2025", reason="Late.", progress="Done."),
        refused=NotNow,
    ),
    Case(
        "more time is given, and the date moves",
        WAITING,
        ApproveExtension(item=REF, note="The last one."),
        then=(
            ActionExtensionApproved(extension=1, note="The last one."),
            TargetDateMoved(target=JUNE, extension=1),
        ),
    ),
    Case(
        "who asked does not approve",
        WAITING,
        ApproveExtension(item=REF),
        refused=NotAllowed,
        match="who asked",
        by=LEAD,
    ),
    Case(
        "nor does anybody who leads it, whoever asked",
        WAITING,
        ApproveExtension(item=REF),
        refused=NotAllowed,
        match="who holds or covers a role that leads it, may not approve an extension of A1",
        by=COLLEAGUE,
    ),
    Case(
        "what ended is given no more time",
        WAITING.given(ActionExtensionWithdrawn(extension=1)),
        ApproveExtension(item=REF),
        refused=NotNow,
    ),
    Case(
        "the second extension needs no executive",
        extended(1),
        ApproveExtension(item=REF),
        then=(
            ActionExtensionApproved(extension=2),
            TargetDateMoved(target=read_target_date("30.11.2025"), extension=2),
        ),
    ),
    Case(
        "the third extension goes to the executive",
        extended(2),
        ApproveExtension(item=REF),
        refused=NotAllowed,
        match="the executive",
    ),
    Case(
        "the executive gives the third extension",
        extended(2),
        ApproveExtension(item=REF),
        then=(
            ActionExtensionApproved(extension=3),
            TargetDateMoved(target=read_target_date("30.11.2025"), extension=3),
        ),
        by=EXECUTIVE,
    ),
    Case(
        "more time is declined",
        WAITING,
        DeclineExtension(item=REF, reason="It is urgent."),
        then=(ActionExtensionDeclined(extension=1, reason="It is urgent."),),
    ),
    Case(
        "what was declined is not declined again",
        WAITING.given(ActionExtensionDeclined(extension=1, reason="It is urgent.")),
        DeclineExtension(item=REF, reason="It is urgent."),
        refused=NotNow,
    ),
    Case(
        "a request is taken back",
        WAITING,
        WithdrawExtension(item=REF),
        then=(ActionExtensionWithdrawn(extension=1),),
        by=LEAD,
    ),
    Case(
        "a request of another is not taken back",
        WAITING,
        WithdrawExtension(item=REF),
        refused=NotAllowed,
        by=OTHER,
    ),
]

COLOURS: Final = [
    Case(
        "the computed colour is overruled for a time",
        IN_PROGRESS,
        OverrideActionBrag(
            action=REF,
            colour=Colour.AMBER,
            reason="Funding is near.",
            expires_on=dt.date(2025, 2, 1),
        ),
        then=(AMBER,),
    ),
    Case(
        "the same overruling again changes nothing",
        OVERRULED,
        OverrideActionBrag(
            action=REF, colour=Colour.AMBER, reason="Still.", expires_on=dt.date(2025, 2, 1)
        ),
    ),
    Case(
        "an overruling that ends today is refused",
        IN_PROGRESS,
        OverrideActionBrag(
            action=REF, colour=Colour.AMBER, reason="Near.", expires_on=dt.date(2025, 1, 15)
        ),
        refused=Incomplete,
        match="a day after today",
    ),
    Case(
        "an overruling of more than 60 working days is refused",
        IN_PROGRESS,
        OverrideActionBrag(
            action=REF, colour=Colour.AMBER, reason="Near.", expires_on=dt.date(2025, 4, 10)
        ),
        refused=Incomplete,
        match="at most 60 working days, that is up to 9 April 2025",
    ),
    Case(
        "whoever leads it does not overrule its colour",
        IN_PROGRESS,
        OverrideActionBrag(
            action=REF, colour=Colour.GREEN, reason="Near.", expires_on=dt.date(2025, 2, 1)
        ),
        refused=NotAllowed,
        match="may not overrule the colour of A1",
        by=LEAD,
    ),
    Case(
        "the colour of what ended is not overruled",
        COMPLETE,
        OverrideActionBrag(
            action=REF, colour=Colour.AMBER, reason="Near.", expires_on=dt.date(2025, 2, 1)
        ),
        refused=NotNow,
    ),
    Case(
        "the computed colour counts again",
        OVERRULED,
        EndActionBragOverride(action=REF),
        then=(ActionBragOverrideEnded(),),
    ),
    Case(
        "an overruling that ended is not ended again",
        OVERRULED.given(ActionBragOverrideEnded()),
        EndActionBragOverride(action=REF),
        refused=NotNow,
    ),
    Case(
        "the colour of what is not there is not settled",
        NONE,
        EndActionBragOverride(action=REF),
        refused=NotFound,
    ),
]

CASES: Final = DATES + EXTENSIONS + COLOURS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_action_decides_by_when_it_is_due(case: Case) -> None:
    case.check()


def test_a_request_does_not_stop_the_clock() -> None:
    assert WAITING.state.target == MARCH


def test_the_original_date_stays_when_the_date_moves() -> None:
    assert MOVED.state.dates.original == MARCH
    assert MOVED.state.target == JUNE


def test_a_correction_mends_the_original_date_too() -> None:
    corrected = NOT_STARTED.given(TargetDateCorrected(target=JUNE, reason="Misread."))
    assert corrected.state.dates.original == JUNE
