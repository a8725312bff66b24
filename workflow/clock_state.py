"""What decisions need to know of the clocks of an audit, and how each event changes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from events.audit_clock import AuditClockMet, AuditClockStarted, AuditClockStopped

ClockEvent: TypeAlias = AuditClockStarted | AuditClockMet | AuditClockStopped


class ClockStatus(StrEnum):
    """Whether a clock runs, or how it ended."""

    RUNNING = "running"
    MET = "met"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StartedClock:
    """A clock that was started for an audit; `ref` is `audit-3/clock-1`."""

    ref: str
    name: str
    started_on: dt.date
    due_on: dt.date
    status: ClockStatus = ClockStatus.RUNNING


def clock_ref(audit: str, number: int) -> str:
    """Return the reference of a clock: number 1 of `audit-3` is `audit-3/clock-1`."""
    return f"{audit}/clock-{number}"


def evolve_clocks(
    audit: str, clocks: tuple[StartedClock, ...], event: ClockEvent
) -> tuple[StartedClock, ...]:
    """Return an audit's clocks after an event about one of them; clock 1 stands first."""
    match event:
        case AuditClockStarted():
            ref = clock_ref(audit, event.clock)
            return (*clocks, StartedClock(ref, event.name, event.started_on, event.due_on))
        case AuditClockMet():
            return _with_status(clocks, event.clock, ClockStatus.MET)
        case AuditClockStopped():
            return _with_status(clocks, event.clock, ClockStatus.STOPPED)


def _with_status(
    clocks: tuple[StartedClock, ...], number: int, status: ClockStatus
) -> tuple[StartedClock, ...]:
    at = number - 1
    return (*clocks[:at], replace(clocks[at], status=status), *clocks[at + 1 :])
