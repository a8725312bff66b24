"""The read model "reminders": each email with what it reminds of and what became of it.

`status` is planned, sent, failed, uncertain or cancelled. `dropped` are the things that were taken
out before it left, each with the reason.
"""

from __future__ import annotations

from typing import Final

from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    EmailUncertain,
)
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.more_time import row_of
from projections.projection import Projection, Row, Rows, change

REMINDERS: Final = Projection("reminders", version=1)


@REMINDERS.on(EmailPlanned)
def _planned(rows: Rows, event: EmailPlanned, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "kind": event.kind.value,
            "person": event.person,
            "send_on": event.send_on.isoformat(),
            "planned_at": recorded.position,
            "planned_on": true_on(recorded),
            "items": [item.model_dump(mode="json") for item in event.items],
            "dropped": [],
            "message_id": event.message_id,
            "status": "planned",
            "status_reason": None,
            "attempts": 0,
            "sent_to": None,
            "settled_on": None,
        },
    )


@REMINDERS.on(EmailItemDropped)
def _item_dropped(rows: Rows, event: EmailItemDropped, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    gone = {"item": event.item, "target_on": event.target_on.isoformat(), "rule": event.rule}
    kept = [item for item in row["items"] if not _is(item, gone)]
    taken = [{**item, "reason": event.reason.value} for item in row["items"] if _is(item, gone)]
    rows.put(recorded.stream, {**row, "items": kept, "dropped": [*row["dropped"], *taken]})


@REMINDERS.on(EmailCancelled)
def _cancelled(rows: Rows, event: EmailCancelled, recorded: Recorded) -> None:
    on, reason = true_on(recorded), event.reason.value
    change(rows, recorded.stream, status="cancelled", status_reason=reason, settled_on=on)


@REMINDERS.on(EmailSent)
def _sent(rows: Rows, event: EmailSent, recorded: Recorded) -> None:
    change(
        rows,
        recorded.stream,
        status="sent",
        status_reason=None,
        attempts=event.attempt,
        sent_to=event.sent_to,
        settled_on=true_on(recorded),
    )


@REMINDERS.on(EmailFailed)
def _failed(rows: Rows, event: EmailFailed, recorded: Recorded) -> None:
    _ended(rows, recorded, "failed", event.reply, event.attempt)


@REMINDERS.on(EmailUncertain)
def _uncertain(rows: Rows, event: EmailUncertain, recorded: Recorded) -> None:
    _ended(rows, recorded, "uncertain", event.reason, event.attempt)


def _ended(rows: Rows, recorded: Recorded, status: str, reason: str, attempts: int) -> None:
    change(
        rows,
        recorded.stream,
        status=status,
        status_reason=reason,
        attempts=attempts,
        settled_on=true_on(recorded),
    )


def _is(item: Row, other: Row) -> bool:
    return all(item[field] == value for field, value in other.items())
