"""Sentences about the clocks of an audit."""

from __future__ import annotations

from typing import Final

from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    Authority,
    StartEvent,
    Unit,
)
from workflow.civil_dates import format_date
from workflow.clock_state import ClockEvent

AUTHORITIES: Final = {
    Authority.STATUTORY: "statutory period",
    Authority.GUIDANCE: "period set by guidance",
    Authority.LOCAL: "period of the partnership's own",
}
"""What the authority of a clock is called; only a period that stands in law is statutory."""

STARTS: Final = {
    StartEvent.INCIDENT_BECAME_KNOWN: "the incident became known",
    StartEvent.INCIDENT_NOTIFIED: "the incident was notified",
    StartEvent.REVIEW_DECIDED: "the review was decided on",
    StartEvent.INSPECTION_REPORT_RECEIVED: "the report of the inspection was received",
    StartEvent.DAY_AGREED: "the day was agreed",
}
"""What the event that starts a clock is called, as after "since"."""


def clock_sentence(event: ClockEvent, clock: str) -> str:
    """Return what an event about a clock says. `clock`: its reference."""
    match event:
        case AuditClockStarted():
            began, due = format_date(event.started_on), format_date(event.due_on)
            return (
                f"started {clock}, {event.name.replace('_', ' ')}, on {began}:"
                f" {period(event.length, event.unit)}, to {due} ({AUTHORITIES[event.authority]})"
            )
        case AuditClockMet():
            return f"met {clock} on {format_date(event.met_on)}"
        case AuditClockStopped():
            return f"stopped {clock}"


def period(length: int, unit: Unit) -> str:
    """Return how long a clock runs, such as "15 working days"."""
    words = unit.value.replace("_", " ")
    return f"1 {words.removesuffix('s')}" if length == 1 else f"{length} {words}"
