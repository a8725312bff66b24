"""Every day from 2000 to 2050 as a target date: each reminder has its one day, and leaves on it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from notifications.directory import Directory
from notifications.ladder import Ladder, trigger_day
from notifications.planning import Already, plan
from notifications.rules import DEFAULT_RULES, Occasion, Recipient, Rule
from notifications.sending_times import last_sending, next_sending
from notifications.subject import Subject
from tests.notifications.directories import CALENDAR, LEAD, office_holders, person, role, subject
from workflow.bank_holidays import stored_bank_holidays
from workflow.circumstances import Tenure

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2050, 12, 31)
LONDON: Final = ZoneInfo("Europe/London")
ONE_DAY: Final = dt.timedelta(days=1)
EIGHT: Final = dt.time(8)
OF_THE_LADDER: Final = tuple(rule for rule in DEFAULT_RULES if Occasion.TARGET in rule.occasions)


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def worked_days() -> list[dt.date]:
    """Return the working days, counted anew from weekdays and bank holidays alone."""
    closed = stored_bank_holidays().days
    around = days(dt.date(1999, 1, 1), dt.date(2052, 12, 31))
    return [day for day in around if day.weekday() < 5 and day not in closed]


WORKED: Final = worked_days()


def counted(target: dt.date, offset: int) -> dt.date:
    """Return the working day so many places after, or before, a day in the list of all."""
    if offset > 0:
        return WORKED[bisect_right(WORKED, target) + offset - 1]
    return WORKED[bisect_left(WORKED, target) + offset]


@pytest.mark.parametrize("rule", OF_THE_LADDER, ids=lambda rule: rule.name)
def test_every_date_has_one_working_day_on_which_a_rule_is_triggered(rule: Rule) -> None:
    for target in days(FIRST, LAST):
        found = trigger_day(target, rule, CALENDAR)

        assert found == counted(target, rule.offset_days), target
        assert CALENDAR.is_working_day(found), target


def test_a_rule_of_the_day_itself_waits_for_a_working_day() -> None:
    rule = Rule.on(0, Recipient.LEAD)

    for target in days(FIRST, LAST):
        assert trigger_day(target, rule, CALENDAR) == WORKED[bisect_left(WORKED, target)], target


@pytest.mark.parametrize("rule", OF_THE_LADDER, ids=lambda rule: rule.name)
def test_a_rule_is_not_triggered_the_day_before_and_is_from_its_day_on(rule: Rule) -> None:
    on_its_day = {target: trigger_day(target, rule, CALENDAR) for target in days(FIRST, LAST)}
    for target, day in list(on_its_day.items())[::97]:
        matter = subject(target_on=target)

        assert rule not in Ladder([rule], day - ONE_DAY, CALENDAR).triggered(matter).rules
        assert rule in Ladder([rule], day, CALENDAR).triggered(matter).rules
        assert rule in Ladder([rule], day + 400 * ONE_DAY, CALENDAR).triggered(matter).rules


def test_day_after_day_for_51_years_each_date_is_told_of_once_by_each_rule() -> None:
    """Each day is the target date of an item of its own; the planner is asked on each day."""
    rules = [Rule.on(-5, Recipient.LEAD), Rule.on(1, Recipient.LEAD)]
    tenure = Tenure(LEAD, dt.date(1999, 1, 1))
    house = Directory({LEAD: person(1)}, {"role-1": replace(role(1), tenures=(tenure,))}, {}, {})
    keys: set[str] = set()
    told: list[tuple[dt.date, str, dt.date]] = []
    window: dict[dt.date, Subject] = {}
    for day in days(FIRST - 20 * ONE_DAY, LAST + 20 * ONE_DAY):
        due = day + 14 * ONE_DAY
        if FIRST <= due <= LAST:
            window[due] = subject(f"action-{due.toordinal()}", due)
        window.pop(day - 8 * ONE_DAY, None)
        report = plan(window.values(), house, Already(keys), rules, day, CALENDAR)
        assert report.is_working_day or not report.emails
        for email in report.emails:
            keys.update(item.key for item in email.items)
            told.extend((day, item.rule, item.subject.target_on) for item in email.items)

    assert sorted(told) == sorted(
        (counted(due, rule.offset_days), rule.name, due)
        for due in days(FIRST, LAST)
        for rule in rules
    )


def test_emails_leave_at_eight_in_london_on_every_working_day() -> None:
    for day in days(FIRST, LAST):
        at_eight = dt.datetime.combine(day, EIGHT, LONDON).astimezone(dt.UTC)
        just_before = at_eight - dt.timedelta(seconds=1)
        of_the_day = next_sending(just_before, EIGHT, LONDON, CALENDAR)

        assert (of_the_day == at_eight) is CALENDAR.is_working_day(day), day
        assert (last_sending(at_eight, EIGHT, LONDON, CALENDAR) == at_eight) is (
            CALENDAR.is_working_day(day)
        ), day
        assert at_eight.hour == (7 if at_eight.astimezone(LONDON).dst() else 8), day


@pytest.mark.parametrize("year", range(2000, 2051, 4))
def test_the_29th_of_february_is_a_date_like_any_other(year: int) -> None:
    leap = dt.date(year, 2, 29)
    before, after = (trigger_day(leap, Rule.on(n, Recipient.LEAD), CALENDAR) for n in (-1, 1))

    assert before < leap < after
    assert CALENDAR.between(before, leap) == (1 if CALENDAR.is_working_day(leap) else 0)
    assert CALENDAR.between(leap, after) == 1


@pytest.mark.parametrize(
    ("target", "offset", "expected"),
    [
        # Over Easter: Good Friday and Easter Monday are not worked.
        ("2024-04-02", -1, "2024-03-28"),
        ("2024-03-28", 1, "2024-04-02"),
        ("2024-03-31", 1, "2024-04-02"),
        # Over Christmas, when both days fall on a weekend.
        ("2021-12-24", 1, "2021-12-29"),
        ("2021-12-29", -1, "2021-12-24"),
        # The last announced bank holidays, and the first that follow the standing rules.
        ("2028-12-29", 1, "2029-01-02"),
        ("2029-01-02", -5, "2028-12-21"),
        ("2028-12-31", 1, "2029-01-02"),
        # The earliest date that anybody can write, and the end of the last year.
        ("2000-01-01", -20, "1999-12-01"),
        ("2100-09-30", 60, "2100-12-23"),
        ("2100-12-24", 1, "2100-12-29"),
    ],
)
def test_days_are_counted_over_holidays_and_the_ends_of_the_table(
    target: str, offset: int, expected: str
) -> None:
    rule = Rule.on(offset, Recipient.LEAD)
    found = trigger_day(dt.date.fromisoformat(target), rule, CALENDAR)

    assert found.isoformat() == expected


def test_a_date_of_the_last_year_that_can_be_written_keeps_nobody_from_being_told() -> None:
    late, due = (
        subject("action-1", dt.date(2100, 12, 31)),
        subject("action-2", dt.date(2024, 12, 9)),
    )

    report = plan(
        [late, due], office_holders(), Already(), DEFAULT_RULES, dt.date(2024, 12, 2), CALENDAR
    )

    assert [item.subject.item for email in report.emails for item in email.items] == ["action-2"]
