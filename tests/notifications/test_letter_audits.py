from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.audit import AuditClosed, AuditKind, AuditPlanned
from events.audit_clock import AuditClockStarted, Authority, StartEvent, Unit
from notifications.letter_item import Answer, Section
from notifications.rules import Occasion, Recipient
from tests.notifications.records import LEAD_ROLE, House, new_record, target
from tests.notifications.told_items import facts_of, told_of


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        planned = AuditPlanned(
            kind=AuditKind.RAPID_REVIEW, title="Neglect", lead_role=LEAD_ROLE, subgroup="subgroup-1"
        )
        begun.tell("audit-1", planned)
        yield begun


def test_a_re_audit_says_what_was_looked_at_and_when(house: House) -> None:
    house.tell("audit-1", AuditClosed(re_audit=target("December 2024")))
    told = told_of(house, "audit-1")

    assert (told.section, told.kind, told.ref) == (Section.UPCOMING, "re-audit", "AU1")
    assert told.text == "Neglect"
    said = facts_of(told)
    assert said["From"] == "AU1, a rapid review"
    assert said["Look again by"] == "December 2024 (due 31 December 2024)"
    assert said["Your role"] == "Lead for practice"
    assert said["Last update"] == "2 December 2024: closed."
    assert said["Still needed"].startswith("Plan the audit that looks again")
    assert told.why == "you hold the role of Lead for practice, which leads it"


def test_a_look_at_an_audits_impact_is_no_re_audit(house: House) -> None:
    house.tell("audit-1", AuditClosed(impact_review=target("December 2024")))
    told = told_of(house, "audit-1")

    assert (told.kind, told.occasion) == ("impact review", Occasion.IMPACT)
    assert facts_of(told)["Impact to be shown by"] == "December 2024 (due 31 December 2024)"
    assert facts_of(told)["Still needed"].startswith("Say what difference the audit made")


def start_a_clock(house: House) -> None:
    started = AuditClockStarted(
        clock=1,
        name="rapid_review",
        title="Complete a rapid review",
        starts_on=StartEvent.INCIDENT_NOTIFIED,
        started_on=dt.date(2024, 11, 18),
        length=15,
        unit=Unit.WORKING_DAYS,
        authority=Authority.GUIDANCE,
        source="Guidance for safeguarding partners",
        due_on=dt.date(2024, 12, 9),
        calendar="england",
    )
    house.tell("audit-1", started)


def test_a_clock_says_from_when_it_is_counted_and_who_set_it(house: House) -> None:
    start_a_clock(house)
    told = told_of(house, "audit-1/clock-1", rule="clock-before-5")

    assert (told.section, told.kind, told.ref) == (Section.SOON, "deadline", "AU1/C1")
    assert (told.text, told.standing) == ("Complete a rapid review", "runs out in 5 working days")
    said = facts_of(told)
    assert said["From"] == "AU1, Neglect"
    assert said["Runs out on"] == "9 December 2024, the last day to be in time"
    assert said["Counted"] == (
        "15 working days from 18 November 2024, when the incident was notified"
    )
    assert said["Set by"] == "Guidance for safeguarding partners (period set by guidance)"
    assert said["Still needed"].startswith("Do it by that day, and say on which day it was done.")
    assert said["What happens next"] == (
        "If nothing changes, you, the chair of the subgroup and the business manager are told on"
        " 6 December 2024. After that the delegated partners are told on 16 December 2024."
    )
    assert "statutory" not in " ".join(said.values())
    assert told.answer is Answer.CLOCK


def test_a_clock_that_ran_out_is_not_to_be_met_by_a_day_gone_by(house: House) -> None:
    start_a_clock(house)
    told = told_of(house, "audit-1/clock-1", dt.date(2024, 12, 10), rule="clock-after-1")

    assert facts_of(told)["Still needed"].startswith("Do it as soon as it can be done, and say")
    assert "by that day" not in facts_of(told)["Still needed"]
    assert facts_of(told)["Ran out on"] == ("9 December 2024, which was the last day to be in time")


@pytest.mark.parametrize(("day", "by"), [(2, "by that day"), (9, "by that day"), (10, "without")])
def test_who_does_not_lead_a_clock_sees_to_it(house: House, day: int, by: str) -> None:
    start_a_clock(house)
    told = told_of(
        house,
        "audit-1/clock-1",
        dt.date(2024, 12, day),
        recipient=Recipient.BUSINESS_MANAGER,
        rule="clock-before-5",
    )

    assert told.answer is Answer.NOTHING
    assert facts_of(told)["Still needed"].startswith(f"See to it that it is done {by}")


def test_impact_and_a_re_audit_are_answered_in_their_own_ways(house: House) -> None:
    closed = AuditClosed(re_audit=target("May 2025"), impact_review=target("March 2025"))
    house.tell("audit-1", closed)

    again = told_of(house, "audit-1", occasion=Occasion.RE_AUDIT)
    impact = told_of(house, "audit-1", occasion=Occasion.IMPACT)
    assert (again.answer, impact.answer) == (Answer.RE_AUDIT, Answer.IMPACT)
