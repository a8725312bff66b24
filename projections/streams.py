"""Reading many streams at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from events.reading import Reader
from events.recorded import Recorded, unseal_all

_OF_STREAMS: Final = "SELECT body, texts FROM events WHERE stream IN"
_DAYS: Final = "SELECT stream, version, recorded_at FROM events WHERE stream IN"
_IN_ORDER: Final = " AND position <= ? ORDER BY stream, version"

TOGETHER: Final = 200
"""So many streams are asked for in one statement."""


def events_by_stream(
    reader: Reader, streams: Iterable[str], until: int
) -> dict[str, list[Recorded]]:
    """Return the events of some streams up to a position, each in order; empty for none."""
    found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
    wanted = sorted(found)
    for some in (wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)):
        marks = ", ".join("?" * len(some))
        rows = reader.query(f"{_OF_STREAMS} ({marks}){_IN_ORDER}", (*some, until))
        for recorded in unseal_all(rows):
            found[recorded.stream].append(recorded)
    return found


def instants_of(reader: Reader, streams: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return when each event of some streams was recorded, as stored, by stream and version."""
    wanted = sorted(set(streams))
    found: dict[tuple[str, int], str] = {}
    for some in (wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)):
        marks = ", ".join("?" * len(some))
        for stream, version, recorded_at in reader.query(f"{_DAYS} ({marks})", (*some,)):
            found[stream, version] = recorded_at
    return found
