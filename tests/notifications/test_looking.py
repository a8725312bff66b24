from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import ActionExtensionDeclined, ActionExtensionRequested, ActionProgressNoted
from events.catalogue import Event
from events.directory import HolderAppointed, HolderStoodDown, PersonEmailChanged
from events.email import EmailFailed, EmailPlanned, NotSentReason, ReminderItem
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.ladder import Ladder
from notifications.looking import Looked, look
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES, Occasion, Recipient, Rule
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    CO_LEAD,
    LEAD,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    new_record,
    target,
)

DAY = dt.date(2024, 12, 4)
FRIDAY = dt.date(2024, 11, 29)
ASKED = ActionExtensionRequested(
    extension=1, target=target("March 2025"), reason="Snow.", progress="Half of it."
)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def settled(house: House, person: str, day: dt.date = DAY) -> str:
    """Settle the emails of a day; return the one to a person."""
    reminded = remind(house.ledger, DEFAULT_RULES, day, domain="example.org")
    (ref,) = [ref for ref, email in reminded.emails if email.person == person]
    return ref


def look_at(
    house: House, email: str, day: dt.date = DAY, rules: tuple[Rule, ...] = DEFAULT_RULES
) -> Looked:
    audiences = Audiences(Directory.of(house.view), day)
    ladder = Ladder(rules, day, CALENDAR)
    return look(house.log.read_stream(email), house.view, audiences, ladder, CALENDAR)


def test_a_request_that_waits_is_told_to_who_decides_with_its_rule(house: House) -> None:
    add_action(house, 1, "June 2025")
    house.tell("action-1", ASKED)

    (due,) = look_at(house, settled(house, CHAIR)).due

    assert (due.subject.occasion, due.told.meant_for) == (Occasion.DECISION, Recipient.DECIDER)
    assert due.rule is not None
    assert due.rule.name == "decision-after-2"


@pytest.mark.parametrize(
    ("person", "stream", "happened_before", "mended"),
    [
        (CHAIR, "action-1", ASKED, ActionExtensionDeclined(extension=1, reason="No.")),
        (
            MANAGER,
            LEAD_ROLE,
            HolderStoodDown(person=LEAD, last_day_on=FRIDAY),
            HolderAppointed(person=CO_LEAD, from_on=DAY),
        ),
    ],
    ids=["decided", "filled"],
)
def test_what_somebody_settled_meanwhile_is_not_told(
    house: House, person: str, stream: str, happened_before: Event, mended: Event
) -> None:
    add_action(house, 1, "June 2025")
    house.tell(stream, happened_before)
    email = settled(house, person)
    assert look_at(house, email).due

    house.tell(stream, mended, actor=CHAIR)
    looked = look_at(house, email)

    assert looked.due == ()
    assert [one.reason for one in looked.dropped] == [NotSentReason.SETTLED]


def test_an_address_that_was_put_right_meanwhile_is_not_told_of(house: House) -> None:
    item = ReminderItem(item="action-1", target_on=DAY, rule="after-1")
    planned = EmailPlanned(person=LEAD, send_on=DAY, items=(item,), message_id="<gt-1@example.org>")
    house.tell("email-1", planned, EmailFailed(reply="550 No such mailbox"))
    email = settled(house, MANAGER)
    assert [one.item.rule for one in look_at(house, email).due] == ["address-refused"]

    house.tell(LEAD, PersonEmailChanged(email="new@example.org"))

    assert [one.reason for one in look_at(house, email).dropped] == [NotSentReason.SETTLED]


def test_a_request_made_on_the_target_date_is_told_apart_from_it(house: House) -> None:
    add_action(house, 1, "2 December 2024")
    house.tell("action-1", ActionProgressNoted(note="Half of it."), ASKED)
    reminded = remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    told = {
        (email.person, due.item.rule, due.subject.occasion)
        for ref, email in reminded.emails
        for due in look_at(house, ref).due
    }

    assert told == {
        (LEAD, "after-1", Occasion.TARGET),
        (CHAIR, "decision-after-2", Occasion.DECISION),
    }
    house.tell("action-1", ActionExtensionDeclined(extension=1, reason="No."), actor=CHAIR)
    dropped = [
        (one.item.rule, one.reason)
        for ref, _ in reminded.emails
        for one in look_at(house, ref).dropped
    ]
    assert dropped == [("decision-after-2", NotSentReason.SETTLED)]


def test_a_rule_that_was_taken_out_meanwhile_still_tells_of_what_is_due(house: House) -> None:
    add_action(house, 1, "2 December 2024")
    email = settled(house, LEAD, dt.date(2024, 12, 3))
    others = tuple(rule for rule in DEFAULT_RULES if rule.name != "after-1")

    (due,) = look_at(house, email, rules=others).due

    assert (due.subject.occasion, due.rule) == (Occasion.TARGET, None)
