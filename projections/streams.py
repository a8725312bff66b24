"""Reading many streams at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import Final

from events.reading import Reader
from events.recorded import Recorded, unseal_all
from events.refs import split_stream

_OF_STREAMS: Final = "SELECT body, texts FROM events WHERE stream IN"
# Each lookup goes by the index on stream and version, whatever the database knows of its tables.
_INSTANT: Final = (
    "SELECT stream, version, (SELECT recorded_at FROM events"
    " WHERE events.stream = asked.stream AND events.version = asked.version) FROM asked"
)
_UNTIL: Final = " AND position <= ?"

TOGETHER: Final = 1_000
"""So many streams or entries are asked for in one statement."""

Entry = tuple[str, int]
"""An event by its stream and its version there."""


def events_by_stream(
    reader: Reader, streams: Iterable[str], until: int
) -> dict[str, list[Recorded]]:
    """Return the events of some streams up to a position, each in order; empty for none."""
    found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
    # What was made together often stands together: so a page of the disk is read once.
    wanted = sorted(found, key=split_stream)
    for some in (wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)):
        marks = ", ".join("?" * len(some))
        rows = reader.query(f"{_OF_STREAMS} ({marks}){_UNTIL}", (*some, until))
        for recorded in unseal_all(rows):
            found[recorded.stream].append(recorded)
    for events in found.values():
        # PostgreSQL would sort whole bodies, on the disk.
        events.sort(key=_version)
    return found


def instants_of(reader: Reader, entries: Iterable[Entry]) -> dict[Entry, str]:
    """Return when some entries were recorded, as stored; those that there are not are left out."""
    wanted = sorted(set(entries))
    found: dict[Entry, str] = {}
    for some in (wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)):
        marks = ", (?, ?)" * (len(some) - 1)
        asked = f"VALUES (CAST(? AS text), CAST(? AS bigint)){marks}"
        statement = f"WITH asked (stream, version) AS ({asked}) {_INSTANT}"
        for stream, version, recorded_at in reader.query(statement, (*chain.from_iterable(some),)):
            if recorded_at is not None:
                found[stream, version] = recorded_at
    return found


_version: Final = attrgetter("version")
