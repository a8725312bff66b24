"""The read model "late": what was recorded on a later day than it became true, by its position.

Emails and what the record says of itself are the software's own, and never late; a file counts from
the day on which it is handed in.
"""

from __future__ import annotations

from typing import Final

from events.catalogue import Event
from events.every_type import MODULES
from events.recorded import Recorded
from projections.civil_days import recorded_on, true_on
from projections.projection import Projection, Rows

LATE: Final = Projection("late", version=3, journal=True)

NEVER_LATE: Final = frozenset({"email", "evidence", "log"})
"""The categories of which nothing is told late."""


def _told_by_people() -> list[type[Event]]:
    kinds = (kind for module in MODULES for kind in vars(module).values())
    return [
        kind
        for kind in kinds
        if isinstance(kind, type)
        and issubclass(kind, Event)
        and kind is not Event
        and kind.type_name.partition(".")[0] not in NEVER_LATE
    ]


@LATE.on(*dict.fromkeys(_told_by_people()))
def _told(rows: Rows, event: Event, recorded: Recorded) -> None:
    told, on = true_on(recorded), recorded_on(recorded)
    if told < on:
        of = {"stream": recorded.stream, "version": recorded.version, "type": event.type_name}
        rows.add(str(recorded.position), {**of, "told_on": told, "recorded_on": on})
