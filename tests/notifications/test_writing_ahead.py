"""The next emails are written while others are on their way, and every promise holds as before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.event import listen
from typing_extensions import override

from events.action import ActionCompleted
from events.directory import HolderAppointed, PersonRegistered, RoleCreated
from events.email import EmailCancelled, EmailSent
from events.log import EventLog
from events.reading import Reader
from notifications.delivering import Delivery
from notifications.mailer import Begun, Envelope, HandedOver
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from projections.catalogue import FOLD
from projections.ledger import Ledger
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import (
    CALENDAR,
    LONG_AGO,
    House,
    add_action,
    new_record,
    opened,
)
from workflow.deciders import DECIDERS

DAY = dt.date(2024, 12, 2)
EMAILS = 6


@dataclass
class TwoLanes:
    """Two lanes to a server that takes everything. `while_it_stores` happens in each hand-over.

    The next emails have been written by then.
    """

    while_it_stores: Callable[[], None] = lambda: None
    taken: list[str] = field(default_factory=list)
    room: int = 2
    _envelopes: Sequence[Envelope] = ()

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        self._envelopes = envelopes
        return [None] * len(envelopes)

    def hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None]
    ) -> list[HandedOver]:
        lanes = zip(self._envelopes, messages, strict=True)
        self.taken += [one.recipient for one, message in lanes if message is not None]
        meanwhile()
        self.while_it_stores()
        return [None] * len(messages)

    def close(self) -> None:
        pass


class Watched(EventLog):
    """A log at which nobody can look once `breaks` says so."""

    def __init__(self, house: House) -> None:
        super().__init__(house.log.engine, house.clock)
        self.breaks: Callable[[], bool] = lambda: False

    @override
    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        if self.breaks():
            message = "the database is away"
            raise ConnectionError(message)
        with super().snapshot() as reader:
            yield reader


@pytest.fixture
def six(house: House) -> House:
    """Settle an email to each of six leads."""
    settle_six(house)
    return house


def settle_six(house: House) -> None:
    """Settle an email to each of six leads."""
    for number in range(101, 101 + EMAILS):
        person, role = f"person-{number}", f"role-{number}"
        house.tell(person, PersonRegistered(name="Lead", email=f"p{number}@example.org"))
        appointed = HolderAppointed(person=person, from_on=LONG_AGO)
        house.tell(role, RoleCreated(title="Lead"), appointed)
        add_action(house, number, "November 2024", lead_roles=(role,))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")


@pytest.fixture
def watched(six: House) -> Iterator[Watched]:
    log = Watched(six)
    yield log
    log.close()


def delivery(house: House, lanes: TwoLanes, log: EventLog | None = None) -> Delivery:
    ledger = Ledger(log, FOLD, DECIDERS, CALENDAR) if log else house.ledger
    return Delivery(ledger, lanes, SENDING, house.clock)


def states(house: House) -> dict[str, int]:
    return dict(house.log.query("SELECT state, count(*) FROM outbox GROUP BY state"))


def test_never_more_emails_are_being_handed_over_than_there_are_lanes(six: House) -> None:
    seen: list[Any] = []
    lanes = TwoLanes(lambda: seen.append(states(six)["data_started"]))

    assert delivery(six, lanes).deliver(DAY) == {Outcome.SENT: EMAILS}

    assert seen == [2, 2, 2]
    assert sorted(lanes.taken) == [f"p{number}@example.org" for number in range(101, 107)]


def test_what_ends_after_it_was_written_does_not_leave(six: House) -> None:
    completed = ActionCompleted(confirmed_by="person-4")
    happenings = [lambda: six.tell("action-103", completed)]
    lanes = TwoLanes(lambda: happenings.pop()() if happenings else None)

    outcomes = delivery(six, lanes).deliver(DAY)

    assert outcomes == {Outcome.SENT: EMAILS - 1, Outcome.CANCELLED: 1}
    assert "p103@example.org" not in lanes.taken
    told = [recorded.event for recorded in six.log.read()]
    assert sum(isinstance(event, EmailCancelled) for event in told) == 1


def test_whoever_is_asked_to_stop_leaves_to_others_what_was_written_already(six: House) -> None:
    lanes, others = TwoLanes(), TwoLanes()

    assert delivery(six, lanes).deliver(DAY, stop=lambda: len(lanes.taken) > 1) == {Outcome.SENT: 2}

    assert states(six) == {"sent": 2, "planned": EMAILS - 2}
    with opened(six.url, six.clock) as other:
        assert delivery(other, others).deliver(DAY) == {Outcome.SENT: EMAILS - 2}
    attempts = [
        recorded.event.attempt for recorded in six.log.read()
        if isinstance(recorded.event, EmailSent)
    ]  # fmt: skip
    assert attempts == [1] * EMAILS


def test_a_day_that_ends_meanwhile_keeps_what_was_written(six: House) -> None:
    lanes = TwoLanes()
    worker = delivery(six, lanes)

    assert worker.deliver(DAY, day_is_over=lambda: len(lanes.taken) > 3) == {Outcome.SENT: 4}
    assert states(six) == {"sent": 4, "planned": 2}


def test_what_breaks_while_the_next_is_written_costs_no_outcome(
    six: House, watched: Watched
) -> None:
    lanes = TwoLanes()
    watched.breaks = lambda: bool(lanes.taken)

    with pytest.raises(ConnectionError):
        delivery(six, lanes, watched).deliver(DAY)

    assert states(six) == {"sent": 2, "claimed": EMAILS - 2}


def test_so_many_questions_are_asked_however_many_emails_leave_together(sqlite_url: str) -> None:
    with new_record(sqlite_url) as house:
        settle_six(house)
        asked_of_two = questions_of_a_batch(house, 2)
        asked_of_four = questions_of_a_batch(house, 4)

    assert counted(asked_of_two) == counted(asked_of_four)


def questions_of_a_batch(house: House, emails: int) -> list[str]:
    """Deliver one batch; return what the database was asked of the record meanwhile."""
    asked: list[str] = []
    lanes = TwoLanes(room=emails)
    with opened(house.url, house.clock) as mine:
        listen(mine.log.engine, "connect", lambda new, _: new.set_trace_callback(asked.append))
        outcomes = delivery(mine, lanes).deliver(DAY, stop=lambda: bool(lanes.taken))
    assert outcomes == {Outcome.SENT: emails}
    return asked


def counted(asked: list[str]) -> Counter[str]:
    """Count the questions about the record by what they ask for."""
    about = ("FROM read_standing", "FROM events", "FROM log_head")
    return Counter(
        one.partition(" WHERE ")[0]
        for one in asked
        if one.startswith("SELECT") and any(table in one for table in about)
    )
