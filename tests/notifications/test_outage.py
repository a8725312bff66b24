"""A mail server that is dead for days: late is allowed, lost is not, and nothing comes twice."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from typing_extensions import override

from events.email import EmailCancelled, EmailFailed, EmailPlanned, EmailSent, NotSentReason
from notifications.mailer import Envelope, NotTaken
from notifications.ticking import LONDON, Tick
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import LEAD, House, SetClock, add_action, new_record

MAUNDY_THURSDAY = dt.datetime(2025, 4, 17, 8, tzinfo=LONDON)
LAST_STEP_PASSED = "6.1.2025"
"""A target date of which nothing new falls due after that Thursday."""


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


@dataclass
class DeadUntil(Letterbox):
    """A server to which nobody can connect until an instant."""

    clock: SetClock | None = None
    instant: dt.datetime = MAUNDY_THURSDAY

    @override
    def begin(self, envelope: Envelope) -> None:
        assert self.clock is not None
        if self.clock() < self.instant:
            raise NotTaken("Connection refused")
        super().begin(envelope)


def run(house: House, letterbox: Letterbox, last: dt.date) -> None:
    """Tick every hour until a day is over."""
    tick = Tick(worker(house, letterbox), house.clock)
    while house.clock().astimezone(LONDON).date() <= last:
        tick()
        house.clock.goes_on(hours=1)


def events_to(house: House, person: str) -> list[object]:
    mine = {
        one.stream
        for one in house.log.read()
        if isinstance(one.event, EmailPlanned) and one.event.person == person
    }
    return [one.event for one in house.log.read() if one.stream in mine]


@pytest.mark.parametrize(
    ("back", "tries"),
    [
        # Back before the first try after the holidays: the first email leaves late.
        (dt.datetime(2025, 4, 22, 7, tzinfo=LONDON), 1),
        # Back after that: given up on Tuesday, planned anew on Wednesday.
        (dt.datetime(2025, 4, 22, 12, tzinfo=LONDON), 2),
        (dt.datetime(2025, 4, 25, 12, tzinfo=LONDON), 2),
        (dt.datetime(2025, 4, 30, 12, tzinfo=LONDON), 3),
    ],
)
def test_after_a_dead_easter_the_lead_gets_exactly_one_catch_up(
    house: House, back: dt.datetime, tries: int
) -> None:
    add_action(house, 1, LAST_STEP_PASSED)
    house.clock.now = MAUNDY_THURSDAY
    letterbox = DeadUntil(clock=house.clock, instant=back)

    run(house, letterbox, dt.date(2025, 5, 7))

    assert letterbox.recipients.count("person1@example.org") == 1
    kinds = [type(event) for event in events_to(house, LEAD)]
    assert kinds.count(EmailPlanned) == tries
    assert kinds.count(EmailCancelled) == tries - 1
    assert kinds[-1] is EmailSent


def test_a_refusal_for_good_is_not_repeated_however_long_it_runs(house: House) -> None:
    add_action(house, 1, LAST_STEP_PASSED)
    house.clock.now = MAUNDY_THURSDAY
    refused = [NotTaken("550 no such mailbox", for_good=True)] * 4
    letterbox = Letterbox(at_begin=deque(refused))

    run(house, letterbox, dt.date(2025, 5, 7))

    assert [type(event) for event in events_to(house, LEAD)] == [EmailPlanned, EmailFailed]


def test_a_server_that_stays_dead_is_asked_again_and_never_in_a_circle(house: House) -> None:
    add_action(house, 1, LAST_STEP_PASSED)
    house.clock.now = MAUNDY_THURSDAY
    forever = dt.datetime(2030, 1, 1, tzinfo=LONDON)

    run(house, DeadUntil(clock=house.clock, instant=forever), dt.date(2025, 5, 16))

    events = events_to(house, LEAD)
    given_up = [one for one in events if isinstance(one, EmailCancelled)]
    assert {one.reason for one in given_up} == {NotSentReason.NEVER_TAKEN}
    assert len(given_up) <= 6
