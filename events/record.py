"""Facts about the record itself: stream `log-1`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from events.catalogue import Event, Text, event_type
from events.refs import PersonRef

RECORD_STREAM = "log-1"
"""The stream of the record itself; its first event is position 1."""

FORMAT_VERSION = 1
"""The version of the body's outer shape, told by the first event."""


@event_type("log.opened")
class LogOpened(Event):
    """The record of one partnership was begun."""

    partnership: Text
    format_version: Annotated[int, Field(ge=1)] = FORMAT_VERSION


@event_type("log.text_erased")
class TextErased(Event):
    """The clear value of committed texts was removed for good, under somebody's authority."""

    position: Annotated[int, Field(ge=1)]
    fields: tuple[str, ...]
    authority: Text
    reason: Text
    second_person: PersonRef | None = None
