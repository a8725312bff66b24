from __future__ import annotations

import datetime as dt

from notifications.preview import coming
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    EXECUTIVE,
    LEAD,
    MANAGER,
    PARTNER,
    SCRUTINEER,
    House,
    add_action,
)

MONDAY = dt.date(2024, 12, 2)


def test_an_old_plan_is_told_to_its_leads_first_and_to_those_above_a_week_later(
    house: House,
) -> None:
    add_action(house, 1, "January 2024")
    foretold = coming(house.log, DEFAULT_RULES, MONDAY, MONDAY + dt.timedelta(days=13), CALENDAR)

    told: dict[dt.date, set[str]] = {}
    for offset in range(14):
        day = MONDAY + dt.timedelta(days=offset)
        if CALENDAR.is_working_day(day):
            house.clock.now = dt.datetime.combine(day, dt.time(8), dt.UTC)
            reminded = remind(house.ledger, DEFAULT_RULES, day, domain="example.org")
            worker(house, Letterbox()).deliver(day)
            told[day] = {
                email.person
                for _, email in reminded.emails
                for one in email.items
                if one.subject.item == "action-1"
            }

    assert told[MONDAY] == {LEAD, CHAIR, MANAGER}
    above = {PARTNER, EXECUTIVE, SCRUTINEER}
    week_later = dt.date(2024, 12, 9)
    assert told[week_later] == above
    assert not any(people & above for day, people in told.items() if day != week_later)
    shown = {
        report.day: {
            email.person
            for email in report.emails
            for one in email.items
            if one.subject.item == "action-1"
        }
        for report in foretold.days
    }
    assert shown == told
