"""What follows what: the strands of a stream, in which nothing overtakes what went before it.

Each event of a strand was decided on what the strand said then: an extension is approved after it
was asked for, a status is reached from the one before it. So the strand keeps its order, whatever
days people tell. Progress notes follow nothing: each stands for itself. The time of one person in a
role follows nothing that was settled of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from events.catalogue import Event
from events.directory import CoverArranged, CoverEnded, HolderAppointed, HolderStoodDown

_STRANDS: Final = {
    "reworded": "words",
    "success_measure_set": "measure",
    "leads_changed": "leads",
    "readdressed": "leads",
    "moved_to_priority": "priority",
    "recommendation_answered": "answers",
    "target_date_set": "date",
    "target_date_moved": "date",
    "target_date_corrected": "date",
    "extension_requested": "date",
    "extension_approved": "date",
    "extension_declined": "date",
    "extension_withdrawn": "date",
    "brag_overridden": "colour",
    "brag_override_ended": "colour",
}
"""By what happens to an action or a recommendation: the strand; else it belongs to the work."""

_ITEMS: Final = frozenset({"action", "recommendation"})
_PARTS: Final = ("finding", "clock")
NOTED: Final = "progress_noted"
WORK: Final = "work"


def strand_of(event: Event) -> str | None:
    """Return the strand of its stream that an event belongs to; None if it stands for itself."""
    if isinstance(event, HolderAppointed | HolderStoodDown):
        return f"holding of {event.person}"
    if isinstance(event, CoverArranged | CoverEnded):
        return f"cover-{event.number}"
    strand, parts = _strand_of_kind(type(event))
    for part in parts:
        number = getattr(event, part)
        if isinstance(number, int):
            return f"{part}-{number}"
    return strand


@cache
def _strand_of_kind(kind: type[Event]) -> tuple[str | None, tuple[str, ...]]:
    """Return the strand of a type of event, and the fields that may name one instead."""
    category, _, what = kind.type_name.partition(".")
    if what == NOTED:
        return None, ()
    if category in _ITEMS:
        return _STRANDS.get(what, WORK), ()
    return WORK, tuple(part for part in _PARTS if part in kind.model_fields)


def named_by(event: Event) -> Iterator[str]:
    """Yield the streams, findings and clocks that an event names; free text names nothing."""
    for field in _naming(type(event)):
        yield from _refs(getattr(event, field))


@cache
def _naming(kind: type[Event]) -> tuple[str, ...]:
    return tuple(field for field in kind.model_fields if field not in kind.text_fields)


def _refs(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of an event
    if isinstance(value, str):
        if _is_ref(value):
            yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _refs(one)
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _refs(getattr(value, field))


def _is_ref(words: str) -> bool:
    category, _, number = words.partition("/")[0].partition("-")
    return category.isalpha() and number.isdigit()
