"""What needs somebody: the items of their roles, decisions that wait for them, and what slips."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from events.directory import Office
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine
from projections.waiting import Waiting, waiting
from workflow.circumstances import Known
from workflow.permission_table import Capacity

SOON_WORKING_DAYS: Final = 20
"""What is due within so many working days stands on the first page."""

SILENT_WORKING_DAYS: Final = 60
"""After so many working days without a word an item counts as silent."""

_SEE_ALL: Final = frozenset({Office.BUSINESS_MANAGER, Office.SCRUTINEER})


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for one person on a day.

    `overdue`, `soon` and `later` are open items of their roles; `decisions` are what they may
    decide. `oversees`: they see to the whole, and `slipping`, `silent` and `unassigned` are theirs.
    """

    overdue: tuple[BoardLine, ...]
    soon: tuple[BoardLine, ...]
    later: tuple[BoardLine, ...]
    decisions: tuple[Waiting, ...]
    oversees: bool
    slipping: tuple[BoardLine, ...] = ()
    silent: tuple[BoardLine, ...] = ()
    unassigned: tuple[BoardLine, ...] = ()

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
    decisions = tuple(
        one
        for one in waiting(visit.now, today, calendar)
        if visit.person in {person.ref for person in one.may_decide}
    )
    oversees = _oversees(visit.circumstances.known, visit.person, today)
    needs = Needs(
        tuple(line for line in mine if line.due and line.due < today),
        tuple(line for line in mine if line.due and today <= line.due <= near),
        tuple(line for line in mine if line.due is None or line.due > near),
        decisions,
        oversees,
    )
    return _overseen(needs, lines, visit) if oversees else needs


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


def _overseen(needs: Needs, lines: list[BoardLine], visit: Visit) -> Needs:
    today, calendar = visit.partnership.today, visit.partnership.calendar
    silent_since = calendar.add(today, -SILENT_WORKING_DAYS)
    return Needs(
        needs.overdue,
        needs.soon,
        needs.later,
        needs.decisions,
        needs.oversees,
        tuple(line for line in lines if line.due and line.due < today),
        tuple(
            line
            for line in lines
            if line.last_update_on is None or line.last_update_on < silent_since
        ),
        tuple(line for line in lines if not any(lead.holders for lead in line.leads)),
    )


def _oversees(known: Known, person: str, today: dt.date) -> bool:
    offices = {role.office for role in known.roles_of(person, today)}
    granted = {grant.access for grant in known.grants_of(person) if grant.subgroup is None}
    managing = {Capacity.BUSINESS_MANAGER.value, Capacity.SCRUTINEER.value}
    return bool(offices & _SEE_ALL) or bool({one.value for one in granted} & managing)
