from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from events.audit import AuditClosed, AuditKind, AuditPaused, AuditPlanned, MonitoringStarted
from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    AuditFollowedUp,
    Authority,
    StartEvent,
    Unit,
)
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import CALENDAR, TODAY, Case, Scenario
from workflow.audit import DECIDER
from workflow.audit_commands import FollowUpAudit
from workflow.circumstances import Circumstances
from workflow.clock_commands import MeetClock, StartClock, StopClock
from workflow.clocks import RAPID_REVIEW, STANDARD_CLOCKS, Clock
from workflow.refusals import Incomplete, NotFound, NotNow

AU, C1 = "audit-3", "audit-3/clock-1"
PLANNED = Scenario(DECIDER, AU, FakeKnown(standings={"audit-9": "planned"})).given(
    AuditPlanned(kind=AuditKind.RAPID_REVIEW, title="Rapid review")
)
MONDAY = dt.date(2024, 11, 4)
START = StartClock(audit=AU, clock="rapid_review", started_on=MONDAY)


def started(number: int = 1, **changes: object) -> AuditClockStarted:
    """Return what comes of starting the clock of a rapid review."""
    event = AuditClockStarted(
        clock=number,
        name="rapid_review",
        title=RAPID_REVIEW.title,
        starts_on=StartEvent.INCIDENT_NOTIFIED,
        started_on=MONDAY,
        length=15,
        unit=Unit.WORKING_DAYS,
        authority=Authority.GUIDANCE,
        source=RAPID_REVIEW.source,
        due_on=dt.date(2024, 11, 25),
        calendar=CALENDAR.version,
    )
    return event.model_copy(update=changes)


RUNNING = PLANNED.given(started())
MET = RUNNING.given(AuditClockMet(clock=1, met_on=dt.date(2024, 11, 20)))
STOPPED = RUNNING.given(AuditClockStopped(clock=1, reason="Started from the wrong day."))
CLOSED = PLANNED.given(MonitoringStarted(), AuditClosed(no_re_audit_reason="It ends."))
TOMORROW = TODAY + dt.timedelta(days=1)

CASES = [
    Case("a clock starts with everything it rests on", PLANNED, START, then=(started(),)),
    Case(
        "a clock starts while the audit is set aside",
        PLANNED.given(AuditPaused(reason="Inspection")),
        START,
        then=(started(),),
    ),
    Case("a clock that was stopped starts anew", STOPPED, START, then=(started(2),)),
    Case("a clock that runs is not started again", RUNNING, START, refused=NotNow, match="AU3/C1"),
    Case("nothing starts for what is over", CLOSED, START, refused=NotNow, match="goes on"),
    Case(
        "a clock that nobody knows is refused with those there are",
        PLANNED,
        StartClock(audit=AU, clock="tea_time", started_on=MONDAY),
        refused=Incomplete,
        match="There are notify_serious_incident, rapid_review",
    ),
    Case(
        "nothing starts in the future",
        PLANNED,
        StartClock(audit=AU, clock="rapid_review", started_on=TOMORROW),
        refused=Incomplete,
        match="cannot lie in the future",
    ),
    Case(
        "nothing starts before the calendar",
        PLANNED,
        StartClock(audit=AU, clock="rapid_review", started_on=dt.date(1066, 10, 14)),
        refused=Incomplete,
        match="Check the year",
    ),
    Case(
        "a clock is met today",
        RUNNING,
        MeetClock(clock=C1),
        then=(AuditClockMet(clock=1, met_on=TODAY),),
    ),
    Case(
        "a clock was met on an earlier day",
        RUNNING,
        MeetClock(clock=C1, effective_on=dt.date(2024, 11, 20)),
        then=(AuditClockMet(clock=1, met_on=dt.date(2024, 11, 20)),),
    ),
    Case(
        "a clock is not met before it began",
        RUNNING,
        MeetClock(clock=C1, effective_on=dt.date(2024, 11, 1)),
        refused=Incomplete,
        match="began on 4 November 2024",
    ),
    Case("a clock is met once", MET, MeetClock(clock=C1), refused=NotNow, match="AU3/C1 is met"),
    Case("a stopped clock is not met", STOPPED, MeetClock(clock=C1), refused=NotNow),
    Case("an unknown clock is not found", PLANNED, MeetClock(clock=C1), refused=NotFound),
    Case(
        "a clock is stopped for a reason",
        RUNNING,
        StopClock(clock=C1, reason="No review is held."),
        then=(AuditClockStopped(clock=1, reason="No review is held."),),
    ),
    Case("a met clock is not stopped", MET, StopClock(clock=C1, reason="No."), refused=NotNow),
    Case(
        "a closed audit is followed up by another",
        CLOSED,
        FollowUpAudit(audit=AU, note="Better.", by_audit="audit-9"),
        then=(AuditFollowedUp(note="Better.", audit="audit-9"),),
    ),
    Case(
        "a closed audit is followed up without another",
        CLOSED,
        FollowUpAudit(audit=AU, note="Better."),
        then=(AuditFollowedUp(note="Better."),),
    ),
    Case(
        "an audit that goes on is not followed up",
        PLANNED,
        FollowUpAudit(audit=AU, note="Better."),
        refused=NotNow,
        match="when it is closed",
    ),
    Case(
        "an audit is followed up once",
        CLOSED.given(AuditFollowedUp(note="Better.")),
        FollowUpAudit(audit=AU, note="Better still."),
        refused=NotNow,
        match="followed up already",
    ),
    Case(
        "an audit does not follow itself up",
        CLOSED,
        FollowUpAudit(audit=AU, note="Better.", by_audit=AU),
        refused=Incomplete,
        match="cannot follow itself up",
    ),
    Case(
        "an audit is followed up by one that is there",
        CLOSED,
        FollowUpAudit(audit=AU, note="Better.", by_audit="audit-99"),
        refused=NotFound,
        match="AU99",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_clocks(case: Case) -> None:
    case.check()


def test_a_command_about_a_clock_belongs_to_the_audit() -> None:
    command = MeetClock(clock=C1)
    assert (command.subject, command.number) == (AU, 1)


@pytest.mark.parametrize("clock", STANDARD_CLOCKS, ids=lambda clock: clock.name)
def test_every_standard_clock_can_be_started_and_keeps_its_authority(clock: Clock) -> None:
    command = StartClock(audit=AU, clock=clock.name, started_on=MONDAY)
    (event,) = PLANNED.when(command).decide()

    assert isinstance(event, AuditClockStarted)
    assert (event.authority, event.source) == (clock.authority, clock.source)
    assert event.due_on == clock.due(MONDAY, CALENDAR)


def test_a_clock_of_the_partnerships_own_is_started_as_it_is_configured() -> None:
    own = replace(RAPID_REVIEW, name="own", length=3, authority=Authority.LOCAL)
    circumstances = Circumstances(TODAY, "person-1", CALENDAR, FakeKnown(), (own,))
    command = StartClock(audit=AU, clock="own", started_on=MONDAY)

    (event,) = DECIDER.decide(command, PLANNED.state, circumstances)

    assert isinstance(event, AuditClockStarted)
    assert (event.authority, event.due_on) == (Authority.LOCAL, dt.date(2024, 11, 7))
