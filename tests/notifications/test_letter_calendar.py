"""What becomes of dates that somebody was told: their calendar follows with the next email."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from events.action import ActionCancelled, ActionPutOnHold, ActionStarted, TargetDateMoved
from events.directory import HolderAppointed, HolderStoodDown
from notifications.mailer import NotTaken, OutcomeUnknown
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES, LADDER, Rule
from tests.notifications.letter_samples import part, read
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import (
    CHAIR_ROLE,
    CO_LEAD,
    LEAD,
    LEAD_ROLE,
    House,
    add_action,
    new_record,
    target,
)

FIRST = dt.date(2024, 12, 2)
NEXT = dt.date(2024, 12, 9)
THIRD = dt.date(2024, 12, 16)
RULES = tuple(rule for rule in DEFAULT_RULES if rule.occasions <= LADDER)
"""Digests are left out: they bring no date."""
GIVEN_UP = ActionCancelled(reason="Another action does it.")


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def emails(
    house: House,
    day: dt.date,
    letterbox: Letterbox | None = None,
    rules: tuple[Rule, ...] = RULES,
) -> dict[str, EmailMessage]:
    """Return the emails of a day as they arrive, by the reader's address."""
    house.clock.now = dt.datetime.combine(day, dt.time(8), dt.UTC)
    remind(house.ledger, rules, day, domain="example.org")
    taken = letterbox or Letterbox()
    worker(house, taken).deliver(day)
    return {envelope.recipient: read(message) for envelope, message in taken.taken}


def entries(house: House, day: dt.date, number: int = 1) -> dict[str, tuple[str, str, int]]:
    """Return what the email of a day brings for a calendar: method, day and sequence by UID."""
    found = {}
    message = emails(house, day)[f"person{number}@example.org"]
    for attached in message.iter_attachments():
        calendar = Calendar.from_ical(attached.get_content())
        for entry in calendar.walk("VEVENT"):
            on = entry.decoded("dtstart").isoformat()
            assert str(entry["uid"]) not in found, "one entry stands twice in one email"
            found[str(entry["uid"])] = (str(calendar["method"]), on, int(entry.decoded("sequence")))
    return found


def shown(house: House, day: dt.date, number: int = 1) -> dict[str, tuple[str, str]]:
    """Return the same without the sequence, and without the domain."""
    found = entries(house, day, number).items()
    return {uid.partition("@")[0]: (method, on) for uid, (method, on, _) in found}


def test_a_date_that_ended_is_cancelled_by_the_next_email_and_only_by_that(house: House) -> None:
    for number, written in ((1, "20.12.2024"), (2, "16.12.2024"), (3, "23.12.2024")):
        add_action(house, number, written)
    first = entries(house, FIRST)
    house.tell("action-1", GIVEN_UP)

    second = entries(house, NEXT)
    assert first["action-1@example.org"][:2] == ("PUBLISH", "2024-12-20")
    assert second["action-1@example.org"][:2] == ("CANCEL", "2024-12-20")
    assert first["action-1@example.org"][2] < second["action-1@example.org"][2]
    assert shown(house, THIRD) == {"action-3": ("PUBLISH", "2024-12-23")}


def test_no_email_is_sent_for_a_cancellation_alone(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    emails(house, FIRST)
    house.tell("action-1", GIVEN_UP)

    assert emails(house, NEXT) == {}


def test_a_digest_alone_brings_what_ended_as_well(house: House) -> None:
    add_action(house, 1, "20.12.2024", lead_roles=(CHAIR_ROLE,))
    emails(house, FIRST)
    house.tell("action-1", GIVEN_UP)

    digest = emails(house, NEXT, rules=DEFAULT_RULES)["person3@example.org"]
    assert digest["Subject"].startswith("Digest for the week of 2 December 2024")
    (attached,) = digest.iter_attachments()
    calendar = Calendar.from_ical(attached.get_content())
    (entry,) = calendar.walk("VEVENT")
    assert (str(calendar["method"]), str(entry["uid"])) == ("CANCEL", "action-1@example.org")
    assert "No longer due from you: A1." in part(digest, "plain")


def test_what_is_handed_over_leaves_the_calendar_of_who_led_it(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    add_action(house, 2, "16.12.2024", lead_roles=("role-2",))
    emails(house, FIRST)
    house.tell(
        LEAD_ROLE,
        HolderStoodDown(person=LEAD, last_day_on=dt.date(2024, 12, 6)),
        HolderAppointed(person=CO_LEAD, from_on=dt.date(2024, 12, 7)),
    )
    house.tell("role-2", HolderAppointed(person=LEAD, from_on=dt.date(2024, 12, 7)))

    assert shown(house, NEXT) == {
        "action-2": ("PUBLISH", "2024-12-16"),
        "action-1": ("CANCEL", "2024-12-20"),
    }


def test_a_date_that_moved_is_put_right_though_no_rule_speaks_of_it_yet(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    add_action(house, 2, "16.12.2024")
    add_action(house, 3, "23.12.2024")
    first = entries(house, FIRST)
    house.tell("action-1", TargetDateMoved(target=target("31.3.2025"), reason="New heads."))

    second = entries(house, NEXT)
    assert second["action-1@example.org"][:2] == ("PUBLISH", "2025-03-31")
    assert first["action-1@example.org"][2] < second["action-1@example.org"][2]
    assert "action-1" not in shown(house, THIRD)


def test_a_date_that_moved_again_is_put_right_again(house: House) -> None:
    for number, written in ((1, "20.12.2024"), (2, "16.12.2024"), (3, "23.12.2024")):
        add_action(house, number, written)
    emails(house, FIRST)
    house.tell("action-1", TargetDateMoved(target=target("31.3.2025"), reason="New heads."))
    assert shown(house, NEXT)["action-1"] == ("PUBLISH", "2025-03-31")

    house.tell("action-1", TargetDateMoved(target=target("30.4.2025"), reason="Newer heads."))
    assert shown(house, THIRD)["action-1"] == ("PUBLISH", "2025-04-30")


def test_a_date_that_moved_away_and_back_between_two_emails_is_left_alone(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    add_action(house, 2, "16.12.2024")
    emails(house, FIRST)
    for written in ("31.3.2025", "20.12.2024"):
        house.tell("action-1", TargetDateMoved(target=target(written), reason="Because."))

    assert shown(house, NEXT) == {"action-2": ("PUBLISH", "2024-12-16")}


def test_a_review_that_ends_leaves_the_target_date_of_the_same_work(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    on_hold = ActionPutOnHold(reason="New law.", review_on=dt.date(2024, 12, 9))
    house.tell("action-1", ActionStarted(), on_hold)
    add_action(house, 2, "10.12.2024")
    first = shown(house, FIRST)
    assert first["action-1.review"] == ("PUBLISH", "2024-12-09")

    later = ActionPutOnHold(reason="New law.", review_on=dt.date(2025, 2, 3))
    house.tell("action-1", later)
    add_action(house, 3, "11.12.2024")
    second = shown(house, dt.date(2024, 12, 4))
    assert second["action-1.review"] == ("PUBLISH", "2025-02-03")
    assert "action-1" not in second


def test_what_never_left_is_not_cancelled(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    refusing = Letterbox()
    refusing.at_begin.append(NotTaken("450 later", for_good=False))
    emails(house, FIRST, refusing)
    house.tell("action-1", GIVEN_UP)
    add_action(house, 2, "16.12.2024")
    house.clock.now = dt.datetime.combine(NEXT, dt.time(8), dt.UTC)
    worker(house, Letterbox()).deliver(NEXT)

    assert shown(house, dt.date(2024, 12, 10)) == {"action-2": ("PUBLISH", "2024-12-16")}


def test_a_date_that_has_passed_stays_where_it_was(house: House) -> None:
    add_action(house, 1, "6.12.2024")
    add_action(house, 2, "16.12.2024")
    emails(house, FIRST)
    house.tell("action-1", GIVEN_UP)

    assert shown(house, NEXT) == {"action-2": ("PUBLISH", "2024-12-16")}


def test_everybody_has_a_calendar_of_their_own(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    add_action(house, 2, "20.12.2024", lead_roles=("role-2",))
    add_action(house, 3, "16.12.2024")
    add_action(house, 4, "16.12.2024", lead_roles=("role-2",))
    emails(house, FIRST)
    house.tell("action-1", GIVEN_UP)

    house.clock.now = dt.datetime.combine(NEXT, dt.time(8), dt.UTC)
    taken = emails(house, NEXT)
    names = {
        address: [one.get_filename() for one in message.iter_attachments()]
        for address, message in taken.items()
    }
    assert names == {
        "person1@example.org": ["deadlines.ics", "no-longer-due-A1.ics"],
        "person2@example.org": ["deadlines.ics"],
    }


def test_a_date_that_moved_and_is_told_anew_comes_once(house: House) -> None:
    add_action(house, 1, "20.12.2024")
    emails(house, FIRST)
    house.tell("action-1", TargetDateMoved(target=target("16.12.2024"), reason="Sooner."))

    assert shown(house, NEXT) == {"action-1": ("PUBLISH", "2024-12-16")}


def test_what_may_have_arrived_is_put_right_even_where_an_older_email_said_the_same(
    house: House,
) -> None:
    add_action(house, 1, "20.12.2024")
    add_action(house, 2, "17.12.2024")
    emails(house, FIRST)
    house.tell("action-1", TargetDateMoved(target=target("16.12.2024"), reason="Sooner."))
    doubtful = Letterbox()
    doubtful.at_hand_over.append(OutcomeUnknown("The connection broke."))
    emails(house, NEXT, doubtful)
    house.tell("action-1", TargetDateMoved(target=target("20.12.2024"), reason="Back."))
    house.clock.goes_on(hours=6)
    worker(house, Letterbox()).deliver(NEXT)

    assert shown(house, dt.date(2024, 12, 10))["action-1"] == ("PUBLISH", "2024-12-20")


def test_an_email_that_leaves_late_leaves_alone_what_has_passed_meanwhile(house: House) -> None:
    add_action(house, 1, "10.12.2024")
    add_action(house, 2, "16.12.2024")
    emails(house, FIRST)
    house.clock.now = dt.datetime.combine(NEXT, dt.time(8), dt.UTC)
    remind(house.ledger, RULES, NEXT, domain="example.org")
    house.tell("action-1", GIVEN_UP)
    house.clock.goes_on(days=2)
    late = Letterbox()
    worker(house, late).deliver(dt.date(2024, 12, 11))

    (message,) = (read(message) for _, message in late.taken)
    assert [one.get_filename() for one in message.iter_attachments()] == ["deadlines.ics"]
