from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from events.action import ActionCompleted, ActionReworded, TargetDateMoved
from events.directory import HolderAppointed, HolderStoodDown, PersonEmailChanged
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    EmailUncertain,
    NotSentReason,
)
from notifications.mailer import NotTaken, OutcomeUnknown
from notifications.outbox import LEASE
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.retrying import GIVE_UP_AFTER, RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from tests.notifications.letterboxes import Fault, Letterbox, worker
from tests.notifications.records import (
    CHAIR,
    CO_LEAD,
    LEAD,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    opened,
    target,
)

DAY = dt.date(2024, 12, 2)
COMPLETED = ActionCompleted(confirmed_by="person-2")
MOVED = TargetDateMoved(target=target("March 2025"), reason="More schools.")
LATER = NotTaken("451 not now")
NEVER = NotTaken("550 no such mailbox", for_good=True)
UNKNOWN = OutcomeUnknown("Connection lost")


def settle(house: House, *actions: int, day: dt.date = DAY) -> None:
    """Take on actions that are overdue, and settle one email about them to their lead."""
    for number in actions:
        add_action(house, number, "November 2024")
    remind(house.ledger, DEFAULT_RULES, day, domain="example.org")


def told(house: House, email: str = "email-1") -> list[type]:
    return [type(event) for event in house.events_of(email)]


def state_of(house: House, email: str = "email-1") -> str:
    ((state,),) = house.log.query("SELECT state FROM outbox WHERE email = ?", (email,))
    return str(state)


def deliver(house: House, letterbox: Letterbox, day: dt.date = DAY) -> Counter[Outcome]:
    return worker(house, letterbox).deliver(day)


def test_what_waits_leaves_once_and_is_told_in_the_log(house: House) -> None:
    settle(house, 1, 2)
    letterbox = Letterbox()

    first, second = deliver(house, letterbox), deliver(house, letterbox)

    assert (first, second) == (Counter({Outcome.SENT: 1}), Counter())
    assert letterbox.recipients == ["person1@example.org"]
    assert house.events_of("email-1")[-1] == EmailSent(sent_to="person1@example.org", attempt=1)
    assert house.log.query("SELECT state, message FROM outbox") == [("sent", None)]


def test_an_email_of_tomorrow_does_not_leave_today(house: House) -> None:
    settle(house, 1, day=dt.date(2024, 12, 3))

    assert deliver(house, Letterbox()) == Counter()


def test_stopping_is_heeded_between_two_emails(house: House) -> None:
    settle(house, 1)

    assert worker(house, Letterbox()).deliver(DAY, stop=lambda: True) == Counter()
    assert state_of(house) == "planned"


def test_what_ended_or_moved_meanwhile_is_left_out_with_the_reason(house: House) -> None:
    settle(house, 1, 2, 3)
    house.tell("action-1", COMPLETED)
    house.tell("action-2", MOVED)
    letterbox = Letterbox()

    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})

    dropped = [one for one in house.events_of("email-1") if isinstance(one, EmailItemDropped)]
    assert [(one.item, one.reason) for one in dropped] == [
        ("action-1", NotSentReason.ENDED),
        ("action-2", NotSentReason.MOVED),
    ]
    ((_, message),) = letterbox.taken
    assert b"A3" in message
    assert b"A1 " not in message


def test_with_nothing_left_to_say_an_email_is_cancelled(house: House) -> None:
    settle(house, 1)
    house.tell("action-1", COMPLETED)
    letterbox = Letterbox()

    assert deliver(house, letterbox) == Counter({Outcome.CANCELLED: 1})

    assert told(house) == [EmailPlanned, EmailItemDropped, EmailCancelled]
    assert letterbox.taken == []
    assert state_of(house) == "cancelled"


def test_what_ends_while_the_server_is_asked_is_not_sent(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.at_begin.append(lambda: house.tell("action-1", COMPLETED))

    assert deliver(house, letterbox) == Counter({Outcome.CANCELLED: 1})
    assert letterbox.taken == []
    assert letterbox.abandoned == 1


def test_nothing_goes_to_somebody_who_no_longer_holds_the_role(house: House) -> None:
    settle(house, 1)
    yesterday = DAY - dt.timedelta(days=1)
    stood_down = HolderStoodDown(person=LEAD, last_day_on=yesterday)
    house.tell(LEAD_ROLE, stood_down, HolderAppointed(person=CO_LEAD, from_on=DAY))
    letterbox = Letterbox()

    deliver(house, letterbox)
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    deliver(house, letterbox)

    assert house.events_of("email-1")[-1] == EmailCancelled(reason=NotSentReason.HANDED_OVER)
    assert letterbox.recipients == ["person2@example.org"]


def test_without_an_address_it_falls_to_the_next_in_line(house: House) -> None:
    settle(house, 1)
    house.tell(LEAD, PersonEmailChanged(email=None))
    letterbox = Letterbox()

    deliver(house, letterbox)
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    deliver(house, letterbox)

    assert house.events_of("email-1")[-1] == EmailCancelled(reason=NotSentReason.NO_ADDRESS)
    assert letterbox.recipients == ["person3@example.org"]


def test_an_address_that_changes_while_the_server_is_asked_is_asked_again(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    changed = PersonEmailChanged(email="elsewhere@example.org")
    letterbox.at_begin.append(lambda: house.tell(LEAD, changed))

    assert deliver(house, letterbox) == Counter({Outcome.PUT_OFF: 1, Outcome.SENT: 1})
    assert letterbox.recipients == ["elsewhere@example.org"]


def test_a_date_that_moved_away_before_it_left_and_back_is_reminded_of_once(house: House) -> None:
    settle(house, 1)
    house.tell("action-1", MOVED)
    letterbox = Letterbox()
    deliver(house, letterbox)
    house.tell("action-1", TargetDateMoved(target=target("November 2024"), reason="A mistake."))

    for day in (DAY, DAY + dt.timedelta(days=1)):
        remind(house.ledger, DEFAULT_RULES, day, domain="example.org")
        deliver(house, letterbox, day)

    assert letterbox.recipients == ["person1@example.org"]


@pytest.mark.parametrize("phase", ["at_begin", "at_hand_over"])
def test_what_is_refused_for_now_waits_longer_each_time_and_leaves_once(
    house: House, phase: str
) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    getattr(letterbox, phase).extend([LATER, LATER])

    assert deliver(house, letterbox) == Counter({Outcome.PUT_OFF: 1})
    assert deliver(house, letterbox) == Counter()
    house.clock.goes_on(minutes=5)
    assert deliver(house, letterbox) == Counter({Outcome.PUT_OFF: 1})
    house.clock.goes_on(minutes=14)
    assert deliver(house, letterbox) == Counter()
    house.clock.goes_on(minutes=1)
    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})
    assert house.events_of("email-1")[-1] == EmailSent(sent_to="person1@example.org", attempt=3)


@pytest.mark.parametrize("phase", ["at_begin", "at_hand_over"])
def test_what_is_not_taken_for_three_days_is_given_up_and_its_reminders_planned_anew(
    house: House, phase: str
) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    getattr(letterbox, phase).extend([LATER, LATER])
    deliver(house, letterbox)
    house.clock.now += GIVE_UP_AFTER

    assert deliver(house, letterbox) == Counter({Outcome.GIVEN_UP: 1})
    assert deliver(house, letterbox) == Counter()
    assert house.events_of("email-1")[-1] == EmailCancelled(reason=NotSentReason.NEVER_TAKEN)
    next_day = DAY + dt.timedelta(days=3)
    (again,) = remind(house.ledger, DEFAULT_RULES, next_day, domain="example.org").emails
    assert [item.key for item in again[1].items] == ["action-1|2024-11-30|after-1|person-1"]


@pytest.mark.parametrize("phase", ["at_begin", "at_hand_over"])
def test_what_is_refused_for_good_has_failed_at_once(house: House, phase: str) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    getattr(letterbox, phase).append(NEVER)

    assert deliver(house, letterbox) == Counter({Outcome.FAILED: 1})
    house.clock.now += GIVE_UP_AFTER
    assert deliver(house, letterbox) == Counter()
    assert told(house) == [EmailPlanned, EmailFailed]
    later = DAY + dt.timedelta(days=3)
    settled = remind(house.ledger, DEFAULT_RULES, later, domain="example.org").emails
    told_then = {
        (email.person, one.subject.item, one.rule) for _, email in settled for one in email.items
    }
    # The chair hears of it in the lead's place, and the manager that the address is refused.
    assert {(who, what) for who, what, _ in told_then} == {(CHAIR, "action-1"), (MANAGER, LEAD)}
    assert (MANAGER, LEAD, "address-refused") in told_then


def test_without_a_reply_it_is_uncertain_and_leaves_once_more_with_the_same_bytes(
    house: House,
) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.extend([UNKNOWN, UNKNOWN])

    assert deliver(house, letterbox) == Counter({Outcome.UNCERTAIN: 1})
    house.tell("action-1", ActionReworded(text="In other words", reason="Plainer."))
    assert deliver(house, letterbox) == Counter()
    house.clock.now += RESEND_AFTER
    assert deliver(house, letterbox) == Counter({Outcome.UNCERTAIN: 1})
    house.clock.now += GIVE_UP_AFTER
    assert deliver(house, letterbox) == Counter()

    (first_envelope, first), (second_envelope, second) = letterbox.taken
    assert first == second
    assert first_envelope == second_envelope
    assert told(house) == [EmailPlanned, EmailUncertain, EmailUncertain]
    assert state_of(house) == "uncertain"


def test_what_was_uncertain_and_is_taken_the_second_time_was_sent(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.at_hand_over.append(UNKNOWN)
    deliver(house, letterbox)
    house.clock.now += RESEND_AFTER

    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})
    assert told(house) == [EmailPlanned, EmailUncertain, EmailSent]


def test_what_is_uncertain_does_not_leave_again_when_it_is_no_longer_true(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.append(UNKNOWN)
    deliver(house, letterbox)
    house.tell("action-1", COMPLETED)
    house.clock.now += RESEND_AFTER

    assert deliver(house, letterbox) == Counter({Outcome.NOT_RESENT: 1})
    assert deliver(house, letterbox) == Counter()
    assert len(letterbox.taken) == 1
    assert state_of(house) == "uncertain"


def test_a_resend_that_is_refused_for_now_waits_with_the_same_bytes(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.append(UNKNOWN)
    deliver(house, letterbox)
    house.clock.now += RESEND_AFTER
    letterbox.at_hand_over.append(LATER)

    assert deliver(house, letterbox) == Counter({Outcome.PUT_OFF: 1})
    assert state_of(house) == "uncertain"
    house.clock.goes_on(hours=1)
    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})
    assert letterbox.taken[0][1] == letterbox.taken[1][1]


def test_a_resend_that_is_refused_for_good_leaves_the_doubt(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.after_taking.append(UNKNOWN)
    deliver(house, letterbox)
    house.clock.now += RESEND_AFTER
    letterbox.at_begin.append(NEVER)

    assert deliver(house, letterbox) == Counter({Outcome.NOT_RESENT: 1})
    assert told(house) == [EmailPlanned, EmailUncertain]


def test_a_worker_that_stalls_past_its_lease_and_wakes_sends_nothing(house: House) -> None:
    settle(house, 1)
    slow, quick = Letterbox(), Letterbox()

    def stall() -> None:
        house.clock.now += LEASE * 2
        with opened(house.url, house.clock) as other:
            deliver(other, quick)

    slow.at_begin.append(stall)

    assert deliver(house, slow) == Counter({Outcome.LOST: 1})
    assert slow.taken == []
    assert quick.recipients == ["person1@example.org"]


def test_a_lease_that_ran_out_is_enough_to_send_nothing(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()

    def stall() -> None:
        house.clock.now += LEASE * 2

    letterbox.at_begin.append(stall)

    assert deliver(house, letterbox) == Counter({Outcome.LOST: 1, Outcome.SENT: 1})
    assert len(letterbox.taken) == 1


def test_a_worker_that_lost_an_email_to_another_settles_nothing_about_it(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()

    def lose_it_and_be_refused() -> None:
        house.clock.now += LEASE * 2
        assert worker(house, Letterbox()).outbox.claim(house.clock(), DAY)
        raise NEVER

    letterbox.at_begin.append(lose_it_and_be_refused)

    assert deliver(house, letterbox) == Counter({Outcome.LOST: 1})
    assert told(house) == [EmailPlanned]
    assert state_of(house) == "claimed"


def test_an_email_in_other_hands_is_left_alone(house: House) -> None:
    settle(house, 1)
    worker(house, Letterbox()).outbox.claim(house.clock(), DAY)

    assert deliver(house, Letterbox()) == Counter()
    house.clock.now += LEASE * 2
    assert deliver(house, Letterbox()) == Counter({Outcome.SENT: 1})


def test_a_late_reply_settles_what_others_took_for_stopped(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()

    def others_give_up() -> None:
        house.clock.now += LEASE * 2
        with opened(house.url, house.clock) as other:
            assert deliver(other, Letterbox()) == Counter({Outcome.UNCERTAIN: 1})

    letterbox.after_taking.append(others_give_up)

    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})
    house.clock.now += GIVE_UP_AFTER
    assert deliver(house, letterbox) == Counter()
    assert told(house) == [EmailPlanned, EmailUncertain, EmailSent]


def test_one_email_that_cannot_be_written_does_not_keep_the_others(house: House) -> None:
    add_action(house, 50, "November 2024", lead_roles=("role-2",))
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.at_begin.append(RuntimeError("out of paper"))

    assert deliver(house, letterbox) == Counter({Outcome.PROBLEM: 1, Outcome.SENT: 1})
    house.clock.goes_on(minutes=5)
    assert deliver(house, letterbox) == Counter({Outcome.SENT: 1})


def test_nobody_has_two_emails_on_a_day_though_one_was_late(house: House) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    letterbox.at_begin.append(LATER)
    deliver(house, letterbox)
    house.clock.now = dt.datetime(2024, 12, 3, 8, 0, tzinfo=dt.UTC)
    next_day = house.clock.now.date()
    add_action(house, 2, "November 2024")

    assert remind(house.ledger, DEFAULT_RULES, next_day, domain="example.org").emails == ()
    assert deliver(house, letterbox, next_day) == Counter({Outcome.SENT: 1})
    assert remind(house.ledger, DEFAULT_RULES, next_day, domain="example.org").emails == ()
    day_after = next_day + dt.timedelta(days=1)
    assert remind(house.ledger, DEFAULT_RULES, day_after, domain="example.org").emails


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        ({}, "sent"),
        ({"at_hand_over": [NEVER]}, "failed"),
        ({"at_hand_over": [LATER, LATER]}, "cancelled"),
        ({"after_taking": [UNKNOWN, UNKNOWN]}, "uncertain"),
        ({"after_taking": [UNKNOWN], "at_begin": [lambda: None, NEVER]}, "uncertain"),
    ],
)
def test_no_address_stays_behind_once_an_email_is_settled(
    house: House, faults: dict[str, list[Fault]], state: str
) -> None:
    settle(house, 1)
    letterbox = Letterbox()
    for phase, some in faults.items():
        getattr(letterbox, phase).extend(some)
    deliver(house, letterbox)
    house.clock.now += GIVE_UP_AFTER
    deliver(house, letterbox)

    ((*found,),) = house.log.query("SELECT state, recipient, message FROM outbox")

    assert found == [state, None, None]
