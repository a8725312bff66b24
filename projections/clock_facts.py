"""What is known of a clock that was started for an audit, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from events.audit_clock import Authority, StartEvent, Unit
from projections.projection import Row
from projections.sentences_of_clocks import AUTHORITIES, STARTS, period
from workflow.civil_dates import format_date
from workflow.clock_state import ClockStatus


def summary_of_clock(clock: Row) -> str:
    """Say in one sentence what a clock runs for, by when, and how it stands."""
    return f"{clock['title']}, by {_day(clock['due_on'])}; {status_of_clock(clock)}"


def status_of_clock(clock: Row) -> str:
    """Say whether a clock runs, or when and how it ended; what was met late is called late."""
    match ClockStatus(clock["status"]):
        case ClockStatus.RUNNING:
            return "running"
        case ClockStatus.MET:
            late = " late" if clock["ended_on"] > clock["due_on"] else ""
            return f"met{late} on {_day(clock['ended_on'])}"
        case ClockStatus.STOPPED:
            return f"stopped on {_day(clock['ended_on'])}"


def facts_of_clock(clock: Row) -> Iterator[tuple[str, str]]:
    """Yield everything that a clock rests on, each with a label."""
    yield "Runs out on", _day(clock["due_on"])
    yield "Started on", f"{_day(clock['started_on'])}, when {_start(clock)}"
    yield "Period", period(clock["length"], Unit(clock["unit"]))
    yield "Authority", AUTHORITIES[Authority(clock["authority"])]
    yield "Source", clock["source"]
    yield "How it stands", status_of_clock(clock)
    if clock["reason"]:
        yield "Why it was stopped", clock["reason"]
    yield "Bank holidays", clock["calendar"]


def _start(clock: Row) -> str:
    return STARTS[StartEvent(clock["starts_on"])]


def _day(written: str) -> str:
    return format_date(dt.date.fromisoformat(written))
