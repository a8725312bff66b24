"""Facts about remarks: what the scrutineer says of an event, of a thing, or of a day's board."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from events.catalogue import Event, Text, event_type
from events.refs import RemarkableRef


@event_type("remark.added")
class RemarkAdded(Event):
    """The scrutineer said something.

    `on` is what it is about; `entry` the position of the one event it is about, `as_at` the civil
    day of whose state it speaks. With `as_at` alone it is about the whole board of that day.
    """

    on: RemarkableRef | None = None
    entry: Annotated[int, Field(ge=1)] | None = None
    as_at: dt.date | None = None
    words: Text


@event_type("remark.withdrawn")
class RemarkWithdrawn(Event):
    """Who made the remark no longer holds to it; it stays readable."""

    reason: Text
