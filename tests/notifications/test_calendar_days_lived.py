"""Days on which clocks and dates move, lived through with a real record and worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import TargetDateMoved
from notifications.ticking import LONDON, Tick
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import House, add_action, new_record, target


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def at(house: House, written: str) -> None:
    house.clock.now = dt.datetime.fromisoformat(written).replace(tzinfo=LONDON)


def tick_all_day(house: House, letterbox: Letterbox, workers: int = 2) -> None:
    """Tick every half hour until midnight, each worker in turn."""
    ticks = [Tick(worker(house, letterbox), house.clock) for _ in range(workers)]
    day = house.clock().astimezone(LONDON).date()
    while house.clock().astimezone(LONDON).date() == day:
        for tick in ticks:
            tick()
        house.clock.goes_on(minutes=30)


@pytest.mark.parametrize("sent_at", ["08:05", "09:59", "23:30"])
def test_a_clock_that_is_set_back_two_hours_after_sending_sends_nothing_twice(
    house: House, sent_at: str
) -> None:
    at(house, f"2024-12-02T{sent_at}")
    add_action(house, 1, "2.12.2024")
    add_action(house, 2, "9.12.2024")
    letterbox = Letterbox()
    Tick(worker(house, letterbox), house.clock)()
    sent = list(letterbox.taken)

    house.clock.goes_on(hours=-2)
    tick_all_day(house, letterbox)

    assert sent
    assert letterbox.taken == sent


def test_a_clock_that_is_set_back_over_midnight_sends_nothing_twice(house: House) -> None:
    at(house, "2024-12-02T08:00")
    add_action(house, 1, "2.12.2024")
    letterbox = Letterbox()
    tick_all_day(house, letterbox)
    sent = list(letterbox.taken)

    house.clock.goes_on(hours=-2)
    tick_all_day(house, letterbox)

    assert letterbox.taken == sent


@pytest.mark.parametrize(
    ("friday", "monday", "monday_at_eight_utc"),
    [
        ("2025-03-28", "2025-03-31", 7),
        ("2025-10-24", "2025-10-27", 8),
        ("2024-03-28", "2024-04-02", 7),
    ],
)
def test_over_a_change_of_the_clock_each_day_sends_once_at_eight(
    house: House, friday: str, monday: str, monday_at_eight_utc: int
) -> None:
    at(house, f"{friday}T07:00")
    due = dt.date.fromisoformat(friday)
    add_action(house, 1, f"{due:%d.%m.%Y}")
    letterbox, times = Letterbox(), []
    tick = Tick(worker(house, letterbox), house.clock)
    end = dt.datetime.fromisoformat(f"{monday}T23:00").replace(tzinfo=LONDON)
    while house.clock() < end:
        before = len(letterbox.taken)
        tick()
        if len(letterbox.taken) > before:
            times.append(house.clock().astimezone(dt.UTC))
        house.clock.goes_on(minutes=15)

    assert [one.date().isoformat() for one in times] == [friday, monday]
    assert times[-1].hour == monday_at_eight_utc


def test_a_date_that_moved_away_and_back_is_told_of_once(house: House) -> None:
    at(house, "2024-12-02T08:00")
    action = add_action(house, 1, "9.12.2024")
    letterbox = Letterbox()
    tick_all_day(house, letterbox)
    assert letterbox.recipients == ["person1@example.org"]

    at(house, "2024-12-03T07:00")
    house.tell(action, TargetDateMoved(target=target("30.6.2025"), reason="It takes longer"))
    tick_all_day(house, letterbox)
    at(house, "2024-12-04T07:00")
    house.tell(action, TargetDateMoved(target=target("9.12.2024"), reason="It does not"))
    tick_all_day(house, letterbox)

    assert letterbox.recipients == ["person1@example.org"]


def test_an_action_due_on_the_29th_of_february_climbs_the_ladder(house: House) -> None:
    add_action(house, 1, "29.2.2024")
    letterbox, told = Letterbox(), []
    for day in ("2024-02-01", "2024-02-22", "2024-02-29", "2024-03-01", "2024-03-07"):
        at(house, f"{day}T08:00")
        tick_all_day(house, letterbox, workers=1)
        told.append(letterbox.recipients.count("person1@example.org"))

    assert told == [1, 2, 2, 3, 4]
