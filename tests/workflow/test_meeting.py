from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import TODAY, Case, Scenario, untested
from workflow.meeting import DECIDER
from workflow.meeting_commands import CancelMeeting, CorrectMeeting, RecordMeeting
from workflow.refusals import Incomplete, NotFound, NotNow

REF: Final = "meeting-1"
DAY: Final = dt.date(2025, 1, 8)
KNOWN: Final = FakeKnown({"subgroup-1": "ended"}, entries={812: "action-12"})
HELD: Final = MeetingHeld(title="Board, January", held_on=DAY)
NONE: Final = Scenario(DECIDER, REF, KNOWN)
MEETING: Final = NONE.given(HELD)
OVER: Final = MEETING.given(MeetingCancelled(reason="Snow."))

CASES: Final = [
    Case(
        "a meeting of the whole board is recorded",
        NONE,
        RecordMeeting(title="Board, January", held_on=DAY),
        then=(HELD,),
    ),
    Case(
        "a subgroup that was dissolved since has met, and its papers went up to an entry",
        NONE,
        RecordMeeting(title="Audit", held_on=DAY, subgroup="subgroup-1", papers_position=812),
        then=(MeetingHeld(title="Audit", held_on=DAY, subgroup="subgroup-1", papers_position=812),),
    ),
    Case(
        "a meeting of today counts as held",
        NONE,
        RecordMeeting(title="Board", held_on=TODAY),
        then=(MeetingHeld(title="Board", held_on=TODAY),),
    ),
    Case(
        "a meeting to come has not been held",
        NONE,
        RecordMeeting(title="Board", held_on=TODAY + dt.timedelta(days=1)),
        refused=Incomplete,
        match="16 January 2025 is still to come",
    ),
    Case(
        "a subgroup that is not there has not met",
        NONE,
        RecordMeeting(title="Board", held_on=DAY, subgroup="subgroup-9"),
        refused=NotFound,
        match="There is no S9",
    ),
    Case(
        "papers cannot be made from entries to come",
        NONE,
        RecordMeeting(title="Board", held_on=DAY, papers_position=813),
        refused=Incomplete,
        match="The log has no entry 813 yet",
    ),
    Case(
        "what its papers were made from is said later, and the rest stays",
        MEETING,
        CorrectMeeting(meeting=REF, papers_position=812, reason="The papers are in."),
        then=(
            MeetingCorrected(
                title="Board, January",
                held_on=DAY,
                papers_position=812,
                reason="The papers are in.",
            ),
        ),
    ),
    Case(
        "a correction to what it is changes nothing",
        MEETING,
        CorrectMeeting(meeting=REF, held_on=DAY, reason="To be sure."),
    ),
    Case(
        "a meeting is not corrected to a day to come",
        MEETING,
        CorrectMeeting(meeting=REF, held_on=TODAY + dt.timedelta(days=1), reason="Moved."),
        refused=Incomplete,
    ),
    Case(
        "papers are not corrected to entries to come",
        MEETING,
        CorrectMeeting(meeting=REF, papers_position=9_999, reason="The papers are in."),
        refused=Incomplete,
    ),
    Case(
        "a meeting that was not held is not corrected",
        OVER,
        CorrectMeeting(meeting=REF, title="Board", reason="Misspelt."),
        refused=NotNow,
        match="Record it anew",
    ),
    Case(
        "a meeting that is not there is not corrected",
        NONE,
        CorrectMeeting(meeting=REF, title="Board", reason="Misspelt."),
        refused=NotFound,
    ),
    Case(
        "a meeting turns out not to have been held",
        MEETING,
        CancelMeeting(meeting=REF, reason="Snow."),
        then=(MeetingCancelled(reason="Snow."),),
    ),
    Case("cancelling again changes nothing", OVER, CancelMeeting(meeting=REF, reason="Snow.")),
    Case(
        "a meeting that is not there is not cancelled",
        NONE,
        CancelMeeting(meeting=REF, reason="Snow."),
        refused=NotFound,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_meeting_decides(case: Case) -> None:
    case.check()


def test_every_command_about_meetings_is_accepted_once_and_refused_once() -> None:
    assert untested(CASES, "meeting") == set()
