"""A worker that is held up on its way: what it wakes up to send may be true no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from events.action import ActionCancelled
from events.email import EmailPlanned, EmailSent
from events.log import EventLog
from events.sessions import Row
from notifications.delivering import Delivery
from notifications.outbox import LEASE
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from notifications.ticking import LONDON, Tick
from projections.catalogue import FOLD
from projections.ledger import Ledger
from tests.notifications.letterboxes import SENDING, Letterbox, worker
from tests.notifications.records import (
    CALENDAR,
    CO_LEAD_ROLE,
    LEAD_ROLE,
    House,
    add_action,
    new_record,
)
from workflow.deciders import DECIDERS

DAY = dt.date(2024, 12, 2)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


class HeldUp(EventLog):
    """A log after one of whose statements something happens, once."""

    def __init__(self, house: House, statement: str, happens: Callable[[], object]) -> None:
        super().__init__(house.log.engine, house.clock)
        self._statement = statement
        self._happenings = [happens]

    @override
    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        rows = super().query(statement, parameters)
        if self._statement in statement and self._happenings:
            self._happenings.pop()()
        return rows


def held_up(
    house: House, letterbox: Letterbox, statement: str, by: Callable[[], object]
) -> Delivery:
    """Make a worker to which something happens after a statement."""
    log = HeldUp(house, statement, by)
    return Delivery(Ledger(log, FOLD, DECIDERS, CALENDAR), letterbox, SENDING, house.clock)


def test_whoever_is_held_up_past_the_lease_before_data_hands_nothing_over(house: House) -> None:
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    letterbox = Letterbox()
    slow = held_up(
        house, letterbox, "SET state = 'data_started'", lambda: house.clock.goes_on(minutes=10)
    )

    assert slow.deliver(DAY, stop=lambda: bool(letterbox.abandoned)) == {Outcome.PUT_OFF: 1}
    assert letterbox.taken == []

    assert worker(house, letterbox).deliver(DAY) == {Outcome.SENT: 1}
    assert [type(one) for one in house.events_of("email-1")] == [EmailPlanned, EmailSent]
    slow.ledger.log.close()


def test_a_tick_that_is_held_up_past_midnight_sends_nothing_more(house: House) -> None:
    add_action(house, 1, "November 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))
    letterbox = Letterbox()
    house.clock.now = dt.datetime(2024, 12, 2, 23, 50, tzinfo=LONDON)
    letterbox.after_taking.append(lambda: house.clock.goes_on(hours=4))

    Tick(worker(house, letterbox), house.clock)()

    assert len(letterbox.taken) == 1

    house.clock.now = dt.datetime(2024, 12, 3, 8, tzinfo=LONDON)
    Tick(worker(house, letterbox), house.clock)()

    assert len(set(letterbox.recipients)) == len(letterbox.taken) == 2


def test_what_is_claimed_before_midnight_does_not_leave_after_it(house: House) -> None:
    add_action(house, 1, "November 2024")
    letterbox = Letterbox()
    house.clock.now = dt.datetime(2024, 12, 2, 23, 58, tzinfo=LONDON)
    letterbox.at_begin.append(lambda: house.clock.goes_on(minutes=5))

    ticked = Tick(worker(house, letterbox), house.clock)()

    assert ticked.outcomes == {Outcome.PUT_OFF: 1}
    assert letterbox.taken == []


def test_an_email_that_another_worker_ended_meanwhile_is_no_problem(house: House) -> None:
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    letterbox = Letterbox()

    def somebody_else_goes_on() -> None:
        house.clock.now += LEASE * 2
        house.tell("action-1", ActionCancelled(reason="Somebody else does it"))
        assert worker(house, letterbox).deliver(DAY) == {Outcome.CANCELLED: 1}

    slow = held_up(house, letterbox, "AND state = 'claimed' AND token = ?", somebody_else_goes_on)
    with capture_logs() as logged:
        outcomes = slow.deliver(DAY)

    assert outcomes == {Outcome.LOST: 1}
    assert logged == []
    slow.ledger.log.close()
