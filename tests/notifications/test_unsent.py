from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import ActionCompleted
from notifications.mailer import NotTaken, OutcomeUnknown
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from notifications.unsent import Trouble, unsent
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import CALENDAR, CO_LEAD_ROLE, House, add_action, new_record

DAY = dt.date(2024, 12, 2)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    """Begin a record in which one email was refused and one is uncertain."""
    with new_record(sqlite_url) as begun:
        add_action(begun, 1, "November 2024")
        add_action(begun, 2, "November 2024", lead_roles=(CO_LEAD_ROLE,))
        letterbox = Letterbox()
        letterbox.at_begin.append(NotTaken("550 no such mailbox", for_good=True))
        letterbox.after_taking.append(OutcomeUnknown("Connection lost"))
        send(begun, letterbox, DAY)
        yield begun


def send(house: House, letterbox: Letterbox, day: dt.date) -> None:
    remind(house.ledger, DEFAULT_RULES, day, domain="example.org")
    worker(house, letterbox).deliver(day)


def shown(house: House, day: dt.date = DAY) -> list[tuple[str, str, Trouble, str]]:
    found = unsent(house.log, day, CALENDAR)
    return [(one.email, one.person, one.trouble, one.reason) for one in found]


REFUSED = ("email-1", "person-1", Trouble.FAILED, "550 no such mailbox")
UNCERTAIN = ("email-2", "person-2", Trouble.UNCERTAIN, "Connection lost")


def test_what_failed_and_what_is_uncertain_is_shown_for_thirty_days(house: House) -> None:
    assert shown(house) == shown(house, DAY + dt.timedelta(days=30)) == [REFUSED, UNCERTAIN]
    assert shown(house, DAY + dt.timedelta(days=31)) == []


def test_what_is_over_is_not_shown(house: House) -> None:
    house.tell("action-1", ActionCompleted(confirmed_by="person-2"))

    assert shown(house) == [UNCERTAIN]


def test_whoever_was_told_by_a_later_email_is_not_shown(house: House) -> None:
    house.clock.goes_on(days=4)
    send(house, Letterbox(), DAY + dt.timedelta(days=4))

    assert shown(house, DAY + dt.timedelta(days=4)) == []
