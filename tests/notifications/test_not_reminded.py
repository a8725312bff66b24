"""What was planned for a day and did not go on it, whenever one asks."""

from __future__ import annotations

import datetime as dt

import pytest

from events.action import ActionCreated
from events.catalogue import Event
from events.directory import PersonRegistered
from events.email import EmailFailed, EmailItemDropped, EmailPlanned, EmailSent, NotSentReason
from events.email import ReminderItem as Item
from notifications.not_reminded import NotReminded, not_reminded
from tests.projections.folds import Tale, target

DUE = dt.date(2025, 2, 12)
SENT = EmailSent(sent_to="a@example.org", attempt=3)
FAILED = EmailFailed(reply="550 no such user", attempt=3)


def told(*settled: tuple[str, Event], asked_on: str = "2025-06-02") -> Tale:
    """Return an email about two items, due on 12 February, with what came of it by a day."""
    tale = Tale("2025-01-06").tell("person-1", PersonRegistered(name="Example"))
    for number in (1, 2):
        made = ActionCreated(text="See", lead_roles=("role-1",), target=target("March 2025"))
        tale.tell(f"action-{number}", made)
    items = tuple(
        Item(item=f"action-{number}", target_on=dt.date(2025, 3, 31), rule="lead-before-20")
        for number in (1, 2)
    )
    planned = EmailPlanned(
        person="person-1", send_on=DUE, items=items, message_id="<e@example.org>"
    )
    tale.on("2025-02-12").tell("email-1", planned, by="system")
    for on, event in settled:
        if on <= asked_on:
            tale.on(on).tell("email-1", event, by="system")
    return tale


def missed(tale: Tale, since: str, until: str) -> tuple[NotReminded, ...]:
    return not_reminded(tale.view(), dt.date.fromisoformat(since), dt.date.fromisoformat(until))


@pytest.mark.parametrize("asked_on", ["2025-02-13", "2025-06-02"])
def test_what_left_late_did_not_go_when_due_whenever_one_asks(asked_on: str) -> None:
    tale = told(("2025-02-14", SENT), asked_on=asked_on)
    found = missed(tale, "2025-02-10", "2025-02-13")
    assert [(one.item, one.on) for one in found] == [("action-1", DUE), ("action-2", DUE)]


def test_it_is_said_when_it_left_in_the_end() -> None:
    first, _ = missed(told(("2025-02-14", SENT)), "2025-02-12", "2025-02-12")
    assert first.why == "it had not left by the end of the day"
    assert first.then == "it left on 14 February 2025, at attempt 3"
    assert not missed(told(("2025-02-14", SENT)), "2025-02-13", "2025-02-20")


def test_what_left_on_its_day_has_gone() -> None:
    assert not missed(told(("2025-02-12", SENT)), "2025-02-01", "2025-06-01")


def test_what_was_refused_later_had_not_gone_when_due_either() -> None:
    tale = told(("2025-02-15", FAILED))
    for until, on in (("2025-02-13", "2025-02-12"), ("2025-02-20", "2025-02-15")):
        found = missed(tale, "2025-02-10", until)
        assert {one.on.isoformat() for one in found} == {on}
        assert found[0].why == "the mail server refused it: 550 no such user"


def test_what_was_taken_out_of_a_late_email_is_told_with_its_reason() -> None:
    gone = EmailItemDropped(
        item="action-2",
        target_on=dt.date(2025, 3, 31),
        rule="lead-before-20",
        reason=NotSentReason.ENDED,
    )
    found = missed(told(("2025-02-14", gone), ("2025-02-14", SENT)), "2025-02-10", "2025-02-20")
    assert {(one.item, one.on.isoformat()) for one in found} == {
        ("action-1", "2025-02-12"),
        ("action-2", "2025-02-14"),
    }
