"""What a pack is made of: the events of one thing and of all that came from it.

Emails are left out: one email speaks of everything that is due from a person, also of what belongs
to other audits, so to hand it over would tell more than was asked for. An erasure of a text that
belongs here is taken in, since it accounts for the text's absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from events.canonical import decode
from events.origins import CONTINUED_TYPE
from events.reading import Reader
from events.record import RECORD_STREAM, TextErased
from events.refs import category_of
from projections.evidence_files import files_of
from projections.store import View
from workflow.refusals import NotFound

PACKED: Final = ("audit", "recommendation", "action", "plan")
"""The categories of what can be packed."""

_STREAM: Final = (
    "SELECT body, texts FROM events WHERE stream = ? AND position <= ? ORDER BY version"
)
_OF_THE_RECORD: Final = (
    "SELECT body, texts FROM events WHERE stream = ? AND type = ? AND position <= ?"
    " ORDER BY version"
)


@dataclass(frozen=True, slots=True)
class PackedEvent:
    """An event as it is packed: its exact bytes, what these say, its texts with their salts."""

    body: bytes
    record: dict[str, Any]
    texts: dict[str, Any]

    @property
    def position(self) -> int:
        """Return the place of the event in the log."""
        position: int = self.record["position"]
        return position


def streams_of(view: View, ref: str) -> tuple[str, ...]:
    """Return a thing and all that came from it, itself first. Raises `NotFound`.

    From an audit its recommendations and the actions that answer these; from a recommendation the
    actions that answer it; a plan's actions. Of each, what was told of the files that are evidence.
    """
    category = category_of(ref)
    if view.get(f"{category}s", ref) is None:
        raise NotFound(ref)
    found = tuple(dict.fromkeys((ref, *_coming_from(view, category, ref))))
    return (*found, *(file for one in found for file, _ in files_of(one, view)))


def events_of(log: Reader, streams: Iterable[str], size: int) -> list[PackedEvent]:
    """Return the events of some streams up to a position, in order.

    Among them are erasures of their texts, and where the record was continued under another origin.
    """
    found: list[PackedEvent] = []
    for stream in streams:
        found += map(_packed, log.query(_STREAM, (stream, size)))
    found += _erasures_of(log, {event.position for event in found}, size)
    found += map(_packed, log.query(_OF_THE_RECORD, (RECORD_STREAM, CONTINUED_TYPE, size)))
    return sorted(found, key=lambda event: event.position)


def _coming_from(view: View, category: str, ref: str) -> Iterator[str]:
    match category:
        case "audit":
            for recommendation in _row(view, "audits", ref)["recommendations"]:
                yield recommendation
                yield from _row(view, "recommendations", recommendation)["actions"]
        case "recommendation":
            yield from _row(view, "recommendations", ref)["actions"]
        case "plan":
            for action, row in view.all("actions").items():
                if row["plan"] == ref:
                    yield action
        case _:
            return


def _row(view: View, model: str, ref: str) -> dict[str, Any]:
    row = view.get(model, ref)
    if row is None:
        raise NotFound(ref)
    return row


def _erasures_of(log: Reader, positions: set[int], size: int) -> Sequence[PackedEvent]:
    rows = log.query(_OF_THE_RECORD, (RECORD_STREAM, TextErased.type_name, size))
    found: list[PackedEvent] = []
    # What an erasure says may itself have been erased by a later one.
    targets = set(positions)
    for event in map(_packed, rows):
        if event.record["data"]["position"] in targets:
            found.append(event)
            targets.add(event.position)
    return found


def _packed(row: tuple[Any, ...]) -> PackedEvent:
    body, texts = row
    return PackedEvent(bytes(body), decode(bytes(body)), decode(bytes(texts)) if texts else {})
