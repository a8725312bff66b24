"""Which week or month a digest tells, and whether anything was recorded in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self

from events.reading import Reader
from events.refs import category_of
from notifications.rules import Occasion
from projections.civil_days import end_of_day
from projections.digest_headings import MOVING
from workflow.civil_dates import MONTHS, format_date

_WEEK: Final = dt.timedelta(days=7)
_DAY: Final = dt.timedelta(days=1)

# Positions in a year of a large partnership are quickly counted; nothing has to be indexed for it.
_STREAMS: Final = "SELECT DISTINCT stream FROM events WHERE position > ? AND position <= ?"


@dataclass(frozen=True, slots=True)
class Period:
    """The civil days of which a digest tells, in London, first and last included."""

    first_on: dt.date
    last_on: dt.date

    @classmethod
    def told_on(cls, occasion: Occasion, target_on: dt.date) -> Self:
        """Return what a digest of a Monday, or of a first of the month, tells: what went before."""
        last_on = target_on - _DAY
        if occasion is Occasion.WEEKLY_DIGEST:
            return cls(target_on - _WEEK, last_on)
        return cls(last_on.replace(day=1), last_on)

    @property
    def began_at(self) -> dt.datetime:
        """Return the last instant before it."""
        return end_of_day(self.first_on - _DAY)

    @property
    def ended_at(self) -> dt.datetime:
        """Return its last instant."""
        return end_of_day(self.last_on)

    @property
    def words(self) -> str:
        """Return it as in "Digest for …": a week by its Monday, or a month."""
        if self.last_on - self.first_on < _WEEK:
            return f"the week of {format_date(self.first_on)}"
        return f"{MONTHS[self.first_on.month - 1]} {self.first_on.year}"


def latest_on(occasion: Occasion, day: dt.date) -> dt.date:
    """Return the date of the latest digest by a day: its Monday, or the first of its month."""
    if occasion is Occasion.WEEKLY_DIGEST:
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Stirred:
    """The actions, recommendations and audits of which the last week and month had records.

    None where the record itself began later: of a time before it, no digest can tell anything.
    """

    in_week: frozenset[str] | None = None
    in_month: frozenset[str] | None = None


STILL: Final = Stirred()
"""Nobody asks for digests."""


def stirred_before(reader: Reader, day: dt.date) -> Stirred:
    """Look up what was recorded in the week before this one, and in the month before."""
    week, month = (
        _streams(reader, Period.told_on(occasion, latest_on(occasion, day)))
        for occasion in (Occasion.WEEKLY_DIGEST, Occasion.MONTHLY_DIGEST)
    )
    return Stirred(week, month)


def _streams(reader: Reader, period: Period) -> frozenset[str] | None:
    after, until = reader.position_at(period.began_at), reader.position_at(period.ended_at)
    if after == until:
        return frozenset() if until else None
    found = (stream for (stream,) in reader.query(_STREAMS, (after, until)))
    return frozenset(stream for stream in found if category_of(stream) in MOVING)
