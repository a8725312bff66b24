from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from notifications.sending_times import last_sending, next_sending
from workflow.working_days import england

LONDON = ZoneInfo("Europe/London")
EIGHT = dt.time(8)


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2025-11-03T07:59:59", "2025-10-31T08:00", "2025-11-03T08:00"),
        ("2025-11-03T08:00:00", "2025-11-03T08:00", "2025-11-04T08:00"),
        ("2025-12-26T12:00:00", "2025-12-24T08:00", "2025-12-29T08:00"),
        # The nights on which the clock changes: eight o'clock stays eight o'clock.
        ("2025-03-30T12:00:00", "2025-03-28T08:00", "2025-03-31T08:00"),
        ("2025-10-26T00:30:00", "2025-10-24T08:00", "2025-10-27T08:00"),
    ],
)
def test_sending_times_are_of_working_days_in_london(now: str, last: str, following: str) -> None:
    instant = dt.datetime.fromisoformat(now).replace(tzinfo=LONDON)
    found = [find(instant, EIGHT, LONDON, england()) for find in (last_sending, next_sending)]
    assert [one.astimezone(LONDON).isoformat()[:16] for one in found] == [last, following]
    assert all(one.tzinfo is dt.UTC for one in found)
