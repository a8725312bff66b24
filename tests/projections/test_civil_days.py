from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from events.directory import HolderAppointed
from events.record import LogOpened
from events.recorded import Recorded
from projections.civil_days import LONDON, civil_day, end_of_day, recorded_on, told_on, true_on
from tests.projections.stories import recorded
from tests.projections.story_world import Step


def at(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written)


def test_late_on_a_summer_evening_in_utc_it_is_the_next_day_in_london() -> None:
    assert civil_day(at("2025-06-30T23:30:00Z")) == dt.date(2025, 7, 1)
    assert civil_day(at("2025-06-30T22:59:59.999999Z")) == dt.date(2025, 6, 30)


def test_in_winter_the_day_in_london_is_the_day_in_utc() -> None:
    assert civil_day(at("2025-12-31T23:59:59.999999Z")) == dt.date(2025, 12, 31)
    assert civil_day(at("2026-01-01T00:00:00Z")) == dt.date(2026, 1, 1)


def test_a_day_ends_just_before_the_next_midnight_in_london() -> None:
    assert end_of_day(dt.date(2025, 6, 30)) == at("2025-06-30T22:59:59.999999Z")
    assert end_of_day(dt.date(2025, 12, 31)) == at("2025-12-31T23:59:59.999999Z")
    # The clocks go forward in the night to 30 March 2025 and back in the night to 26 October.
    assert end_of_day(dt.date(2025, 3, 30)) == at("2025-03-30T22:59:59.999999Z")
    assert end_of_day(dt.date(2025, 10, 26)) == at("2025-10-26T23:59:59.999999Z")


@given(st.integers(0, 4_000_000_000))
def test_the_day_is_the_one_that_the_time_zone_says(seconds: int) -> None:
    instant = dt.datetime.fromtimestamp(seconds, dt.UTC)
    assert civil_day(instant) == instant.astimezone(LONDON).date()


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_the_last_instant_of_a_day_belongs_to_it_and_the_next_does_not(day: dt.date) -> None:
    assert civil_day(end_of_day(day)) == day
    assert civil_day(end_of_day(day) + dt.timedelta(microseconds=1)) > day


def test_what_tells_its_own_day_is_true_from_it_on_if_that_is_past() -> None:
    def appointed(from_on: str, told: dt.date | None = None) -> Recorded:
        event = HolderAppointed(person="person-1", from_on=dt.date.fromisoformat(from_on))
        (one,) = recorded([Step("role-1", event, "system", at("2025-06-30T12:00:00Z"), told)])
        return one

    assert told_on(appointed("2025-06-02")) == dt.date(2025, 6, 2)
    assert told_on(appointed("2025-06-30")) is None
    assert told_on(appointed("2025-07-01")) is None
    assert true_on(appointed("2025-07-01")) == "2025-06-30"
    assert true_on(appointed("2025-06-02", dt.date(2025, 6, 9))) == "2025-06-09"


def test_what_was_told_late_is_true_on_its_own_day() -> None:
    instant = at("2025-06-30T23:30:00Z")
    event = LogOpened(partnership="Example")
    late = Step("log-1", event, "system", instant, dt.date(2025, 6, 2))
    prompt = late._replace(effective_on=None)
    first, second = recorded([late, prompt])
    assert (true_on(first), recorded_on(first)) == ("2025-06-02", "2025-07-01")
    assert true_on(second) == "2025-07-01"
