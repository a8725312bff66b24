"""What needs somebody: the items of their roles, decisions that wait for them, and what slips."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from interfaces.erasures_waiting import WaitingErasure, waiting_erasures
from interfaces.web.files.attaching import bounds_of
from interfaces.web.forms import FormField
from interfaces.web.offering.reports import Way, ways_on
from interfaces.web.seeing.seen import OVERSEERS, SCRUTINEERS, capacities_of
from interfaces.web.seeing.sight import seen_by
from interfaces.web.visit import Visit
from notifications.unsent import Unsent, unsent
from projections.board import board
from projections.board_lines import BoardLine, is_past
from projections.civil_days import civil_day
from projections.differences import Difference, differences
from projections.meeting_names import Meeting, meetings
from projections.questions import silent
from projections.waiting import Decision, Waiting, waiting

SOON_WORKING_DAYS: Final = 20
"""What is due within so many working days stands on the first page."""

SILENT_WORKING_DAYS: Final = 60
"""After so many working days without a word an item counts as silent."""

CARDS_AT_MOST: Final = 12
"""So many items have a form in place; of more the others follow as lines."""

_CLAIMS: Final = frozenset({Decision.CONFIRMATION, Decision.VERIFICATION})
"""What waits because somebody reported it done: its lead has nothing more to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """An item with its form in place.

    `version` is the last change of its stream. `ways` are what its lead may report of it now, each
    with the fields of its form; `can_note`: a note on how it goes is one of them, and stands apart.
    """

    line: BoardLine
    version: int
    can_note: bool
    ways: tuple[tuple[Way, tuple[FormField, ...]], ...]


@dataclass(frozen=True, slots=True)
class Since:
    """From when on things are news: from the last visit, the last meeting, or for a month."""

    on: dt.date
    position: int
    visited_at: dt.datetime | None = None
    meeting: Meeting | None = None

    @property
    def name(self) -> str:
        """Return how an address says it."""
        return "visit" if self.visited_at else "meeting" if self.meeting else "month"


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed on the board since then; `others`: since when one could ask instead."""

    since: Since
    others: tuple[Since, ...]
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Overseen:
    """What whoever sees to the whole looks after. `undecided`: what waits for somebody else."""

    slipping: tuple[BoardLine, ...]
    silent: tuple[BoardLine, ...]
    unassigned: tuple[BoardLine, ...]
    undeliverable: tuple[Unsent, ...]
    undecided: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for one person on a day.

    `overdue` and `soon` are open items of their roles, the most urgent with their forms; `later`
    are the others, and `reported` those that are reported done and wait for somebody else.
    `decisions` are what they may decide. `overseen` is None for whoever does not see to the whole,
    `moved` for whoever is no scrutineer. `is_new`: nothing is followed yet. `erasures` are those to
    which they may agree, and for whoever sees to the whole also those that wait for others.
    """

    overdue: tuple[Card, ...]
    soon: tuple[Card, ...]
    crowded_out: tuple[BoardLine, ...]
    later: tuple[BoardLine, ...]
    reported: tuple[Waiting, ...]
    decisions: tuple[Waiting, ...]
    overseen: Overseen | None
    moved: Moved | None
    is_new: bool
    erasures: tuple[WaitingErasure, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether nothing at all waits."""
        return not (self.overdue or self.soon or self.decisions or self.erasures)


def needs_of(visit: Visit, since: str = "") -> Needs:
    """Return what waits for who is signed in, as it stands today.

    `since`: from when a scrutineer wants to know what moved, as `Since.name`; else the last visit.
    """
    today, calendar = visit.partnership.today, visit.partnership.calendar
    every = visit.board_now().lines
    lines = [line for line in every if not line.ended]
    undecided = tuple(waiting(visit.now, today, calendar))
    led = sorted(_led_by(visit, lines), key=lambda line: (line.next_due or dt.date.max, line.ref))
    claims = {one.ref: one for one in undecided if one.decision in _CLAIMS}
    mine = [line for line in led if line.ref not in claims]
    near = calendar.add(today, SOON_WORKING_DAYS)
    urgent = [line for line in mine if line.next_due and line.next_due <= near]
    cards = [_card(visit, line) for line in urgent[:CARDS_AT_MOST]]
    sees = capacities_of(visit)
    return Needs(
        tuple(card for card in cards if is_past(card.line, today, calendar)),
        tuple(card for card in cards if not is_past(card.line, today, calendar)),
        tuple(urgent[CARDS_AT_MOST:]),
        tuple(line for line in mine if line.next_due is None or line.next_due > near),
        tuple(
            claims[line.ref]
            for line in led
            if line.ref in claims and not _decides(visit, claims[line.ref])
        ),
        tuple(one for one in undecided if _decides(visit, one)),
        _overseen(lines, undecided, visit) if sees & OVERSEERS else None,
        _moved(visit, since) if sees & SCRUTINEERS else None,
        not every,
        tuple(
            one
            for one in waiting_erasures(visit.partnership)
            if sees & OVERSEERS or visit.person in one.may_agree
        ),
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
    ways = ways_on(line.ref, visit.now, visit.circumstances, at_home=True)
    bounds = bounds_of(visit)
    forms = tuple(
        (way, way.fields(visit.names, bounds, None, {})) for way in ways if way.name != "note"
    )
    can_note = any(way.name == "note" for way in ways)
    return Card(line, events[-1].version if events else 0, can_note, forms)


def _decides(visit: Visit, one: Waiting) -> bool:
    return visit.person in {person.ref for person in one.may_decide}


def _overseen(lines: list[BoardLine], undecided: tuple[Waiting, ...], visit: Visit) -> Overseen:
    today, calendar = visit.partnership.today, visit.partnership.calendar
    silent_since = calendar.add(today, -SILENT_WORKING_DAYS)
    # What was never reported on is silent since it began.
    quiet = {one.ref for one in silent(visit.now, today, (today - silent_since).days + 1)}
    return Overseen(
        tuple(line for line in lines if is_past(line, today, calendar)),
        tuple(line for line in lines if line.quoted in quiet and not line.awaits_impact),
        tuple(line for line in lines if not any(lead.holders for lead in line.leads)),
        unsent(visit.partnership.log, today, calendar),
        tuple(one for one in undecided if not _decides(visit, one)),
    )


def _moved(visit: Visit, wanted: str) -> Moved:
    partnership = visit.partnership
    found = [one for one in (_last_visit(visit), _last_meeting(visit)) if one is not None]
    if not found:
        month_ago = partnership.calendar.add(partnership.today, -SOON_WORKING_DAYS)
        found = [Since(month_ago, partnership.position_at_end_of(month_ago))]
    since = next((one for one in found if one.name == wanted), found[0])
    then = seen_by(partnership.view_at(since.position), visit.circumstances)
    cadence_days = partnership.settings.board.cadence_days
    before = board(then, since.on, partnership.calendar, cadence_days=cadence_days)
    others = tuple(one for one in found if one is not since)
    return Moved(since, others, differences(before, visit.board_now()))


def _last_visit(visit: Visit) -> Since | None:
    partnership = visit.partnership
    visited_at = visit.house.sessions.last_visit(visit.person, partnership.clock())
    if visited_at is None:
        return None
    return Since(civil_day(visited_at), partnership.log.position_at(visited_at), visited_at)


def _last_meeting(visit: Visit) -> Since | None:
    partnership = visit.partnership
    before_today = [one for one in meetings(visit.now) if one.held_on < partnership.today]
    if not before_today:
        return None
    last = before_today[-1]
    return Since(last.held_on, partnership.position_at_end_of(last.held_on), meeting=last)
