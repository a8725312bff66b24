"""The read model "told_dates": which dates ahead each person was told, by the person's reference.

A date that lay ahead when its email was written went along as an entry for the reader's calendar.
`entries` are those (item, target date, rule, email, and where the log stood), without those that
had passed when the latest email was planned. `emails` are the latest that were planned for the
person, in order; what became of each, and of what it was to say, is in "reminders".
"""

from __future__ import annotations

from typing import Final

from events.email import EmailPlanned
from events.recorded import Recorded
from projections.projection import Projection, Row, Rows

TOLD_DATES: Final = Projection("told_dates", version=1)

EMAILS_KEPT: Final = 10
"""So many of the latest emails to a person are kept; one of them will have left."""


@TOLD_DATES.on(EmailPlanned)
def _planned(rows: Rows, event: EmailPlanned, recorded: Recorded) -> None:
    row = rows.get(event.person) or {"emails": [], "entries": []}
    day = event.send_on.isoformat()
    ahead = [entry for entry in row["entries"] if entry["target_on"] >= day]
    told = {
        (one.item, one.target_on, one.rule): _entry(one.item, one.target_on.isoformat(), one.rule)
        for one in event.items
        if one.target_on >= event.send_on
    }
    mark = {"email": recorded.stream, "planned_at": recorded.position}
    entries = [*ahead, *({**entry, **mark} for entry in told.values())]
    emails = [*row["emails"], mark][-EMAILS_KEPT:]
    if entries or row["entries"]:
        rows.put(event.person, {"emails": emails, "entries": entries})


def _entry(item: str, target_on: str, rule: str) -> Row:
    return {"item": item, "target_on": target_on, "rule": rule}
