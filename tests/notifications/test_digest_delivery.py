"""Digests from the plan to the folder, on both databases."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from events.action import ActionCompleted, ActionProgressNoted, TargetDateMoved
from events.directory import (
    Digest,
    DigestSwitchedOff,
    DigestSwitchedOn,
    HolderAppointed,
    HolderStoodDown,
    PersonEmailChanged,
    RoleCreated,
    SubgroupFormed,
)
from events.email import EmailItemDropped, NotSentReason
from notifications.delivering import Delivery
from notifications.folder import FolderMailer
from notifications.preview import coming
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from notifications.ticking import LONDON, Tick
from tests.notifications.letterboxes import SENDING, Letterbox, worker
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    CHAIR_ROLE,
    LEAD,
    LONG_AGO,
    MANAGER,
    House,
    add_action,
    target,
)

NOTE = ActionProgressNoted(note="Maya's school has it; three more to go.")
MONDAY = dt.date(2024, 12, 9)
CHAIRS_ADDRESS, MANAGERS_ADDRESS = "person3@example.org", "person4@example.org"


def at(house: House, day: dt.date, hour: int = 8) -> None:
    house.clock.now = dt.datetime.combine(day, dt.time(hour), LONDON)


def a_week(house: House, *, written: str = "December 2025") -> None:
    """Let the record begin on 2 December with an action, of which somebody reports that week."""
    add_action(house, 1, written)
    at(house, dt.date(2024, 12, 4))
    house.tell("action-1", NOTE)


def tick(house: House, day: dt.date) -> dict[str, EmailMessage]:
    """Let a worker wake at the sending time of a day; return what left, by recipient."""
    at(house, day)
    letterbox = Letterbox()
    Tick(worker(house, letterbox), house.clock)()
    read = [
        email.message_from_bytes(message, policy=email.policy.default)
        for _, message in letterbox.taken
    ]
    found = {str(one["To"].addresses[0].addr_spec): one for one in read}
    assert len(found) == len(read), "somebody got two emails on one day"
    return found


def plain(message: EmailMessage) -> str:
    """Return the text of an email, each paragraph on one line."""
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_a_chair_reads_on_monday_what_moved_in_the_week(house: House, tmp_path: Path) -> None:
    a_week(house)
    house.tell("action-1", TargetDateMoved(target=target("March 2026"), reason="More schools."))
    at(house, MONDAY)
    folder = tmp_path / "outbox"
    Tick(Delivery(house.ledger, FolderMailer(folder), SENDING, house.clock), house.clock)()

    (path,) = folder.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["To"].addresses[0].addr_spec == CHAIRS_ADDRESS
    assert message["Subject"] == "Digest for the week of 2 December 2024: Example Partnership"
    said = plain(message)
    assert "WHAT MOVED IN PRACTICE SUBGROUP" in said
    moved = (
        "A1 (Share the pathway with every school): moved the target date from December 2025"
        " (due 31 December 2025) to March 2026 (due 31 March 2026), +3 months"
        " (Person 1, 4 December)"
    )
    assert moved in said
    assert "told how the work goes (Person 1, 4 December)" in said
    assert "if you would rather not get the weekly digest, please say so in a reply." in said
    assert "'goldthread" not in said
    assert "Maya" not in message.as_string()
    html = message.get_body(("html",))
    assert html is not None
    assert "What moved in Practice subgroup" in html.get_content()


def test_nobody_reads_of_a_week_in_which_nothing_moved(house: House) -> None:
    a_week(house)
    assert CHAIRS_ADDRESS in tick(house, MONDAY)
    assert tick(house, dt.date(2024, 12, 16)) == {}


def test_a_week_is_told_once(house: House) -> None:
    a_week(house)
    assert CHAIRS_ADDRESS in tick(house, MONDAY)
    assert tick(house, MONDAY) == {}
    assert tick(house, dt.date(2024, 12, 10)) == {}


def test_of_a_time_before_the_record_began_nobody_is_told(house: House) -> None:
    add_action(house, 1, "29.11.2024")
    assert set(tick(house, dt.date(2024, 12, 2))) == {"person1@example.org"}


def test_a_bank_holiday_monday_is_told_of_on_tuesday(house: House) -> None:
    at(house, dt.date(2025, 4, 16))
    add_action(house, 1, "December 2026")
    assert tick(house, dt.date(2025, 4, 21)) == {}
    assert CHAIRS_ADDRESS in tick(house, dt.date(2025, 4, 22))


def test_a_digest_and_a_reminder_make_one_email_with_the_reminder_first(house: House) -> None:
    a_week(house)
    add_action(house, 2, "8.12.2024", lead_roles=(CHAIR_ROLE,))
    message = tick(house, MONDAY)[CHAIRS_ADDRESS]
    assert message["Subject"] == "1 action overdue, 1 digest: Example Partnership"
    said = plain(message)
    assert said.index("OVERDUE") < said.index("WHAT MOVED IN PRACTICE SUBGROUP")
    assert "Became overdue - A2" in said
    assert "cannot be switched off" in said


def test_a_chair_of_two_subgroups_reads_of_both_in_one_email(house: House) -> None:
    house.tell("subgroup-2", SubgroupFormed(name="Training subgroup", chair_role=CHAIR_ROLE))
    a_week(house)
    other = "role-8"
    created = RoleCreated(title="Lead for front desks", subgroup="subgroup-2")
    house.tell(other, created, HolderAppointed(person=LEAD, from_on=LONG_AGO))
    add_action(house, 2, "December 2025", lead_roles=(other,))
    message = tick(house, MONDAY)[CHAIRS_ADDRESS]
    said = plain(message)
    assert message["Subject"] == "2 digests: Example Partnership"
    assert said.index("PRACTICE SUBGROUP") < said.index("TRAINING SUBGROUP")


def test_who_switched_the_digest_off_gets_none_and_nobody_in_their_place(house: House) -> None:
    a_week(house)
    house.tell(CHAIR, DigestSwitchedOff(digest=Digest.WEEKLY))
    assert tick(house, MONDAY) == {}
    house.tell(CHAIR, DigestSwitchedOn(digest=Digest.WEEKLY))
    assert set(tick(house, dt.date(2024, 12, 10))) == {CHAIRS_ADDRESS}


def test_what_is_due_is_told_to_whom_switched_every_digest_off(house: House) -> None:
    a_week(house)
    house.tell(CHAIR, *(DigestSwitchedOff(digest=digest) for digest in Digest))
    add_action(house, 2, "8.12.2024", lead_roles=(CHAIR_ROLE,))
    said = plain(tick(house, MONDAY)[CHAIRS_ADDRESS])
    assert "OVERDUE" in said
    assert "WHAT MOVED" not in said


def test_a_chair_without_an_address_is_read_for_by_the_business_manager(house: House) -> None:
    a_week(house)
    house.tell(CHAIR, PersonEmailChanged())
    said = plain(tick(house, MONDAY)[MANAGERS_ADDRESS])
    assert "WHAT MOVED IN PRACTICE SUBGROUP" in said
    assert "and nobody can be told in Practice subgroup" in said


def test_a_digest_goes_to_nobody_who_handed_the_chair_over_before_it_left(house: House) -> None:
    a_week(house)
    at(house, MONDAY)
    remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org")
    house.tell(CHAIR_ROLE, HolderStoodDown(person=CHAIR, last_day_on=dt.date(2024, 12, 8)))
    house.tell(CHAIR_ROLE, HolderAppointed(person=LEAD, from_on=MONDAY))
    assert tick(house, MONDAY).keys() == {"person1@example.org"}
    assert reasons(house) == [NotSentReason.HANDED_OVER]


def test_a_digest_that_is_switched_off_before_it_left_does_not_leave(house: House) -> None:
    a_week(house)
    at(house, MONDAY)
    remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org")
    house.tell(CHAIR, DigestSwitchedOff(digest=Digest.WEEKLY))
    assert tick(house, MONDAY) == {}
    assert reasons(house) == [NotSentReason.SWITCHED_OFF]


def test_a_digest_of_last_week_does_not_leave_this_week(house: House) -> None:
    a_week(house)
    at(house, MONDAY)
    remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org")
    assert tick(house, dt.date(2024, 12, 16)) == {}
    assert reasons(house) == [NotSentReason.ENDED]


def test_after_three_weeks_without_a_worker_only_the_latest_digest_is_told(house: House) -> None:
    a_week(house)
    for day in (11, 18):
        at(house, dt.date(2024, 12, day))
        house.tell("action-1", NOTE)
    said = plain(tick(house, dt.date(2024, 12, 23))[CHAIRS_ADDRESS])
    assert "For the week of 16 December 2024" in said
    assert said.count("WHAT MOVED IN") == 1
    assert tick(house, dt.date(2024, 12, 24)) == {}


def test_the_business_manager_reads_of_the_month_on_its_first_working_day(house: House) -> None:
    add_action(house, 1, "December 2025")
    assert tick(house, dt.date(2025, 1, 1)) == {}
    found = tick(house, dt.date(2025, 1, 2))
    assert set(found) == {MANAGERS_ADDRESS}
    message = found[MANAGERS_ADDRESS]
    assert message["Subject"] == "Digest for December 2024: Example Partnership"
    said = plain(message)
    assert "SLIPPING, SILENT, UNASSIGNED" in said
    assert "Open: 1 (0)" in said
    assert tick(house, dt.date(2025, 1, 3)) == {}


def test_a_month_without_anything_open_or_recorded_is_not_told(house: House) -> None:
    assert tick(house, dt.date(2025, 1, 2)) == {}
    add_action(house, 1, "December 2025")
    house.tell("action-1", ActionCompleted(confirmed_by=MANAGER))
    assert set(tick(house, dt.date(2025, 2, 3))) == {MANAGERS_ADDRESS}
    assert tick(house, dt.date(2025, 3, 3)) == {}


def test_a_silent_month_is_told_while_something_is_open(house: House) -> None:
    add_action(house, 1, "December 2025")
    tick(house, dt.date(2025, 1, 2))
    tick(house, dt.date(2025, 2, 3))
    tick(house, dt.date(2025, 3, 3))
    said = plain(tick(house, dt.date(2025, 4, 1))[MANAGERS_ADDRESS])
    assert "Silent for more than 60 working days" in said
    assert "no word since it began" in said


def test_the_preview_foresees_the_digest_that_the_tick_sends(house: House) -> None:
    a_week(house)
    at(house, dt.date(2024, 12, 6))
    days = coming(house.log, DEFAULT_RULES, dt.date(2024, 12, 6), MONDAY, CALENDAR).days
    planned = [(day.day, one.person) for day in days for one in day.emails]
    assert planned == [(MONDAY, CHAIR)]
    assert set(tick(house, MONDAY)) == {CHAIRS_ADDRESS}


def reasons(house: House) -> list[NotSentReason]:
    """Return why something planned was not said."""
    return [one.event.reason for one in house.log.read() if isinstance(one.event, EmailItemDropped)]
