"""The read model "reminders_of": which emails ever spoke of an item; the key is `<item>/<email>`.

An email stays listed when the item was taken out of it: that belongs to the item's history.
"""

from __future__ import annotations

from typing import Final

from events.email import EmailPlanned
from events.recorded import Recorded
from projections.projection import Projection, Rows

REMINDERS_OF: Final = Projection("reminders_of", version=1, journal=True)


@REMINDERS_OF.on(EmailPlanned)
def _planned(rows: Rows, event: EmailPlanned, recorded: Recorded) -> None:
    for item in dict.fromkeys(reminder.item for reminder in event.items):
        rows.add(f"{item}/{recorded.stream}", {"email": recorded.stream})
