"""Decisions about who holds a role, who stands in, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.directory import (
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    Office,
    RoleRetired,
)
from events.refs import quoted
from workflow.circumstances import Circumstances, Tenure
from workflow.civil_dates import format_date
from workflow.directory_standing import Standing, require_begun, require_standing
from workflow.last_manager import require_manager_after, require_manager_beyond
from workflow.refusals import Incomplete, NotAllowed
from workflow.role_commands import (
    AppointHolder,
    ArrangeCover,
    EndCover,
    RetireRole,
    StandDownHolder,
)
from workflow.role_state import Cover, RoleEvent, RoleState
from workflow.role_tenures import (
    can_end_on,
    describe_time,
    overlapping,
    require_order,
    tenure_ending,
)

JUDGING_OFFICES: Final = frozenset({Office.DELEGATED_PARTNER, Office.EXECUTIVE, Office.SCRUTINEER})
"""Offices that judge the work of others: nobody lifts themselves into one."""

PERHAPS_ANOTHER: Final = "Appoint to the role that took its place instead."


def appoint(
    command: AppointHolder, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    """Appoint a holder. Several people may hold a role at once, as partners do together."""
    require_standing(state.ref, state.standing, what="appoint to it", mend=PERHAPS_ANOTHER)
    require_order(command.from_on, command.last_day_on)
    asked = Tenure(command.person, command.from_on, command.last_day_on)
    if asked in state.tenures:
        return []
    circumstances.require_current(command.person, field="person")
    require_not_lifting_oneself(state.office, command.person, state, circumstances)
    _require_free(asked, state.tenures, f"holds {quoted(state.ref)}")
    if state.office is Office.BUSINESS_MANAGER and command.last_day_on is not None:
        require_manager_beyond(command.last_day_on, circumstances)
    return [
        HolderAppointed(
            person=command.person, from_on=command.from_on, last_day_on=command.last_day_on
        )
    ]


def stand_down(
    command: StandDownHolder, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    """Settle a last day; a retired role's too, since history may still need mending."""
    require_begun(state.ref, state.standing)
    ended = tenure_ending(state.tenures, command.person, command.last_day_on)
    if ended is None:
        raise Incomplete("person", _not_held(command, state))
    if ended.last_day_on == command.last_day_on:
        return []
    events: list[RoleEvent] = [
        HolderStoodDown(
            person=command.person, last_day_on=command.last_day_on, reason=command.reason
        )
    ]
    _require_manager_after(state, events, circumstances, command.last_day_on)
    return events


def arrange_cover(
    command: ArrangeCover, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    """Arrange cover by somebody who does not hold the role meanwhile."""
    require_standing(state.ref, state.standing, what="arrange cover for it", mend=PERHAPS_ANOTHER)
    require_order(command.from_on, command.last_day_on)
    asked = Tenure(command.person, command.from_on, command.last_day_on)
    covers = tuple(cover.time for cover in state.covers)
    if asked in covers:
        return []
    circumstances.require_current(command.person, field="person")
    require_not_lifting_oneself(state.office, command.person, state, circumstances)
    _require_free(asked, state.tenures, f"holds {quoted(state.ref)}")
    _require_free(asked, covers, f"covers {quoted(state.ref)}")
    return [
        CoverArranged(
            number=state.last_cover + 1,
            person=command.person,
            from_on=command.from_on,
            last_day_on=command.last_day_on,
            reason=command.reason,
        )
    ]


def end_cover(command: EndCover, state: RoleState, circumstances: Circumstances) -> list[RoleEvent]:
    """End a cover on one of its days, or before it began."""
    require_begun(state.ref, state.standing)
    cover = _cover(command.number, state)
    if not can_end_on(cover.time, command.last_day_on):
        message = (
            f"Cover {cover.number} of {quoted(state.ref)} was arranged for"
            f" {describe_time(cover.time)}. It can end on one of those days, or be taken back"
            " with the day before the first; for a later end, arrange another cover."
        )
        raise Incomplete("last_day_on", message)
    if cover.time.last_day_on == command.last_day_on:
        return []
    events: list[RoleEvent] = [CoverEnded(number=cover.number, last_day_on=command.last_day_on)]
    _require_manager_after(state, events, circumstances, command.last_day_on)
    return events


def retire(command: RetireRole, state: RoleState, circumstances: Circumstances) -> list[RoleEvent]:
    """Retire a role: its holders stand down and its covers end on the day it ceases to be."""
    require_begun(state.ref, state.standing)
    if state.standing is Standing.ENDED:
        return []
    day = command.effective_on or circumstances.today
    ends: list[RoleEvent] = [
        HolderStoodDown(person=time.person, last_day_on=max(day, _day_before(time)))
        for time in state.tenures
        if time.last_day_on is None or time.last_day_on > day
    ]
    ends += [
        CoverEnded(number=cover.number, last_day_on=max(day, _day_before(cover.time)))
        for cover in state.covers
        if cover.time.last_day_on is None or cover.time.last_day_on > day
    ]
    events = [*ends, RoleRetired(reason=command.reason)]
    require_manager_after(state, events, circumstances, last_day_on=day, field="role")
    return events


def require_not_lifting_oneself(
    office: Office, person: str, state: RoleState, circumstances: Circumstances
) -> None:
    """Check that nobody lifts themselves into an office that judges. Raises `NotAllowed`."""
    if office in JUDGING_OFFICES and person == circumstances.actor:
        words = office.value.replace("_", " ")
        what = f"make themselves {words} through {quoted(state.ref)}"
        raise NotAllowed(quoted(person), what, "another business manager")


def _require_manager_after(
    state: RoleState,
    events: list[RoleEvent],
    circumstances: Circumstances,
    last_day_on: dt.date,
) -> None:
    require_manager_after(
        state, events, circumstances, last_day_on=last_day_on, field="last_day_on"
    )


def _require_free(asked: Tenure, times: tuple[Tenure, ...], does: str) -> None:
    other = overlapping(asked, times)
    if other is not None:
        message = (
            f"{quoted(asked.person)} {does} already, {describe_time(other)}, and the two times"
            " have a day in common. Choose days outside it, or settle its last day first."
        )
        raise Incomplete("from_on", message)


def _not_held(command: StandDownHolder, state: RoleState) -> str:
    held = [describe_time(time) for time in state.tenures if time.person == command.person]
    known = f"They held it {', and '.join(held)}." if held else "They never held it."
    return (
        f"{quoted(command.person)} does not hold {quoted(state.ref)} on"
        f" {format_date(command.last_day_on)}, so that cannot be their last day. {known}"
    )


def _cover(number: int, state: RoleState) -> Cover:
    found = next((cover for cover in state.covers if cover.number == number), None)
    if found is None:
        numbers = ", ".join(str(cover.number) for cover in state.covers) or "none"
        message = f"{quoted(state.ref)} has no cover {number}. Its covers are: {numbers}."
        raise Incomplete("number", message)
    return found


def _day_before(time: Tenure) -> dt.date:
    return time.from_on - dt.timedelta(days=1)
