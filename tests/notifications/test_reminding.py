from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable

import pytest

from events.action import ActionCompleted, TargetDateMoved
from events.directory import HolderAppointed, HolderStoodDown, PersonEmailChanged
from events.email import EmailPlanned
from notifications.reminding import Reminded, message_id_of, preview, remind
from notifications.rules import DEFAULT_RULES
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import (
    CALENDAR,
    CO_LEAD,
    CO_LEAD_ROLE,
    LEAD,
    LEAD_ROLE,
    House,
    add_action,
    opened,
    target,
)

DOMAIN = "example.org"
DAY = dt.date(2024, 12, 2)
ROWS = "SELECT email, person, send_on, state FROM outbox ORDER BY email"


def planned(house: House) -> list[EmailPlanned]:
    return [
        recorded.event for recorded in house.log.read() if isinstance(recorded.event, EmailPlanned)
    ]


def test_what_is_due_is_planned_as_events_and_waits_in_the_outbox(house: House) -> None:
    add_action(house, 1, "November 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))

    reminded = remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)

    assert [ref for ref, _ in reminded.emails] == ["email-1", "email-2"]
    first, second = planned(house)
    assert (first.person, second.person) == (LEAD, CO_LEAD)
    assert (first.items[0].item, first.items[0].rule) == ("action-1", "after-1")
    assert (first.items[0].role, second.items[0].role) == (LEAD_ROLE, CO_LEAD_ROLE)
    assert first.calendar == CALENDAR.version
    assert house.log.query(ROWS) == [
        ("email-1", LEAD, "2024-12-02", "planned"),
        ("email-2", CO_LEAD, "2024-12-02", "planned"),
    ]


def test_a_preview_shows_the_same_and_stores_nothing(house: House) -> None:
    add_action(house, 1, "November 2024")
    size = house.log.head().size

    report = preview(house.log, DEFAULT_RULES, DAY, CALENDAR)

    assert [email.person for email in report.emails] == [LEAD]
    assert house.log.head().size == size
    assert house.log.query(ROWS) == []


def test_reminding_twice_settles_nothing_new(house: House) -> None:
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)

    again = remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)

    assert again.emails == ()
    assert len(planned(house)) == 1


def test_nobody_is_planned_for_while_an_email_of_theirs_is_still_on_its_way(house: House) -> None:
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)
    add_action(house, 2, "November 2024")

    next_day = remind(house.ledger, DEFAULT_RULES, dt.date(2024, 12, 3), domain=DOMAIN)

    assert next_day.emails == ()
    assert next_day.report.waiting == (LEAD,)


def remind_overtaken(house: House, day: dt.date, meanwhile: Callable[[], object]) -> Reminded:
    """Remind in another process's place, where something happens between planning and the lock."""
    with opened(house.url, house.clock) as other:
        original = other.ledger.transaction

        def overtaken(**given: str) -> object:
            meanwhile()
            return original(**given)

        other.ledger.transaction = overtaken  # type: ignore[method-assign, assignment]
        return remind(other.ledger, DEFAULT_RULES, day, domain=DOMAIN)


def test_what_another_worker_settled_and_sent_meanwhile_is_not_settled_again(house: House) -> None:
    add_action(house, 1, "November 2024")

    def settle_and_send() -> None:
        remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)
        worker(house, Letterbox()).deliver(DAY)

    late = remind_overtaken(house, dt.date(2024, 12, 3), settle_and_send)

    assert late.report.emails
    assert late.emails == ()
    assert len(planned(house)) == 1


def test_whoever_is_written_to_meanwhile_about_something_else_waits(house: House) -> None:
    add_action(house, 1, "November 2024")

    def settle_something_else() -> None:
        house.tell("action-1", ActionCompleted(confirmed_by="person-2"))
        add_action(house, 2, "November 2024")
        remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)

    late = remind_overtaken(house, DAY, settle_something_else)

    assert late.report.emails
    assert late.emails == ()
    assert [item.item for one in planned(house) for item in one.items] == ["action-2"]


@pytest.mark.parametrize("given_instead", [None, "elsewhere@example.org"])
def test_a_shared_mailbox_gets_one_email_a_day_whoever_has_it_by_then(
    house: House, given_instead: str | None
) -> None:
    house.tell(CO_LEAD, PersonEmailChanged(email="person1@example.org"))
    add_action(house, 1, "November 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))
    remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)
    worker(house, Letterbox()).deliver(DAY)
    house.tell(LEAD, PersonEmailChanged(email=given_instead))

    assert [one.person for one in planned(house)] == [LEAD]
    assert CO_LEAD not in told_on(house, DAY)
    assert CO_LEAD in told_on(house, DAY + dt.timedelta(days=1))


def test_who_stalls_into_the_next_day_plans_nothing_for_whoever_was_written_to_on_it(
    house: House,
) -> None:
    tuesday = DAY + dt.timedelta(days=1)
    house.clock.now = dt.datetime.combine(tuesday, dt.time(9), dt.UTC)
    add_action(house, 1, "November 2024")
    assert told_on(house, tuesday) == [LEAD]
    worker(house, Letterbox()).deliver(tuesday)
    add_action(house, 2, "November 2024")

    assert told_on(house, DAY) == []


def told_on(house: House, day: dt.date) -> list[str]:
    settled = remind(house.ledger, DEFAULT_RULES, day, domain=DOMAIN)
    return [email.person for _, email in settled.emails]


def test_a_finished_action_is_never_reminded_of(house: House) -> None:
    add_action(house, 1, "November 2024")
    house.tell("action-1", ActionCompleted(confirmed_by="person-2"))

    assert remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN).emails == ()


def test_a_moved_date_is_what_counts(house: House) -> None:
    add_action(house, 1, "November 2024")
    house.tell("action-1", TargetDateMoved(target=target("March 2025"), reason="More schools."))

    assert remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN).emails == ()


def test_the_holder_of_the_day_is_told(house: House) -> None:
    add_action(house, 1, "November 2024")
    house.tell(
        LEAD_ROLE,
        HolderStoodDown(person=LEAD, last_day_on=dt.date(2024, 12, 1)),
        HolderAppointed(person=CO_LEAD, from_on=dt.date(2024, 12, 2)),
    )

    reminded = remind(house.ledger, DEFAULT_RULES, DAY, domain=DOMAIN)

    assert [email.person for _, email in reminded.emails] == [CO_LEAD]


def test_a_message_id_tells_nobodys_name_and_is_the_same_for_the_same_reminders() -> None:
    keys = ["action-1|2024-11-30|after-1|person-1", "action-2|2024-11-30|after-1|person-1"]

    assert message_id_of(keys, DOMAIN) == message_id_of(reversed(keys), DOMAIN)
    assert message_id_of(keys[:1], DOMAIN) != message_id_of(keys, DOMAIN)
    assert "person" not in message_id_of(keys, DOMAIN)


REMIND_IN_A_PROCESS = """
import datetime as dt, sys
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from tests.notifications.records import opened

with opened(sys.argv[1]) as house:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(5):
        remind(house.ledger, DEFAULT_RULES, dt.date(2024, 12, 2), domain="example.org")
"""


@pytest.mark.parametrize("processes", [3])
def test_processes_that_remind_at_once_settle_each_reminder_once(
    house: House, processes: int
) -> None:
    for number in range(1, 21):
        add_action(house, number, "November 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))
    command = [sys.executable, "-c", REMIND_IN_A_PROCESS, house.url]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.communicate("go\n", timeout=60)

    assert [process.returncode for process in running] == [0] * processes
    keys = [(one.person, item.item, item.rule) for one in planned(house) for item in one.items]
    assert len(keys) == len(set(keys)) == 40
    assert sorted(one.person for one in planned(house)) == [LEAD, CO_LEAD]
