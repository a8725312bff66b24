from __future__ import annotations

import datetime as dt

import pytest

from events.audit import AuditKind, AuditPlanned
from events.audit_clock import AuditClockMet, AuditClockStarted, AuditClockStopped
from events.catalogue import Event
from events.email import EmailPlanned, EmailSent, ReminderItem
from projections.history import history
from projections.items import Item, show
from tests.projections.folds import CALENDAR, Tale
from workflow.clocks import PUBLISH_PRACTICE_REVIEW as CLOCK
from workflow.refusals import NotFound

DUE = dt.date(2025, 7, 16)
STARTED = AuditClockStarted(
    clock=1,
    name=CLOCK.name,
    title=CLOCK.title,
    starts_on=CLOCK.starts_on,
    started_on=dt.date(2025, 1, 16),
    length=CLOCK.length,
    unit=CLOCK.unit,
    authority=CLOCK.authority,
    source=CLOCK.source,
    due_on=DUE,
    calendar="england 2025",
)
PLANNED = AuditPlanned(kind=AuditKind.PRACTICE_REVIEW, title="Practice review")


def tale(*events: Event) -> Tale:
    return Tale().tell("audit-1", PLANNED, STARTED, *events)


def seen(told: Tale, ref: str) -> Item:
    return show(told.view(), ref, dt.date(2025, 3, 3), CALENDAR)


def test_an_audit_shows_its_clocks() -> None:
    facts = {fact.label: fact.value for fact in seen(tale(), "audit-1").facts}

    assert facts["Clock AU1/C1"] == (
        "Publish a local child safeguarding practice review, by 16 July 2025; running"
    )


def test_a_clock_shows_everything_it_rests_on_and_calls_nothing_statutory_that_is_not() -> None:
    item = seen(tale(), "audit-1/clock-1")
    facts = {fact.label: fact.value for fact in item.facts}

    assert (item.ref, item.kind, item.status) == ("AU1/C1", "clock", "running")
    assert facts["Started on"] == "16 January 2025, when the review was decided on"
    assert facts["Period"] == "6 months"
    assert facts["Authority"] == "period set by guidance"
    assert facts["Source"] == "Working Together to Safeguard Children"
    assert not any("statutory" in value for value in facts.values())


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (AuditClockMet(clock=1, met_on=DUE), "met on 16 July 2025"),
        (AuditClockMet(clock=1, met_on=dt.date(2025, 7, 17)), "met late on 17 July 2025"),
        (AuditClockStopped(clock=1, reason="No review is held."), "stopped on"),
    ],
)
def test_a_clock_that_ended_says_how(end: Event, status: str) -> None:
    facts = {fact.label: fact.value for fact in seen(tale(end), "audit-1/clock-1").facts}

    assert facts["How it stands"].startswith(status)
    assert ("Why it was stopped" in facts) == isinstance(end, AuditClockStopped)


def test_a_clock_that_was_never_started_is_not_found() -> None:
    with pytest.raises(NotFound, match="AU1/C2"):
        seen(tale(), "audit-1/clock-2")


def test_the_history_of_a_clock_has_its_own_changes_and_emails_and_no_others() -> None:
    told = tale(AuditClockMet(clock=1, met_on=DUE))
    item = ReminderItem(item="audit-1/clock-1", target_on=DUE, rule="clock-on-day")
    planned = EmailPlanned(
        person="person-1", send_on=DUE, items=(item,), message_id="<gt-1@example.org>"
    )
    told.tell("email-1", planned, EmailSent(sent_to="person1@example.org"))
    view = told.view()

    types = [line.type for line in history(view, "audit-1/clock-1")]

    assert types == ["audit.clock_started", "audit.clock_met", "email.planned", "email.sent"]
    assert [line.type for line in history(view, "audit-1")] == [
        "audit.planned",
        "audit.clock_started",
        "audit.clock_met",
    ]
