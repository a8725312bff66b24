from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.audit import AuditCancelled, AuditClosed, AuditKind, AuditPlanned
from events.audit_clock import AuditClockMet, AuditClockStopped, AuditFollowedUp
from events.catalogue import Event
from notifications.directory import Directory
from notifications.planning import Already, plan
from notifications.rules import DEFAULT_RULES, Occasion
from notifications.subject import Audience
from tests.notifications.gathering import everything, subjects
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    EXECUTIVE,
    LEAD,
    LEAD_ROLE,
    MANAGER,
    PARTNER,
    House,
    new_record,
    target,
)
from workflow.clock_commands import StartClock

PLANNED = AuditPlanned(
    kind=AuditKind.AUDIT, title="Neglect", subgroup="subgroup-1", lead_role=LEAD_ROLE
)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def test_an_audit_that_goes_on_has_no_date(house: House) -> None:
    house.tell("audit-1", PLANNED)

    assert subjects(house, "audit-1") == ()


def test_a_closed_audit_is_followed_to_its_re_audit_and_the_review_of_its_impact(
    house: House,
) -> None:
    closed = AuditClosed(re_audit=target("March 2026"), impact_review=target("June 2025"))
    house.tell("audit-1", PLANNED, closed)

    found = subjects(house, "audit-1")

    assert [(one.occasion, one.target_on) for one in found] == [
        (Occasion.RE_AUDIT, dt.date(2026, 3, 31)),
        (Occasion.IMPACT, dt.date(2025, 6, 30)),
    ]
    assert {one.audience for one in found} == {Audience((LEAD_ROLE,), ("subgroup-1",))}
    assert {one.within for one in found} == {("audit-1",)}


def test_both_on_one_day_are_told_of_once(house: House) -> None:
    closed = AuditClosed(re_audit=target("March 2026"), impact_review=target("March 2026"))
    house.tell("audit-1", PLANNED, closed)

    assert [one.occasion for one in subjects(house, "audit-1")] == [Occasion.RE_AUDIT]


def test_an_audit_that_was_followed_up_has_no_date(house: House) -> None:
    house.tell("audit-1", PLANNED, AuditClosed(re_audit=target("March 2026")))
    house.tell("audit-1", AuditFollowedUp(note="Better."))

    assert subjects(house, "audit-1") == ()


def start_clock(house: House) -> None:
    house.tell("audit-1", PLANNED)
    command = StartClock(audit="audit-1", clock="rapid_review", started_on=dt.date(2024, 11, 25))
    house.ledger.execute(command, actor=MANAGER)


def test_a_clock_that_runs_has_the_day_on_which_it_runs_out(house: House) -> None:
    start_clock(house)

    (found,) = subjects(house, "audit-1/clock-1")

    assert (found.occasion, found.target_on) == (Occasion.CLOCK, dt.date(2024, 12, 16))
    assert found.audience == Audience((LEAD_ROLE,), ("subgroup-1",))
    assert found.within == ("audit-1",)
    assert subjects(house, "audit-1") == ()


@pytest.mark.parametrize(
    "end",
    [
        AuditClockMet(clock=1, met_on=dt.date(2024, 12, 2)),
        AuditClockStopped(clock=1, reason="No review is held."),
    ],
)
def test_a_clock_that_ended_is_followed_no_more(house: House, end: Event) -> None:
    start_clock(house)
    house.tell("audit-1", end)

    assert subjects(house, "audit-1/clock-1") == ()


def test_a_clock_runs_on_when_its_audit_is_given_up(house: House) -> None:
    start_clock(house)
    house.tell("audit-1", AuditCancelled(reason="Overtaken."))

    assert len(subjects(house, "audit-1/clock-1")) == 1


def test_the_lead_the_chair_and_the_manager_watch_a_clock_of_fifteen_days(house: House) -> None:
    start_clock(house)
    told: dict[str, list[str]] = {}
    keys: set[str] = set()
    for offset in range(50):
        day = dt.date(2024, 11, 25) + dt.timedelta(days=offset)
        clocks = [one for one in everything(house, day) if one.occasion is Occasion.CLOCK]
        directory = Directory.of(house.view)
        report = plan(clocks, directory, Already(keys), DEFAULT_RULES, day, CALENDAR)
        for email in report.emails:
            told.setdefault(email.person, []).extend(item.rule for item in email.items)
            keys.update(item.key for item in email.items)

    watched = ["clock-before-5", "clock-before-1", "clock-on-day", "clock-after-1", "clock-after-5"]
    assert told == {
        LEAD: ["clock-before-20", *watched],
        CHAIR: watched,
        MANAGER: [*watched, "clock-after-15"],
        PARTNER: ["clock-after-5"],
        EXECUTIVE: ["clock-after-15"],
    }


def test_an_audit_that_needs_no_other_look_has_no_date(house: House) -> None:
    house.tell("audit-1", PLANNED, AuditClosed(no_re_audit_reason="The pathway ends."))

    assert subjects(house, "audit-1") == ()
