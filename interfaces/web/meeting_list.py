"""The meetings, also those that were cancelled, as far as a visitor sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.refs import order_of
from interfaces.web.visit import Visit
from projections.projection import Row


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting with its row, and the day on which it was to be held."""

    ref: str
    held_on: dt.date
    row: Row


def meetings_listed(visit: Visit) -> list[ListedMeeting]:
    """Return the meetings as at the moment of a visit, the latest first."""
    found = (
        ListedMeeting(ref, dt.date.fromisoformat(row["held_on"]), row)
        for ref, row in visit.view.all("meetings").items()
    )
    return sorted(found, key=lambda one: (one.held_on, order_of(one.ref)), reverse=True)
