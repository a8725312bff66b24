"""What differs between the boards of two moments, as far as a visitor sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from interfaces.boards import board_at, board_before, known_at_both, true_at_both
from interfaces.moments import Moment
from interfaces.web.seeing.seen import seen
from interfaces.web.visit import Visit
from projections.board_filter import BoardFilter
from projections.differences import Difference, differences
from projections.meeting_names import meetings

Clock = Literal["known", "true"]
_BACK: Final = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two moments."""

    before: Moment
    after: Moment
    found: tuple[Difference, ...]


def compared(visit: Visit, first: str, last: str, filters: BoardFilter, clock: Clock) -> Compared:
    """Return what differs from one day or meeting in words to another; without one until now.

    `clock`: by what was known at both, or by what was true on them. Raises `BadInput`,
    `NothingCalled`.
    """
    partnership = visit.partnership
    until = last or (None if visit.moment.is_now else visit.moment.on.isoformat())
    if clock == "true":
        known = None if visit.moment.is_now else visit.moment.on.isoformat()
        before, after = true_at_both(visit.seeing, first, until, known)
    else:
        before, after = known_at_both(visit.seeing, first, until, None)
    # What stands now is at hand as that of the visit, unless that is of what was true.
    stands_now = after.is_now and after.true_on is None and visit.moment.true_on is None
    if stands_now or visit.moment.position < after.position:
        after = visit.moment
    before, after = seen(visit, before), seen(visit, after)
    new = board_at(partnership, after, filters)
    return Compared(before, after, differences(board_before(before, filters, partnership), new))


def since_last_met(visit: Visit) -> str:
    """Return from when changes are shown if nobody says: since the last meeting, or a month."""
    before = [one for one in meetings(visit.view) if one.held_on < visit.moment.on]
    return (before[-1].held_on if before else visit.moment.on - _BACK).isoformat()
