"""Audits of the small partnership: clocks that run, and days on which to audit again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from events.audit import AuditClosed, AuditKind, AuditPlanned
from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    AuditFollowedUp,
    Authority,
    StartEvent,
    Unit,
)
from events.catalogue import Event
from events.values import TargetDate
from tests.notifications.simulation.state import State, Watch


class Tells(Protocol):
    """Appends events; returns the civil day on which they were recorded."""

    def __call__(self, stream: str, *events: Event) -> dt.date: ...


def run_a_clock(
    state: State, tell: Tells, leads: tuple[str, ...], subgroups: tuple[str, ...], due: dt.date
) -> tuple[str, Watch]:
    """Plan an audit for which a clock runs."""
    audit = _next(state)
    ref = f"{audit}/clock-1"
    tell(audit, _planned(leads, subgroups), _started(due))
    return ref, Watch(leads, subgroups, due, is_clock=True)


def close_with_a_re_audit(
    state: State,
    tell: Tells,
    leads: tuple[str, ...],
    subgroups: tuple[str, ...],
    target: TargetDate,
) -> tuple[str, Watch]:
    """Close an audit that is to be looked at again."""
    assert target.due is not None
    audit = _next(state)
    tell(audit, _planned(leads, subgroups), AuditClosed(re_audit=target))
    return audit, Watch(leads, subgroups, target.due, is_clock=False)


def finish(state: State, tell: Tells, ref: str, day: dt.date, choose: Callable[[], bool]) -> Watch:
    """Do what was to be done, or say that it is not."""
    audit = ref.partition("/")[0]
    watch = state.watches[ref]
    if not watch.is_clock:
        tell(audit, AuditFollowedUp(note="It was looked at"))
    elif choose():
        tell(audit, AuditClockMet(clock=1, met_on=day))
    else:
        tell(audit, AuditClockStopped(clock=1, reason="Not to be done"))
    return replace(watch, is_over=True)


def _next(state: State) -> str:
    return f"audit-{len(state.watches) + 1}"


def _planned(leads: tuple[str, ...], subgroups: tuple[str, ...]) -> AuditPlanned:
    return AuditPlanned(
        kind=AuditKind.AUDIT,
        title="Audit",
        lead_role=leads[0] if leads else None,
        subgroup=subgroups[0] if subgroups else None,
    )


def _started(due: dt.date) -> AuditClockStarted:
    return AuditClockStarted(
        clock=1,
        name="minutes_sent",
        title="Send the minutes",
        starts_on=StartEvent.DAY_AGREED,
        started_on=due - dt.timedelta(days=30),
        length=30,
        unit=Unit.WORKING_DAYS,
        authority=Authority.LOCAL,
        source="Agreed",
        due_on=due,
        calendar="of tests",
    )
