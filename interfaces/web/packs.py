"""The pack of a meeting: live, done since the last one, more time asked for, outstanding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from events.refs import UnknownReference, category_of, order_of, quoted, read_ref
from interfaces.boards import board_at, board_before
from interfaces.moments import Moment, moment_of
from interfaces.web.pages.boards import heading_of
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.seeing.seen import seen
from interfaces.web.visit import Visit
from projections.board import Board
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine, is_past
from projections.meeting_names import Meeting, meeting_of, meetings
from projections.waiting import Decision, Waiting, waiting


@dataclass(frozen=True, slots=True)
class Pack:
    """What a meeting looks at. `meeting`: None for the next one; `previous`: None for the first.

    `live` are the open items by heading; `done` ended since the previous meeting; `asked` have a
    request for more time, and `given` got more time since; `outstanding` are open past their date;
    `decisions` wait for somebody.
    """

    meeting: Meeting | None
    previous: Meeting | None
    moment: Moment
    board: Board
    live: tuple[tuple[str, tuple[BoardLine, ...]], ...]
    done: tuple[BoardLine, ...]
    asked: tuple[Waiting, ...]
    given: tuple[BoardLine, ...]
    outstanding: tuple[BoardLine, ...]
    decisions: tuple[Waiting, ...]

    @property
    def on(self) -> dt.date:
        """Return the day as of which it is made."""
        return self.moment.on

    @property
    def open_items(self) -> int:
        """Return how many items are open."""
        return sum(len(lines) for _, lines in self.live)


def pack_of(visit: Visit, ref: str) -> Pack:
    """Return the pack of a meeting as its papers had it. Raises `NothingHere`."""
    row = visit.view.get("meetings", ref)
    if row is None or row["status"] != "held":
        raise NothingHere
    meeting = meeting_of(ref, row)
    moment = moment_of(visit.partnership, quoted(ref), "meeting")
    if visit.moment.position < moment.position:
        moment = visit.moment
    previous = _before(visit, meeting.subgroup, meeting)
    return _pack(visit, meeting, previous, meeting.subgroup, seen(visit, moment))


def next_pack(visit: Visit, subgroup: str | None) -> Pack:
    """Return the pack of the meeting that comes next, of the board or a subgroup, as it stands.

    Raises `NothingCalled` for a subgroup that there is not.
    """
    previous = _before(visit, subgroup, None)
    return _pack(visit, None, previous, subgroup, seen(visit, visit.moment))


def subgroup_named(visit: Visit, words: str) -> str | None:
    """Return the subgroup of which the next meeting is asked for, if any. Raises `NothingHere`."""
    if not words:
        return None
    try:
        ref = read_ref(words)
    except UnknownReference as problem:
        raise NothingHere from problem
    if category_of(ref) != "subgroup" or ref not in visit.names.directory:
        raise NothingHere
    return ref


def held_by(visit: Visit, subgroup: str | None) -> tuple[Meeting, ...]:
    """Return the meetings of the whole board, or of a subgroup, by their day."""
    return tuple(one for one in meetings(visit.view) if one.subgroup == subgroup)


def _before(visit: Visit, subgroup: str | None, meeting: Meeting | None) -> Meeting | None:
    """Return the last meeting of the same people before one, or before the moment of the visit."""
    found = held_by(visit, subgroup)
    if meeting is not None:
        place = (meeting.held_on, order_of(meeting.ref))
        found = tuple(one for one in found if (one.held_on, order_of(one.ref)) < place)
    return found[-1] if found else None


def _pack(
    visit: Visit,
    meeting: Meeting | None,
    previous: Meeting | None,
    subgroup: str | None,
    moment: Moment,
) -> Pack:
    partnership = visit.partnership
    filters = BoardFilter(subgroup=quoted(subgroup) if subgroup else None)
    after = _board(visit, moment, filters)
    before = _earlier(visit, previous, filters)
    there = {line.ref for line in after.lines}
    live = [line for line in after.lines if not line.ended]
    waits = [
        one for one in waiting(moment.view, moment.on, partnership.calendar) if one.ref in there
    ]
    return Pack(
        meeting,
        previous,
        moment,
        after,
        tuple((heading, tuple(some)) for heading, some in groupby(live, heading_of)),
        _done(before, after.lines),
        tuple(one for one in waits if one.decision is Decision.MORE_TIME),
        _given(before, after.lines),
        tuple(line for line in live if is_past(line, moment.on, partnership.calendar)),
        tuple(one for one in waits if one.decision is not Decision.MORE_TIME),
    )


def _board(visit: Visit, moment: Moment, filters: BoardFilter) -> Board:
    if moment.is_now and moment.true_on is None:
        return visit.board(filters)
    return board_at(visit.partnership, moment, filters)


def _earlier(visit: Visit, previous: Meeting | None, filters: BoardFilter) -> dict[str, BoardLine]:
    """Return the lines of the board that the previous meeting had, by reference."""
    if previous is None:
        return {}
    moment = seen(visit, moment_of(visit.partnership, quoted(previous.ref), "meeting"))
    lines = board_before(moment, filters, visit.partnership).lines
    return {line.ref: line for line in lines}


def _done(before: dict[str, BoardLine], lines: Sequence[BoardLine]) -> tuple[BoardLine, ...]:
    return tuple(
        line for line in lines if line.ended and not (line.ref in before and before[line.ref].ended)
    )


def _given(before: dict[str, BoardLine], lines: Sequence[BoardLine]) -> tuple[BoardLine, ...]:
    """Return the items that were given more time since the previous meeting."""
    return tuple(
        line
        for line in lines
        if line.extensions > (before[line.ref].extensions if line.ref in before else 0)
    )
