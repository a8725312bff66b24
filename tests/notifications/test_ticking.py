from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from notifications.mailer import NotTaken
from notifications.outcomes import Outcome
from notifications.ticking import LONDON, Tick
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import House, add_action, new_record


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def at(house: House, written: str) -> None:
    """Set the clock to a civil time in London."""
    house.clock.now = dt.datetime.fromisoformat(written).replace(tzinfo=LONDON)


def tick_of(house: House, letterbox: Letterbox) -> Tick:
    return Tick(worker(house, letterbox), house.clock)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2024-12-02T07:59:59", False),
        ("2024-12-02T08:00:00", True),
        ("2024-12-02T23:59:59", True),
        ("2024-12-07T12:00:00", False),
        ("2024-12-25T12:00:00", False),
        # The day after each change of the clock.
        ("2025-03-31T07:59:59", False),
        ("2025-03-31T08:00:00", True),
        ("2025-10-27T07:59:59", False),
        ("2025-10-27T08:00:00", True),
    ],
)
def test_emails_leave_on_working_days_from_eight_in_london(
    house: House, now: str, *, leaves: bool
) -> None:
    add_action(house, 1, "November 2024")
    at(house, now)
    letterbox = Letterbox()

    ticked = tick_of(house, letterbox)()

    assert bool(letterbox.taken) is leaves
    assert (ticked.reminded is not None) is leaves


def test_the_reminders_of_a_day_are_settled_by_its_first_tick_alone(house: House) -> None:
    add_action(house, 1, "November 2024")
    tick = tick_of(house, Letterbox())

    first = tick()
    add_action(house, 2, "November 2024", lead_roles=("role-2",))
    second = tick()

    assert first.reminded is not None
    assert second.reminded is None
    assert not second.outcomes


def test_each_tick_tries_again_what_waits(house: House) -> None:
    add_action(house, 1, "November 2024")
    letterbox = Letterbox()
    letterbox.at_begin.append(NotTaken("451 not now"))
    tick = tick_of(house, letterbox)

    assert tick().outcomes == {Outcome.PUT_OFF: 1}
    house.clock.goes_on(minutes=5)
    assert tick().outcomes == {Outcome.SENT: 1}


def test_a_new_worker_catches_up_and_repeats_nothing(house: House) -> None:
    add_action(house, 1, "November 2024")
    letterbox = Letterbox()
    tick_of(house, letterbox)()
    at(house, "2024-12-06T15:00:00")

    tick_of(house, letterbox)()
    tick_of(house, letterbox)()

    assert letterbox.recipients == [
        "person1@example.org",
        "person1@example.org",
        "person3@example.org",
    ]


def test_a_clock_set_back_two_hours_sends_nothing_again(house: House) -> None:
    add_action(house, 1, "November 2024")
    letterbox = Letterbox()
    at(house, "2024-12-02T09:00:00")
    tick_of(house, letterbox)()
    at(house, "2024-12-02T07:00:00")
    tick_of(house, letterbox)()
    at(house, "2024-12-02T08:30:00")
    tick_of(house, letterbox)()

    assert letterbox.recipients == ["person1@example.org"]


@pytest.mark.parametrize("change", ["2025-03-30", "2025-10-26"])
def test_a_reminder_leaves_once_through_the_change_of_the_clock(house: House, change: str) -> None:
    add_action(house, 1, change)
    letterbox = Letterbox()
    tick = tick_of(house, letterbox)
    begins = dt.datetime.fromisoformat(change).replace(tzinfo=dt.UTC) - dt.timedelta(days=40)

    for hours in range(0, 24 * 52, 1):
        house.clock.now = begins + dt.timedelta(hours=hours)
        tick()

    to_lead = [one for one in letterbox.recipients if one == "person1@example.org"]
    assert len(to_lead) == 4
    # The chair is told once by a rule, and once in the digest of the week in which it fell due.
    assert letterbox.recipients.count("person3@example.org") == 2
