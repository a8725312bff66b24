"""What one visitor sees of other moments than the one that the page shows, and of the whole."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from events.directory import Office
from interfaces.moments import Moment
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.seeing.sight import seen_by
from interfaces.web.visit import Visit
from workflow.permission_table import Capacity
from workflow.permissions import SubjectFacts, may_read

SCRUTINEERS: Final = frozenset({Office.SCRUTINEER.value, Capacity.SCRUTINEER.value})
OVERSEERS: Final = SCRUTINEERS | {Office.BUSINESS_MANAGER.value, Capacity.BUSINESS_MANAGER.value}
"""Offices, and permissions over the whole, of those who see to it."""


def seen(visit: Visit, moment: Moment) -> Moment:
    """Return a moment without what is not the visitor's to read."""
    return replace(moment, view=seen_by(moment.view, visit.circumstances))


def sees_all(visit: Visit) -> bool:
    """Tell whether the visitor reads everything of the partnership today."""
    return may_read(SubjectFacts(), visit.circumstances)


def for_whom(visit: Visit) -> Hashable:
    """Return what it depends on, besides the moment, which part of the record a visitor sees.

    None for all who see everything. Else who asks, the day, and the directory with what everybody
    may do: whenever that changes, nothing that was kept before is theirs any more.
    """
    if sees_all(visit):
        return None
    return visit.person, visit.circumstances.today, visit.directory_digest


def capacities_of(visit: Visit) -> set[str]:
    """Return the offices that the visitor holds today, and their permissions over the whole."""
    known = visit.circumstances.known
    offices = {role.office.value for role in known.roles_of(visit.person, visit.partnership.today)}
    grants = known.grants_of(visit.person)
    whole = (grant for grant in grants if not (grant.subgroup or grant.agency))
    return offices | {grant.access.value for grant in whole}


def oversees(visit: Visit) -> bool:
    """Tell whether the visitor sees to the whole: the business manager, and the scrutineer."""
    return bool(capacities_of(visit) & OVERSEERS)


def require_overseer(visit: Visit) -> None:
    """Check that the visitor sees to the whole. Raises `NothingHere`."""
    if not oversees(visit):
        raise NothingHere
