"""Facts about the clocks that run for an audit, and about the look that follows a closed one.

Everything that a clock rests on stands in the event that started it, so a later change of the
configuration changes no clock that runs.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from events.catalogue import Event, Text, event_type
from events.refs import AuditRef

ClockNumber = Annotated[int, Field(ge=1)]
ClockName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""The key of a clock in the configuration."""


class Authority(StrEnum):
    """Who sets the period of a clock.

    `statutory`: the period itself stands in an Act or in regulations. `guidance`: it stands in
    guidance, be it statutory guidance, whatever the duty rests on. `local`: the partnership set it
    for itself.
    """

    STATUTORY = "statutory"
    GUIDANCE = "guidance"
    LOCAL = "local"


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAYS = "working_days"
    MONTHS = "months"


class StartEvent(StrEnum):
    """What can start a clock; a partnership may choose another for each."""

    INCIDENT_BECAME_KNOWN = "incident_became_known"
    INCIDENT_NOTIFIED = "incident_notified"
    REVIEW_DECIDED = "review_decided"
    INSPECTION_REPORT_RECEIVED = "inspection_report_received"
    DAY_AGREED = "day_agreed"


@event_type("audit.clock_started", own_day="started_on")
class AuditClockStarted(Event):
    """A clock began to run, numbered within its audit: the last day in time is `due_on`.

    `started_on` is the civil day of the event of the kind `starts_on`, and day 0 of `length`.
    `source` is the document that sets the period, `calendar` the version of the table of bank
    holidays by which working days were counted.
    """

    clock: ClockNumber
    name: ClockName
    title: Text
    starts_on: StartEvent
    started_on: dt.date
    length: Annotated[int, Field(ge=1)]
    unit: Unit
    authority: Authority
    source: Text
    due_on: dt.date
    calendar: Annotated[str, StringConstraints(max_length=80)]


@event_type("audit.clock_met", own_day="met_on")
class AuditClockMet(Event):
    """What a clock runs for was done on a civil day, in time or late."""

    clock: ClockNumber
    met_on: dt.date


@event_type("audit.clock_stopped")
class AuditClockStopped(Event):
    """A clock was stopped: what it ran for is not to be done."""

    clock: ClockNumber
    reason: Text


@event_type("audit.followed_up")
class AuditFollowedUp(Event):
    """A closed audit was audited again, or its impact looked at; `audit` is the one that did it."""

    note: Text
    audit: AuditRef | None = None
