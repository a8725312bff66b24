"""The read model "actions": each action as it stands, by its reference.

`status` is the word of the workflow. `reached` tells on which day each status was reached last.
`interrupted` holds the statuses to go back to from blocked and on hold, the latest last.
`claimed_by` is who last reported it done, and `claim_told_on` the day on which that was recorded,
whenever it was so.
"""

from __future__ import annotations

from typing import Final

from events.action import (
    ActionBlocked,
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionRecommendationAnswered,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionReworded,
    ActionStarted,
    ActionSubmitted,
    ActionSuccessMeasureSet,
    ActionUnblocked,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.recorded import Recorded
from projections import more_time
from projections.civil_days import civil_day, true_on
from projections.former import set_aside
from projections.more_time import beginning, earliest, reach, row_of, told, updated
from projections.projection import Projection, Row, Rows, change

ACTIONS: Final = Projection("actions", version=4)

ACTIONS.on(TargetDateMoved)(more_time.target_moved)
ACTIONS.on(TargetDateCorrected)(more_time.target_corrected)
ACTIONS.on(ActionProgressNoted)(more_time.progress_noted)
ACTIONS.on(ActionExtensionRequested)(more_time.extension_requested)
ACTIONS.on(ActionExtensionApproved)(more_time.extension_approved)
ACTIONS.on(ActionExtensionDeclined)(more_time.extension_declined)
ACTIONS.on(ActionExtensionWithdrawn)(more_time.extension_withdrawn)
ACTIONS.on(ActionBragOverridden)(more_time.brag_overridden)
ACTIONS.on(ActionBragOverrideEnded)(more_time.brag_override_ended)


@ACTIONS.on(ActionCreated)
def _created(rows: Rows, event: ActionCreated, recorded: Recorded) -> None:
    on = true_on(recorded)
    rows.add(
        recorded.stream,
        {
            "text": event.text,
            "plan": event.plan,
            "priority": event.priority,
            "answers": list(event.answers),
            "lead_roles": list(event.lead_roles),
            "success_measure": event.success_measure,
            "status": "not_started",
            "reached": {"not_started": on},
            "interrupted": [],
            "status_reason": None,
            "created_on": on,
            "started_on": None,
            "completed_on": None,
            "confirmed_by": None,
            "review_on": None,
            "claimed_by": None,
            "claim_told_on": None,
            "what_we_did": None,
            "evidence": None,
            "no_evidence_reason": None,
            "former": [],
            **beginning(event.target),
        },
    )


@ACTIONS.on(ActionReworded)
def _reworded(rows: Rows, event: ActionReworded, recorded: Recorded) -> None:
    change(rows, recorded.stream, text=event.text)


@ACTIONS.on(ActionLeadsChanged)
def _leads_changed(rows: Rows, event: ActionLeadsChanged, recorded: Recorded) -> None:
    change(rows, recorded.stream, lead_roles=list(event.lead_roles))


@ACTIONS.on(ActionRecommendationAnswered)
def _answered(rows: Rows, event: ActionRecommendationAnswered, recorded: Recorded) -> None:
    answers = [*row_of(rows, recorded.stream)["answers"], event.recommendation]
    change(rows, recorded.stream, answers=answers)


@ACTIONS.on(ActionSuccessMeasureSet)
def _measure_set(rows: Rows, event: ActionSuccessMeasureSet, recorded: Recorded) -> None:
    change(rows, recorded.stream, success_measure=event.success_measure)


@ACTIONS.on(ActionMovedToPriority)
def _moved_to_priority(rows: Rows, event: ActionMovedToPriority, recorded: Recorded) -> None:
    change(rows, recorded.stream, priority=event.priority)


@ACTIONS.on(ActionStarted)
def _started(rows: Rows, _event: ActionStarted, recorded: Recorded) -> None:
    started_on = earliest(row_of(rows, recorded.stream)["started_on"], true_on(recorded))
    told(rows, recorded, "in_progress", **_RUNNING, started_on=started_on)


@ACTIONS.on(ActionSubmitted)
def _submitted(rows: Rows, event: ActionSubmitted, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    told(
        rows,
        recorded,
        "submitted",
        **_RUNNING,
        started_on=row["started_on"] or true_on(recorded),
        claimed_by=recorded.actor,
        claim_told_on=civil_day(recorded.recorded_at).isoformat(),
        what_we_did=event.what_we_did,
        evidence=event.evidence,
        no_evidence_reason=event.no_evidence_reason,
    )


@ACTIONS.on(ActionCompleted)
def _completed(rows: Rows, event: ActionCompleted, recorded: Recorded) -> None:
    on = true_on(recorded)
    reach(rows, recorded, "complete", **_RUNNING, completed_on=on, confirmed_by=event.confirmed_by)


@ACTIONS.on(ActionReturned)
def _returned(rows: Rows, event: ActionReturned, recorded: Recorded) -> None:
    reach(rows, recorded, "returned", **(_RUNNING | {"status_reason": event.reason}))


@ACTIONS.on(ActionBlocked)
def _blocked(rows: Rows, event: ActionBlocked, recorded: Recorded) -> None:
    _interrupt(rows, recorded, "blocked", event.reason, None)


@ACTIONS.on(ActionPutOnHold)
def _put_on_hold(rows: Rows, event: ActionPutOnHold, recorded: Recorded) -> None:
    _interrupt(rows, recorded, "on_hold", event.reason, event.review_on.isoformat())


@ACTIONS.on(ActionUnblocked)
def _unblocked(rows: Rows, _event: ActionUnblocked, recorded: Recorded) -> None:
    _go_on(rows, recorded)


@ACTIONS.on(ActionResumed)
def _resumed(rows: Rows, _event: ActionResumed, recorded: Recorded) -> None:
    _go_on(rows, recorded)


@ACTIONS.on(ActionCancelled)
def _cancelled(rows: Rows, event: ActionCancelled, recorded: Recorded) -> None:
    reach(rows, recorded, "cancelled", **(_RUNNING | {"status_reason": event.reason}))


@ACTIONS.on(ActionReopened)
def _reopened(rows: Rows, event: ActionReopened, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    reach(
        rows,
        recorded,
        "in_progress",
        **(_RUNNING | {"status_reason": event.reason}),
        started_on=row["started_on"] or true_on(recorded),
        completed_on=None,
        confirmed_by=None,
        **set_aside(row, true_on(recorded)),
    )


_RUNNING: Final[Row] = {"interrupted": [], "review_on": None, "status_reason": None}
"""What holds of an action that neither rests nor is blocked."""


def _interrupt(
    rows: Rows, recorded: Recorded, status: str, reason: str, review_on: str | None
) -> None:
    row = row_of(rows, recorded.stream)
    before = [] if row["status"] == status else [row["status"]]
    told(
        rows,
        recorded,
        status,
        interrupted=[*row["interrupted"], *before],
        status_reason=reason,
        review_on=review_on or row["review_on"],
    )


def _go_on(rows: Rows, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    *earlier, before = row["interrupted"]
    going_on = {"status": before, "interrupted": earlier, "status_reason": None, "review_on": None}
    rows.put(recorded.stream, {**row, **going_on, **updated(row, true_on(recorded))})
