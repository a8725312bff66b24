"""What actions and recommendations have in common: their dates, more time, and set colours.

The rows of both hold `target` and `original_target` (as stored in events, or None), `moves` (how
often the date moved), `extensions` (every request, in order), `extensions_granted`, `override`,
`last_update_on`, `notes` (how many) and `latest_note`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from events.action import (
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionProgressNoted,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.recommendation import (
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationProgressNoted,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
)
from events.recorded import Recorded
from events.values import TargetDate
from projections.civil_days import true_on
from projections.projection import MissingRow, Row, Rows, change

Moved: TypeAlias = TargetDateMoved | RecommendationTargetDateMoved
Corrected: TypeAlias = TargetDateCorrected | RecommendationTargetDateCorrected
Noted: TypeAlias = ActionProgressNoted | RecommendationProgressNoted
Requested: TypeAlias = ActionExtensionRequested | RecommendationExtensionRequested
Approved: TypeAlias = ActionExtensionApproved | RecommendationExtensionApproved
Declined: TypeAlias = ActionExtensionDeclined | RecommendationExtensionDeclined
Withdrawn: TypeAlias = ActionExtensionWithdrawn | RecommendationExtensionWithdrawn
Overridden: TypeAlias = ActionBragOverridden | RecommendationBragOverridden
OverrideEnded: TypeAlias = ActionBragOverrideEnded | RecommendationBragOverrideEnded


def stored_target(target: TargetDate | None) -> Row | None:
    """Return a target date as rows hold it."""
    return None if target is None else target.model_dump(mode="json", exclude_none=True)


def row_of(rows: Rows, key: str) -> Row:
    """Return a row that has to be there. Raises `MissingRow`."""
    row = rows.get(key)
    if row is None:
        raise MissingRow(key)
    return row


def beginning(target: TargetDate | None) -> Row:
    """Return the fields in common as they stand when an item begins."""
    stored = stored_target(target)
    return {
        "target": stored,
        "original_target": stored,
        "moves": 0,
        "extensions": [],
        "extensions_granted": 0,
        "override": None,
        "last_update_on": None,
        "notes": 0,
        "latest_note": None,
    }


def reach(rows: Rows, recorded: Recorded, status: str, **fields: Any) -> None:  # noqa: ANN401
    """Let an item have a status from the day on which the event became true."""
    row = row_of(rows, recorded.stream)
    reached = {**row["reached"], status: true_on(recorded)}
    rows.put(recorded.stream, {**row, "status": status, "reached": reached, **fields})


def told(rows: Rows, recorded: Recorded, status: str, **fields: Any) -> None:  # noqa: ANN401
    """Let an item have a status which somebody told, so that it counts as an update."""
    row = row_of(rows, recorded.stream)
    on = true_on(recorded)
    changed = {"status": status, "reached": {**row["reached"], status: on}}
    rows.put(recorded.stream, {**row, **changed, **updated(row, on), **fields})


def updated(row: Row, on: str) -> Row:
    """Return the field that an update on a day changes; one told late never hides a later one."""
    last = row["last_update_on"]
    return {"last_update_on": on if last is None or last < on else last}


def earliest(known: str | None, on: str) -> str:
    """Return the earlier of two days: work may turn out to have begun before what was known."""
    return on if known is None else min(known, on)


def target_moved(rows: Rows, event: Moved, recorded: Recorded) -> None:
    """Let another target date count; the original stays."""
    row = row_of(rows, recorded.stream)
    moved = {"target": stored_target(event.target), "moves": row["moves"] + 1}
    rows.put(recorded.stream, {**row, **moved})


def target_corrected(rows: Rows, event: Corrected, recorded: Recorded) -> None:
    """Let the target date be what it always was: the original too, while it never moved."""
    row = row_of(rows, recorded.stream)
    stored = stored_target(event.target)
    original = row["original_target"] if row["moves"] else stored
    rows.put(recorded.stream, {**row, "target": stored, "original_target": original})


def progress_noted(rows: Rows, event: Noted, recorded: Recorded) -> None:
    """Keep the latest note and count them all; the timeline has every one."""
    row = row_of(rows, recorded.stream)
    noted = {"notes": row["notes"] + 1, "latest_note": event.note}
    rows.put(recorded.stream, {**row, **noted, **updated(row, true_on(recorded))})


def extension_requested(rows: Rows, event: Requested, recorded: Recorded) -> None:
    """Add a request; what it tells of the progress counts as an update."""
    row = row_of(rows, recorded.stream)
    on = true_on(recorded)
    asked = {
        "number": event.extension,
        "target": stored_target(event.target),
        "reason": event.reason,
        "progress": event.progress,
        "status": "open",
        "asked_by": recorded.actor,
        "asked_on": on,
        "decided_by": None,
        "decided_on": None,
        "answer": None,
    }
    requests = [*row["extensions"], asked]
    rows.put(recorded.stream, {**row, "extensions": requests, **updated(row, on)})


def extension_approved(rows: Rows, event: Approved, recorded: Recorded) -> None:
    """Settle a request; the date moves by an event of its own."""
    row = row_of(rows, recorded.stream)
    granted = row["extensions_granted"] + 1
    requests = _settled(row, event.extension, recorded, "approved", event.note)
    rows.put(recorded.stream, {**row, "extensions": requests, "extensions_granted": granted})


def extension_declined(rows: Rows, event: Declined, recorded: Recorded) -> None:
    """Settle a request that was not granted."""
    row = row_of(rows, recorded.stream)
    requests = _settled(row, event.extension, recorded, "declined", event.reason)
    rows.put(recorded.stream, {**row, "extensions": requests})


def extension_withdrawn(rows: Rows, event: Withdrawn, recorded: Recorded) -> None:
    """Settle a request that is no longer needed."""
    row = row_of(rows, recorded.stream)
    requests = _settled(row, event.extension, recorded, "withdrawn", None)
    rows.put(recorded.stream, {**row, "extensions": requests})


def brag_overridden(rows: Rows, event: Overridden, recorded: Recorded) -> None:
    """Let a colour that somebody set count until its last day."""
    override = {
        "colour": event.colour.value,
        "reason": event.reason,
        "expires_on": event.expires_on.isoformat(),
        "by": recorded.actor,
    }
    change(rows, recorded.stream, override=override)


def brag_override_ended(rows: Rows, _event: OverrideEnded, recorded: Recorded) -> None:
    """Let the computed colour count again."""
    change(rows, recorded.stream, override=None)


def _settled(
    row: Row, number: int, recorded: Recorded, status: str, answer: str | None
) -> list[Row]:
    decided = {
        "status": status,
        "decided_by": recorded.actor,
        "decided_on": true_on(recorded),
        "answer": answer,
    }
    return [
        {**asked, **decided} if asked["number"] == number else asked for asked in row["extensions"]
    ]
