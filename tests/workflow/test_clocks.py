from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.audit_clock import Authority, StartEvent, Unit
from workflow.clocks import (
    NOTIFY_SERIOUS_INCIDENT,
    PUBLISH_PRACTICE_REVIEW,
    RAPID_REVIEW,
    STANDARD_CLOCKS,
    WRITTEN_STATEMENT_OF_ACTION,
    Clock,
)
from workflow.working_days import england

ENGLAND = england()


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (NOTIFY_SERIOUS_INCIDENT, dt.date(2025, 4, 14), dt.date(2025, 4, 23)),
        (NOTIFY_SERIOUS_INCIDENT, dt.date(2025, 4, 19), dt.date(2025, 4, 28)),
        (RAPID_REVIEW, dt.date(2024, 12, 12), dt.date(2025, 1, 7)),
        (PUBLISH_PRACTICE_REVIEW, dt.date(2025, 1, 16), dt.date(2025, 7, 16)),
        (PUBLISH_PRACTICE_REVIEW, dt.date(2024, 8, 31), dt.date(2025, 2, 28)),
        (PUBLISH_PRACTICE_REVIEW, dt.date(2023, 8, 31), dt.date(2024, 2, 29)),
        (PUBLISH_PRACTICE_REVIEW, dt.date(2025, 6, 30), dt.date(2025, 12, 30)),
        (PUBLISH_PRACTICE_REVIEW, dt.date(2025, 4, 6), dt.date(2025, 10, 6)),
        (WRITTEN_STATEMENT_OF_ACTION, dt.date(2024, 5, 7), dt.date(2024, 8, 14)),
    ],
)
def test_a_clock_runs_out_on(clock: Clock, start: dt.date, due: dt.date) -> None:
    assert clock.due(start, ENGLAND) == due


def test_six_months_are_not_moved_off_a_weekend() -> None:
    assert PUBLISH_PRACTICE_REVIEW.due(dt.date(2025, 2, 16), ENGLAND) == dt.date(2025, 8, 16)


def test_only_the_period_that_stands_in_regulations_is_called_statutory() -> None:
    statutory = [clock for clock in STANDARD_CLOCKS if clock.authority is Authority.STATUTORY]
    assert statutory == [WRITTEN_STATEMENT_OF_ACTION]
    assert "Regulations" in WRITTEN_STATEMENT_OF_ACTION.source


def test_every_standard_clock_has_its_own_name_and_a_source() -> None:
    assert len({clock.name for clock in STANDARD_CLOCKS}) == len(STANDARD_CLOCKS) == 4
    assert all(clock.source and clock.title for clock in STANDARD_CLOCKS)


def test_a_partnership_may_start_a_clock_on_another_event() -> None:
    earlier = RAPID_REVIEW.starting_on(StartEvent.INCIDENT_BECAME_KNOWN)
    assert earlier.starts_on is StartEvent.INCIDENT_BECAME_KNOWN
    assert RAPID_REVIEW.starts_on is StartEvent.INCIDENT_NOTIFIED
    assert (earlier.length, earlier.authority) == (RAPID_REVIEW.length, RAPID_REVIEW.authority)


def test_a_partnership_may_set_a_clock_of_its_own() -> None:
    clock = Clock(
        name="minutes",
        title="Send the minutes of a subgroup",
        length=10,
        unit=Unit.WORKING_DAYS,
        starts_on=StartEvent.REVIEW_DECIDED,
        authority=Authority.LOCAL,
        source="Terms of reference of the partnership",
    )
    assert clock.due(dt.date(2025, 11, 21), ENGLAND) == dt.date(2025, 12, 5)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)), st.integers(1, 8))
def test_months_end_on_the_same_number_or_the_last_day(start: dt.date, length: int) -> None:
    clock = Clock("x", "X", length, Unit.MONTHS, StartEvent.REVIEW_DECIDED, Authority.LOCAL, "X")
    due = clock.due(start, ENGLAND)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == length
    assert due.day == start.day or (
        due.day < start.day and (due + dt.timedelta(days=1)).month != due.month
    )
