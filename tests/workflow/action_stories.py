"""Actions as stories begin with them: not started, under way, reported done, ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from events.action import (
    ActionBlocked,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionPutOnHold,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
)
from events.directory import Office
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import LEAD, Scenario
from workflow.action import DECIDER
from workflow.target_dates import read_target_date

REF: Final = "action-1"
COLLEAGUE: Final = "person-3"
"""Holds the role that leads the action together with `LEAD`."""

EXECUTIVE: Final = "person-4"

KNOWN: Final = FakeKnown(
    {
        "plan-1": "current",
        "plan-2": "current",
        "plan-3": "closed",
        "recommendation-1": "accepted",
        "recommendation-2": "in_progress",
        "recommendation-3": "rejected",
    },
    roles=(
        role("role-1", LEAD, COLLEAGUE),
        role("role-2"),
        replace(role("role-3"), retired=True),
        role("role-4", EXECUTIVE, office=Office.EXECUTIVE),
    ),
    priorities={"plan-1": frozenset({1, 2})},
)

MARCH: Final = read_target_date("March 2025")
JUNE: Final = read_target_date("June 2025")

CREATED: Final = ActionCreated(
    text="Publish the pathway.",
    lead_roles=("role-1",),
    target=MARCH,
    plan="plan-1",
    priority=1,
    answers=("recommendation-1",),
)
STARTED: Final = ActionStarted()
SUBMITTED: Final = ActionSubmitted(what_we_did="Published.", evidence="On the website.")
RETURNED: Final = ActionReturned(returned_by="person-2", reason="Half of it is missing.")
COMPLETED: Final = ActionCompleted(confirmed_by="person-2")
CANCELLED: Final = ActionCancelled(reason="No longer needed.")
BLOCKED: Final = ActionBlocked(reason="No funding yet.")
ON_HOLD: Final = ActionPutOnHold(reason="Elections.", review_on=dt.date(2025, 4, 2))

NONE: Final = Scenario(DECIDER, REF, KNOWN)
NOT_STARTED: Final = NONE.given(CREATED)
IN_PROGRESS: Final = NOT_STARTED.given(STARTED)
CLAIMED: Final = IN_PROGRESS.given(SUBMITTED)
GIVEN_BACK: Final = CLAIMED.given(RETURNED)
COMPLETE: Final = CLAIMED.given(COMPLETED)
GIVEN_UP: Final = IN_PROGRESS.given(CANCELLED)
STUCK: Final = IN_PROGRESS.given(BLOCKED)
RESTING: Final = IN_PROGRESS.given(ON_HOLD)
