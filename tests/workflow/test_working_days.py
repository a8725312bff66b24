from __future__ import annotations

import datetime as dt
import subprocess
import sys
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.bank_holidays import ANNOUNCED_UNTIL, fresh_table, stored_bank_holidays
from workflow.working_days import OutsideCalendar, WorkingDays, england

ENGLAND = england()
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
COUNTS = st.integers(-200, 200)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# ------------------------------------------------------------------ which days are worked


@pytest.mark.parametrize(
    ("closed", "why"),
    [
        ("2025-11-22", "a Saturday"),
        ("2025-11-23", "a Sunday"),
        ("2025-04-18", "Good Friday"),
        ("2025-04-21", "Easter Monday"),
        ("2025-08-25", "the summer bank holiday"),
        ("2026-12-28", "Boxing Day, given back on the Monday"),
        ("2027-12-28", "Boxing Day, given back on the Tuesday"),
        ("2002-06-03", "a jubilee"),
        ("2002-06-04", "the spring bank holiday, moved"),
        ("2011-04-29", "a royal wedding"),
        ("2012-06-05", "a jubilee"),
        ("2020-05-08", "the early May bank holiday, moved to VE Day"),
        ("2022-06-02", "the spring bank holiday, moved"),
        ("2022-06-03", "a jubilee"),
        ("2022-09-19", "a state funeral"),
        ("2023-05-08", "a coronation"),
    ],
)
def test_england_does_not_work_on(closed: str, why: str) -> None:
    assert not ENGLAND.is_working_day(day(closed)), why


@pytest.mark.parametrize(
    ("worked", "why"),
    [
        ("2025-11-21", "an ordinary Friday"),
        ("2020-05-04", "the Monday from which the early May bank holiday was moved"),
        ("2022-05-30", "the Monday from which the spring bank holiday was moved"),
        ("2025-08-04", "a bank holiday of Scotland"),
        ("2025-03-17", "a bank holiday of Northern Ireland"),
        ("2025-12-24", "Christmas Eve"),
    ],
)
def test_england_works_on(worked: str, why: str) -> None:
    assert ENGLAND.is_working_day(day(worked)), why


def test_a_day_proclaimed_since_the_table_was_made_can_be_added_and_shows_in_the_version() -> None:
    funeral = day("2027-09-20")
    calendar = england(also_closed=[funeral, day("2027-12-27")])
    assert ENGLAND.is_working_day(funeral)
    assert not calendar.is_working_day(funeral)
    assert calendar.version == f"{ENGLAND.version} + 1"


# ------------------------------------------------------------------ counting


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2025-11-21", 0, "2025-11-21"),
        ("2025-11-22", 0, "2025-11-22"),
        ("2025-11-21", 1, "2025-11-24"),
        ("2025-11-22", 1, "2025-11-24"),
        ("2025-11-24", -1, "2025-11-21"),
        ("2025-11-23", -1, "2025-11-21"),
        ("2025-04-17", 1, "2025-04-22"),
        ("2025-04-22", -1, "2025-04-17"),
        ("2024-12-24", 4, "2025-01-02"),
        ("2025-01-02", -4, "2024-12-24"),
        ("2022-09-12", 5, "2022-09-20"),
    ],
)
def test_days_are_counted_from_the_trigger_as_day_0(start: str, n: int, end: str) -> None:
    assert ENGLAND.add(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [
        ("2025-11-21", "2025-11-21", 0),
        ("2025-11-21", "2025-11-23", 0),
        ("2025-11-21", "2025-11-24", 1),
        ("2025-11-22", "2025-11-24", 1),
        ("2025-11-24", "2025-11-21", -1),
        ("2025-04-17", "2025-04-22", 1),
        ("2025-01-01", "2025-12-31", 253),
    ],
)
def test_the_days_after_one_day_up_to_another_are_counted(a: str, b: str, count: int) -> None:
    assert ENGLAND.between(day(a), day(b)) == count


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        ("2025-11-20", "2025-11-21"),
        ("2025-11-21", "2025-11-24"),
        ("2025-08-31", "2025-09-01"),
        ("2025-05-31", "2025-06-02"),
        ("2025-12-24", "2025-12-29"),
        ("2024-12-31", "2025-01-02"),
    ],
)
def test_what_is_due_is_overdue_from_the_next_working_day(due: str, overdue: str) -> None:
    assert ENGLAND.overdue_from(day(due)) == day(overdue)


def test_a_day_moves_off_a_weekend_forward_or_back_and_a_worked_day_stays() -> None:
    assert ENGLAND.on_or_after(day("2025-04-18")) == day("2025-04-22")
    assert ENGLAND.on_or_before(day("2025-04-21")) == day("2025-04-17")
    assert ENGLAND.on_or_after(day("2025-04-17")) == day("2025-04-17")
    assert ENGLAND.on_or_before(day("2025-04-17")) == day("2025-04-17")


# ------------------------------------------------------------------ how far it is known


def test_a_day_past_the_announced_bank_holidays_is_warned_of() -> None:
    assert ENGLAND.horizon == ANNOUNCED_UNTIL == dt.date(2028, 12, 31)
    assert ENGLAND.warning_for(ENGLAND.horizon) is None
    warning = ENGLAND.warning_for(dt.date(2029, 1, 2))
    assert warning is not None
    assert "announced up to 31 December 2028" in warning
    assert "2 January 2029" in warning
    assert ENGLAND.version in warning


@pytest.mark.parametrize("outside", ["1998-12-31", "2102-01-01"])
def test_a_day_outside_the_calendar_is_refused_by_name(outside: str) -> None:
    with pytest.raises(OutsideCalendar, match="1 January 1999 to 31 December 2101") as refused:
        ENGLAND.is_working_day(day(outside))
    assert refused.value.first == dt.date(1999, 1, 1)
    assert refused.value.last == dt.date(2101, 12, 31)


@pytest.mark.parametrize(("start", "n"), [("2101-12-01", 60), ("1999-01-20", -60)])
def test_counting_off_the_end_of_the_calendar_is_refused(start: str, n: int) -> None:
    with pytest.raises(OutsideCalendar, match=r"60 working days (after|before)"):
        ENGLAND.add(day(start), n)


def test_every_target_date_has_room_for_its_reminders() -> None:
    assert ENGLAND.add(dt.date(2000, 1, 1), -20) < dt.date(2000, 1, 1)
    assert ENGLAND.add(dt.date(2100, 12, 31), 60) > dt.date(2100, 12, 31)


# ------------------------------------------------------------------ the table


def test_the_stored_table_is_what_the_library_works_out() -> None:
    """Where this fails, a new version of the library is installed: renew the table.

    How is told at the head of `workflow/bank_holidays.py`.
    """
    fresh = fresh_table().splitlines()
    rows = {(row[:4], part) for row in fresh[2:] for part in row[6:].split()}
    assert rows == {(f"{d:%Y}", f"{d:%m-%d}") for d in stored_bank_holidays().days}
    assert fresh[0] == f"# holidays {version('holidays')} England"
    assert fresh[1] == f"# announced until {ENGLAND.horizon}"


def test_the_version_names_the_library_that_the_table_came_from() -> None:
    assert ENGLAND.version.startswith("holidays ")
    assert ENGLAND.version.endswith(" England")


def test_making_the_calendar_does_not_load_every_country() -> None:
    program = (
        "import sys; from workflow.working_days import england; england(); "
        "print('holidays' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


# ------------------------------------------------------------------ laws


@given(DAYS, DAYS)
def test_counting_agrees_with_looking_at_every_day(a: dt.date, b: dt.date) -> None:
    b = a + (b - a) / 50
    first, last = min(a, b), max(a, b)
    length = (last - first).days
    worked = sum(ENGLAND.is_working_day(first + dt.timedelta(n)) for n in range(1, length + 1))
    assert ENGLAND.between(a, b) == (worked if a <= b else -worked)


@given(DAYS, st.integers(0, 200))
def test_adding_forward_is_undone_by_counting_from_any_day(d: dt.date, n: int) -> None:
    assert ENGLAND.between(d, ENGLAND.add(d, n)) == n


@given(DAYS, st.integers(-200, -1))
def test_adding_back_is_undone_by_counting_from_a_worked_day(d: dt.date, n: int) -> None:
    off = 0 if ENGLAND.is_working_day(d) else 1
    assert ENGLAND.between(d, ENGLAND.add(d, n)) == n + off


@given(DAYS, COUNTS)
def test_adding_and_taking_away_comes_back_to_a_worked_day(d: dt.date, n: int) -> None:
    worked = ENGLAND.on_or_after(d)
    assert ENGLAND.add(ENGLAND.add(worked, n), -n) == worked


@given(DAYS, COUNTS)
def test_adding_any_days_but_none_lands_on_a_worked_day(d: dt.date, n: int) -> None:
    end = ENGLAND.add(d, n)
    assert end == d if n == 0 else ENGLAND.is_working_day(end)
    assert (end > d) - (end < d) == (n > 0) - (n < 0)


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_ends_earlier(a: dt.date, b: dt.date, n: int) -> None:
    first, last = sorted((a, b))
    assert ENGLAND.add(first, n) <= ENGLAND.add(last, n)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_and_turn_round(a: dt.date, b: dt.date, c: dt.date) -> None:
    assert ENGLAND.between(a, b) + ENGLAND.between(b, c) == ENGLAND.between(a, c)
    assert ENGLAND.between(a, b) == -ENGLAND.between(b, a)


@given(DAYS, DAYS)
def test_a_thing_is_overdue_exactly_when_a_working_day_has_come_since(
    due: dt.date, on: dt.date
) -> None:
    assert (on >= ENGLAND.overdue_from(due)) == (ENGLAND.between(due, on) >= 1)


def test_a_calendar_can_be_made_of_any_closed_days() -> None:
    calendar = WorkingDays.without(
        [day("2025-01-02")],
        first=day("2025-01-01"),
        last=day("2025-01-12"),
        horizon=day("2025-01-12"),
        version="made up",
    )
    assert calendar.add(day("2025-01-01"), 1) == day("2025-01-03")
    assert calendar.between(day("2025-01-01"), day("2025-01-12")) == 6


def test_people_are_written_to_on_working_days_unless_other_days_are_chosen() -> None:
    usual, chosen = england(), england(contact_weekdays={1, 5})
    easter_week = [dt.date(2025, 4, 18) + dt.timedelta(days=offset) for offset in range(9)]

    # Good Friday and Easter Monday are closed, and so is no Saturday.
    assert [day.day for day in easter_week if usual.is_contact_day(day)] == [22, 23, 24, 25]
    assert [day.day for day in easter_week if chosen.is_contact_day(day)] == [19, 22, 26]
    assert chosen.add(dt.date(2025, 4, 17), 1) == usual.add(dt.date(2025, 4, 17), 1)


def test_nobody_is_written_to_on_a_bank_holiday_whatever_its_weekday() -> None:
    boxing_day = dt.date(2026, 12, 26)

    everyday = england(contact_weekdays=range(7))

    assert boxing_day.weekday() == 5
    assert not everyday.is_contact_day(dt.date(2026, 12, 25))
    assert everyday.is_contact_day(dt.date(2026, 12, 27))
