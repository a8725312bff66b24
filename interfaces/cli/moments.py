"""As at when something is shown: today, the end of a past day, or a position of the log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import typer

from interfaces.bootstrap import Partnership
from interfaces.cli.inputs import BadInput, day_given
from projections.civil_days import civil_day
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import format_date

At = Annotated[
    str | None,
    typer.Option("--at", metavar="DATE", help="As known at the end of a day, London time."),
]
AtPosition = Annotated[
    int | None,
    typer.Option("--position", metavar="NUMBER", help="As known after so many entries of the log."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known, and the civil day for which colours and holders are worked out."""

    view: View
    on: dt.date
    position: int
    is_now: bool

    @property
    def heading(self) -> str:
        """Return the words that say as at when."""
        if self.is_now:
            return f"as at today, {format_date(self.on)}"
        return f"as known at the end of {format_date(self.on)} (entry {self.position} of the log)"

    def as_json(self) -> Row:
        """Return the moment as plain values."""
        return {"on": self.on.isoformat(), "position": self.position}


def moment_given(partnership: Partnership, at: str | None, position: int | None) -> Moment:
    """Return the moment that the options name; today without any. Raises `BadInput`."""
    if at is not None and position is not None:
        message = "give a day or a position, not both: each says as at when."
        raise BadInput("--at and --position", message)
    if at is not None:
        return moment_of_day(partnership, day_given(at, "--at"), "--at")
    if position is not None:
        return _moment_of_position(partnership, position)
    view = partnership.view()
    return Moment(view, partnership.today, view.position, is_now=True)


def moment_of_day(partnership: Partnership, day: dt.date, place: str) -> Moment:
    """Return the end of a civil day. Raises `BadInput` for a day that is still to come."""
    if day > partnership.today:
        message = (
            f"{format_date(day)} is still to come; what will be known then nobody can say."
            f" Give a day up to {format_date(partnership.today)}."
        )
        raise BadInput(place, message)
    position = partnership.position_at_end_of(day)
    return Moment(partnership.view_at(position), day, position, is_now=False)


def _moment_of_position(partnership: Partnership, position: int) -> Moment:
    size = partnership.log.head().size
    if not 1 <= position <= size:
        message = f"the log has entries 1 to {size}. Give one of them."
        raise BadInput("--position", message)
    (last,) = partnership.log.read(after=position - 1, until=position)
    day = civil_day(last.recorded_at)
    return Moment(partnership.view_at(position), day, position, is_now=False)
