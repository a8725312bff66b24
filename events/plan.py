"""Facts about published plans and the documents they came from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from events.catalogue import Event, Text, event_type

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1)]


@event_type("plan.adopted")
class PlanAdopted(Event):
    """A plan was taken up, so that its actions can be followed."""

    title: Text
    from_on: dt.date | None = None
    until_on: dt.date | None = None


@event_type("plan.retitled")
class PlanRetitled(Event):
    """A plan's title changed."""

    title: Text


@event_type("plan.priority_added")
class PriorityAdded(Event):
    """A priority, numbered within the plan, was added."""

    number: Number
    title: Text


@event_type("plan.priority_retitled")
class PriorityRetitled(Event):
    """A priority's title changed."""

    number: Number
    title: Text


@event_type("plan.document_imported")
class DocumentImported(Event):
    """A document was read into the plan: its name, the hash of its bytes, the rows it gave."""

    document: Text
    sha256: Sha256
    rows: Annotated[int, Field(ge=0)]


@event_type("plan.closed")
class PlanClosed(Event):
    """A plan came to its end."""

    reason: Text
