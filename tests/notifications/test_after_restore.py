from __future__ import annotations

import datetime as dt

import pytest

from events.action import ActionCompleted
from events.email import EmailCancelled, EmailPlanned, EmailUncertain, NotSentReason
from notifications.after_restore import RESTORED, hold_back
from notifications.mailer import OutcomeUnknown
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.retrying import RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from notifications.telling_anew import left_in_doubt, tell_anew
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import LEAD, MANAGER, House, add_action
from workflow.refusals import NotAllowed, NotFound, NotNow

MONDAY = dt.date(2024, 12, 2)
FRIDAY = dt.date(2024, 12, 6)


def settle(house: House, number: int, day: dt.date = MONDAY) -> None:
    """Take on an action that is overdue, and settle the email about it."""
    add_action(house, number, "November 2024")
    remind(house.ledger, DEFAULT_RULES, day, domain="example.org")


def held(house: House, first: dt.date = MONDAY, last: dt.date = MONDAY) -> list[str]:
    return [
        one.email for one in hold_back(house.ledger, DEFAULT_RULES, (first, last), "example.org")
    ]


def told(house: House, email: str = "email-1") -> list[type]:
    return [type(event) for event in house.events_of(email)]


def states(house: House) -> dict[str, tuple[str, str | None]]:
    rows = house.log.query("SELECT email, state, next_try_at FROM outbox ORDER BY email")
    return {email: (state, next_try_at) for email, state, next_try_at in rows}


def test_what_was_planned_is_in_doubt_and_leaves_no_more(house: House) -> None:
    settle(house, 1)

    (found,) = hold_back(house.ledger, DEFAULT_RULES, (MONDAY, MONDAY), "example.org")

    assert (found.email, found.person, found.name) == ("email-1", LEAD, "Person 1")
    assert (found.send_on, found.items) == (MONDAY, ("action-1",))
    assert house.events_of("email-1")[-1] == EmailUncertain(reason=RESTORED, attempt=1)
    assert states(house) == {"email-1": ("uncertain", None)}
    assert left_in_doubt(house.view) == ("email-1",)
    letterbox = Letterbox()
    assert not worker(house, letterbox).deliver(FRIDAY)
    assert letterbox.taken == []


def test_what_would_have_been_planned_since_is_in_doubt_under_each_of_its_days(
    house: House,
) -> None:
    add_action(house, 1, "November 2024")

    found = hold_back(house.ledger, DEFAULT_RULES, (MONDAY, FRIDAY), "example.org")

    assert [(one.send_on.day, one.person) for one in found] == [
        (2, "person-1"),
        (6, "person-1"),
        (6, "person-3"),
    ]
    assert {state for state, _ in states(house).values()} == {"uncertain"}
    assert remind(house.ledger, DEFAULT_RULES, FRIDAY, domain="example.org").emails == ()


def test_what_is_planned_for_a_day_to_come_cannot_have_left(house: House) -> None:
    settle(house, 1, FRIDAY)

    assert held(house, MONDAY, dt.date(2024, 12, 1)) == []
    assert states(house)["email-1"][0] == "planned"


def test_what_was_to_leave_once_more_does_not(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.append(OutcomeUnknown("Connection lost"))
    worker(house, letterbox).deliver(MONDAY)
    assert states(house)["email-1"][1] is not None

    assert held(house) == ["email-1"]

    assert told(house) == [EmailPlanned, EmailUncertain]
    house.clock.now += RESEND_AFTER
    assert not worker(house, letterbox).deliver(MONDAY)
    assert held(house) == []


def test_what_is_told_anew_is_planned_anew_as_far_as_it_is_still_due(house: House) -> None:
    settle(house, 1)
    add_action(house, 2, "November 2024")
    held(house, MONDAY, dt.date(2024, 12, 3))
    house.tell("action-1", ActionCompleted(confirmed_by="person-2"))

    tell_anew(house.ledger, left_in_doubt(house.view), MANAGER)

    assert house.events_of("email-1")[-1] == EmailCancelled(reason=NotSentReason.TOLD_ANEW)
    assert {state for state, _ in states(house).values()} == {"cancelled"}
    assert left_in_doubt(house.view) == ()
    wednesday = dt.date(2024, 12, 4)
    ((_, email),) = remind(house.ledger, DEFAULT_RULES, wednesday, domain="example.org").emails
    assert [item.subject.item for item in email.items] == ["action-2"]
    letterbox = Letterbox()
    assert worker(house, letterbox).deliver(wednesday) == {Outcome.SENT: 1}


def test_what_leaves_once_more_by_itself_is_not_told_anew(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.append(OutcomeUnknown("Connection lost"))
    worker(house, letterbox).deliver(MONDAY)

    with pytest.raises(NotNow, match="It leaves once more by itself"):
        tell_anew(house.ledger, ["email-1"], MANAGER)
    assert told(house) == [EmailPlanned, EmailUncertain]


def test_of_several_emails_all_are_told_anew_or_none(house: House) -> None:
    settle(house, 1)
    held(house)

    with pytest.raises(NotFound):
        tell_anew(house.ledger, ["email-1", "email-9"], MANAGER)
    with pytest.raises(NotAllowed):
        tell_anew(house.ledger, ["email-1"], LEAD)
    assert told(house) == [EmailPlanned, EmailUncertain]
