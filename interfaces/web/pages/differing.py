"""What changed on the board between two days or meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Query, Response

from interfaces.boards import board_at, board_before, known_at_both, true_at_both
from interfaces.moments import Moment
from interfaces.web.choices import choices_of
from interfaces.web.found_or_told import found_or_told
from interfaces.web.policies import READER, Pages
from interfaces.web.seen import seen
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visit, Visiting
from projections.board_filter import BoardFilter
from projections.differences import Difference, differences
from projections.meeting_names import meetings

_BACK: Final = dt.timedelta(days=30)

MOST_SHOWN: Final = 200
"""So many items are shown of those that are new, that changed and that are gone."""

pages: Final = Pages()


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two moments."""

    before: Moment
    after: Moment
    found: tuple[Difference, ...]


@pages.get("/changes", READER)
@of_history
def changes(
    visit: Visiting,
    *,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
    clock: str = "known",
    plan: str = "",
    subgroup: str = "",
    lead: str = "",
) -> Response:
    """Show what became of each item between two days; since the last meeting if none is given."""
    first = from_ or _since(visit)
    filters = BoardFilter(subgroup=subgroup or None, lead=lead or None, plan=plan or None)
    found, told = found_or_told(
        lambda: _compared(visit, first, to, filters, is_true=clock == "true")
    )
    return visit.page(
        "changes.html",
        status=422 if told else 200,
        shows=[found.before, found.after] if found is not None else (),
        told=told,
        compared=found,
        asked={"from": first, "to": to, "clock": clock, "plan": plan}
        | {"subgroup": subgroup, "lead": lead},
        choices=choices_of(visit),
        most=MOST_SHOWN,
    )


def _compared(
    visit: Visit, first: str, last: str, filters: BoardFilter, *, is_true: bool
) -> Compared:
    partnership = visit.partnership
    until = last or (None if visit.moment.is_now else visit.moment.on.isoformat())
    if is_true:
        known = None if visit.moment.is_now else visit.moment.on.isoformat()
        before, after = true_at_both(visit.seeing, first, until, known)
    else:
        before, after = known_at_both(visit.seeing, first, until, None)
    if visit.moment.position < after.position:
        after = visit.moment
    before, after = seen(visit, before), seen(visit, after)
    new = board_at(partnership, after, filters)
    return Compared(before, after, differences(board_before(before, filters, partnership), new))


def _since(visit: Visit) -> str:
    """Return from when changes are shown if nobody says: since the last meeting, or a month."""
    before = [one for one in meetings(visit.view) if one.held_on < visit.moment.on]
    return (before[-1].held_on if before else visit.moment.on - _BACK).isoformat()
