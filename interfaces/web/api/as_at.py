"""As at when an answer tells, and the line with which the record is named as it was then."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from interfaces.moments import Moment
from interfaces.record_foot import record_named
from interfaces.web.visit import Visit
from projections.projection import Row

At = Annotated[str, Query(description="As known at the end of a day, or in a meeting's papers")]
TrueOn = Annotated[
    str, Query(alias="true-on", description="As true on a day, by what is known now or was known")
]
Day = Annotated[str, Query(description="A day, or a meeting such as M3")]


def as_at(visit: Visit, moment: Moment | None = None) -> Row:
    """Return as at when an answer tells: that of the visit, unless another moment is given."""
    shown = moment or visit.moment
    return {**shown.as_json(), **record_named(visit.partnership, shown)}
