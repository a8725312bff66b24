"""The partnership never loses its last business manager: nobody could appoint another.

What somebody gives up is judged on the day after it ends, or tomorrow if that is later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from events.directory import Access, Office
from workflow.circumstances import Circumstances, Grant
from workflow.civil_dates import format_date
from workflow.refusals import Incomplete
from workflow.role_state import RoleEvent, RoleState, evolve

OVER_THE_WHOLE: Final = Grant(Access.BUSINESS_MANAGER)
"""The permission that makes somebody a business manager without a role."""

_ONE_DAY: Final = dt.timedelta(days=1)


def require_manager_without(
    person: str, circumstances: Circumstances, *, last_day_on: dt.date, field: str
) -> None:
    """Check that somebody manages the whole once a person is gone. Raises `Incomplete`."""
    day = _day_after(last_day_on, circumstances)
    managers = circumstances.known.managers_on(day)
    if managers == {person}:
        raise _nobody_left(day, field)


def require_manager_without_grant(person: str, circumstances: Circumstances) -> None:
    """Check that somebody manages the whole without the permission that a person was given."""
    day = _day_after(circumstances.today, circumstances)
    known = circumstances.known
    through_a_role = any(
        role.office is Office.BUSINESS_MANAGER for role in known.roles_of(person, day)
    )
    if known.managers_on(day) == {person} and not through_a_role:
        raise _nobody_left(day, "access")


def require_manager_after(
    state: RoleState,
    events: Sequence[RoleEvent],
    circumstances: Circumstances,
    *,
    last_day_on: dt.date,
    field: str,
) -> None:
    """Check that somebody manages the whole after what happens to a role. Raises `Incomplete`."""
    day = _day_after(last_day_on, circumstances)
    after = state
    for event in events:
        after = evolve(after, event, circumstances.actor)
    losing = _managing(state, day) - _managing(after, day)
    managers = circumstances.known.managers_on(day)
    if losing and managers and managers <= losing:
        stay = (who for who in managers if _manages_beside(state.ref, who, day, circumstances))
        if not any(stay):
            raise _nobody_left(day, field)


def require_manager_beyond(last_day_on: dt.date, circumstances: Circumstances) -> None:
    """Check that somebody manages the whole when an appointment ends. Raises `Incomplete`."""
    day = _day_after(last_day_on, circumstances)
    if not circumstances.known.managers_on(day):
        raise _nobody_left(day, "last_day_on")


def _managing(state: RoleState, day: dt.date) -> frozenset[str]:
    return state.held_by_on(day) if state.office is Office.BUSINESS_MANAGER else frozenset()


def _manages_beside(role: str, person: str, day: dt.date, circumstances: Circumstances) -> bool:
    known = circumstances.known
    return OVER_THE_WHOLE in known.grants_of(person) or any(
        other.office is Office.BUSINESS_MANAGER and other.ref != role
        for other in known.roles_of(person, day)
    )


def _day_after(last_day_on: dt.date, circumstances: Circumstances) -> dt.date:
    return max(last_day_on, circumstances.today) + _ONE_DAY


def _nobody_left(day: dt.date, field: str) -> Incomplete:
    message = (
        f"From {format_date(day)} on, nobody would be business manager for the whole partnership,"
        " and nobody could appoint another. Appoint somebody else to the role first, or give"
        f" somebody that permission by name ('{OVER_THE_WHOLE.access.value}', over everything)."
    )
    return Incomplete(field, message)
