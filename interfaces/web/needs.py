"""What needs somebody: the items of their roles, decisions that wait for them, and what slips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from events.directory import Office
from interfaces.moments import moment_of_day
from interfaces.web.reports import Way, ways_on
from interfaces.web.seen import seen
from interfaces.web.visit import Visit
from notifications.unsent import Unsent, unsent
from projections.board import board
from projections.board_lines import BoardLine
from projections.differences import Difference, differences
from projections.meeting_names import Meeting, meetings
from projections.waiting import Waiting, waiting
from workflow.circumstances import Known
from workflow.permission_table import Capacity

SOON_WORKING_DAYS: Final = 20
"""What is due within so many working days stands on the first page."""

SILENT_WORKING_DAYS: Final = 60
"""After so many working days without a word an item counts as silent."""

CARDS_AT_MOST: Final = 12
"""So many items have a form in place; of more the others follow as lines."""

_MANAGER: Final = (Office.BUSINESS_MANAGER.value, Capacity.BUSINESS_MANAGER.value)
_SCRUTINEER: Final = (Office.SCRUTINEER.value, Capacity.SCRUTINEER.value)


@dataclass(frozen=True, slots=True)
class Card:
    """An item with its form in place.

    `version` is the last change of its stream. `ways` are what its lead may report of it now, by
    name.
    """

    line: BoardLine
    version: int
    ways: dict[str, Way]


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed on the board since a day: that of the last meeting, else of a month ago."""

    since: dt.date
    meeting: Meeting | None
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Overseen:
    """What whoever sees to the whole looks after."""

    slipping: tuple[BoardLine, ...]
    silent: tuple[BoardLine, ...]
    unassigned: tuple[BoardLine, ...]
    undeliverable: tuple[Unsent, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for one person on a day.

    `overdue` and `soon` are open items of their roles, the most urgent with their forms; `later`
    are the others. `decisions` are what they may decide. `overseen` is None for whoever does not
    see to the whole, `moved` for whoever is no scrutineer.
    """

    overdue: tuple[Card, ...]
    soon: tuple[Card, ...]
    crowded_out: tuple[BoardLine, ...]
    later: tuple[BoardLine, ...]
    decisions: tuple[Waiting, ...]
    overseen: Overseen | None
    moved: Moved | None

    @property
    def nothing(self) -> bool:
        """Tell whether nothing at all waits."""
        return not (self.overdue or self.soon or self.decisions)


def needs_of(visit: Visit) -> Needs:
    """Return what waits for who is signed in, as it stands today."""
    today, calendar = visit.partnership.today, visit.partnership.calendar
    lines = [line for line in visit.board_now().lines if not line.ended]
    mine = sorted(_led_by(visit, lines), key=lambda line: (line.due or dt.date.max, line.ref))
    near = calendar.add(today, SOON_WORKING_DAYS)
    urgent = [line for line in mine if line.due and line.due <= near]
    cards = [_card(visit, line) for line in urgent[:CARDS_AT_MOST]]
    sees = _sees(visit.circumstances.known, visit.person, today)
    return Needs(
        tuple(card for card in cards if card.line.due and card.line.due < today),
        tuple(card for card in cards if card.line.due and card.line.due >= today),
        tuple(urgent[CARDS_AT_MOST:]),
        tuple(line for line in mine if line.due is None or line.due > near),
        tuple(_decisions(visit)),
        _overseen(lines, visit) if sees & {*_MANAGER, *_SCRUTINEER} else None,
        _moved(visit) if sees & {*_SCRUTINEER} else None,
    )


def lines_led_by(visit: Visit) -> list[BoardLine]:
    """Return every item that somebody leads or chairs today, as it stands."""
    return _led_by(visit, list(visit.board_now().lines))


def _led_by(visit: Visit, lines: list[BoardLine]) -> list[BoardLine]:
    known = visit.circumstances.known
    roles = {role.ref for role in known.roles_of(visit.person, visit.partnership.today)}
    chaired = {
        ref for ref, _ in visit.names.of_kind("subgroup") if known.chair_role_of(ref) in roles
    }
    return [line for line in lines if {lead.ref for lead in line.leads} & (roles | chaired)]


def _card(visit: Visit, line: BoardLine) -> Card:
    events = visit.now.events_of(line.ref)
    ways = {way.name: way for way in ways_on(line.ref, visit.now, visit.circumstances)}
    return Card(line, events[-1].version if events else 0, ways)


def _decisions(visit: Visit) -> Iterator[Waiting]:
    for one in waiting(visit.now, visit.partnership.today, visit.partnership.calendar):
        if visit.person in {person.ref for person in one.may_decide}:
            yield one


def _overseen(lines: list[BoardLine], visit: Visit) -> Overseen:
    today, calendar = visit.partnership.today, visit.partnership.calendar
    silent_since = calendar.add(today, -SILENT_WORKING_DAYS)
    return Overseen(
        tuple(line for line in lines if line.due and line.due < today),
        tuple(
            line
            for line in lines
            if line.last_update_on is None or line.last_update_on < silent_since
        ),
        tuple(line for line in lines if not any(lead.holders for lead in line.leads)),
        unsent(visit.partnership.log, today, calendar),
    )


def _moved(visit: Visit) -> Moved:
    partnership = visit.partnership
    before_today = [one for one in meetings(visit.now) if one.held_on < partnership.today]
    meeting = before_today[-1] if before_today else None
    month_ago = partnership.calendar.add(partnership.today, -SOON_WORKING_DAYS)
    since = meeting.held_on if meeting else month_ago
    then = seen(visit, moment_of_day(partnership, since, "since"))
    cadence_days = partnership.settings.board.cadence_days
    before = board(then.view, since, partnership.calendar, cadence_days=cadence_days)
    return Moved(since, meeting, differences(before, visit.board_now()))


def _sees(known: Known, person: str, today: dt.date) -> set[str]:
    """Return the offices and permissions over the whole that somebody has."""
    offices = {role.office.value for role in known.roles_of(person, today)}
    whole = (grant for grant in known.grants_of(person) if not (grant.subgroup or grant.agency))
    return offices | {grant.access.value for grant in whole}
