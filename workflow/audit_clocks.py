"""When a clock of an audit starts, is met, or stops.

A clock runs whatever the stage of its audit: setting an audit aside, closing it or giving it up
stops no period that the law or guidance set.
"""

from __future__ import annotations

import datetime as dt

from events.audit import AuditStage
from events.audit_clock import AuditClockMet, AuditClockStarted, AuditClockStopped
from events.refs import quoted
from workflow.audit_state import OVER, AuditState, require_stage
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.clock_commands import ClockCommand, MeetClock, StartClock, StopClock
from workflow.clock_state import ClockEvent, ClockStatus, StartedClock, clock_ref
from workflow.clocks import Clock
from workflow.refusals import Incomplete, NotFound, NotNow
from workflow.working_days import OutsideCalendar

_NOT_OVER = frozenset(AuditStage) - OVER


def decide_clock(
    command: ClockCommand, state: AuditState, circumstances: Circumstances
) -> list[ClockEvent]:
    """Return what follows from a command about a clock of a planned audit. Raises a `Refusal`."""
    match command:
        case StartClock():
            return [_start(command, state, circumstances)]
        case MeetClock():
            clock = _running(state, command.number, "say that it was met")
            met_on = command.effective_on or circumstances.today
            if met_on < clock.started_on:
                began = format_date(clock.started_on)
                message = f"{quoted(clock.ref)} began on {began}. Name that day or a later one."
                raise Incomplete("effective_on", message)
            return [AuditClockMet(clock=command.number, met_on=met_on)]
        case StopClock():
            _running(state, command.number, "stop it")
            return [AuditClockStopped(clock=command.number, reason=command.reason)]


def _start(
    command: StartClock, state: AuditState, circumstances: Circumstances
) -> AuditClockStarted:
    mend = "Start it for the audit or review that goes on."
    require_stage(state, _NOT_OVER, what="start a clock for it", mend=mend)
    chosen = _called(command.clock, circumstances)
    for clock in state.clocks:
        if clock.name == chosen.name and clock.status is ClockStatus.RUNNING:
            mend = "Stop it first if it was started from the wrong day."
            raise NotNow(clock.ref, f"start '{chosen.name}' again", clock.status, mend)
    if command.started_on > circumstances.today:
        message = "A clock starts on the day of what has happened, which cannot lie in the future."
        raise Incomplete("started_on", message)
    return AuditClockStarted(
        clock=len(state.clocks) + 1,
        name=chosen.name,
        title=chosen.title,
        starts_on=chosen.starts_on,
        started_on=command.started_on,
        length=chosen.length,
        unit=chosen.unit,
        authority=chosen.authority,
        source=chosen.source,
        due_on=_due(chosen, command, circumstances),
        calendar=circumstances.calendar.version,
    )


def _called(name: str, circumstances: Circumstances) -> Clock:
    for clock in circumstances.clocks:
        if clock.name == name:
            return clock
    known = ", ".join(clock.name for clock in circumstances.clocks)
    message = (
        f"There is no clock '{name}'. There are {known}; a [[clocks]] in config.toml adds one."
    )
    raise Incomplete("clock", message)


def _due(chosen: Clock, command: StartClock, circumstances: Circumstances) -> dt.date:
    try:
        return chosen.due(command.started_on, circumstances.calendar)
    except OutsideCalendar as problem:
        raise Incomplete("started_on", str(problem)) from problem


def _running(state: AuditState, number: int, what: str) -> StartedClock:
    if number > len(state.clocks):
        raise NotFound(clock_ref(state.ref, number), field="clock")
    clock = state.clocks[number - 1]
    if clock.status is not ClockStatus.RUNNING:
        raise NotNow(clock.ref, what, clock.status, "Its history tells how it ended.")
    return clock
