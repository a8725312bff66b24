"""A year of reminders through a real mail server, and several workers at once."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from events.action import ActionCompleted, ActionProgressNoted, TargetDateMoved
from events.directory import HolderAppointed, PersonRegistered, RoleCreated
from events.email import EmailPlanned, EmailSent
from notifications.delivering import Delivery
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from notifications.smtp import SmtpMailer, SmtpSettings, Tls
from notifications.ticking import LONDON, Tick
from tests.notifications.letterboxes import SENDING, Letterbox, worker
from tests.notifications.records import (
    CALENDAR,
    CO_LEAD_ROLE,
    LEAD_ROLE,
    LONG_AGO,
    SetClock,
    add_action,
    new_record,
    opened,
    target,
)
from tests.notifications.test_smtp import Server


class Postmark:
    """Notes to whom each message went, and on which day it was written."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, dt.date]] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        (recipient,) = envelope.rcpt_tos
        self.arrived.append((recipient, message["Date"].datetime.date()))
        return "250 taken"


def test_a_year_of_working_days_brings_nobody_two_emails_a_day(sqlite_url: str) -> None:
    clock = SetClock(dt.datetime(2024, 4, 1, 8, tzinfo=LONDON))
    postmark = Postmark()
    with new_record(sqlite_url, clock) as house, Server(postmark) as server:
        for number in range(1, 13):
            written = (dt.date(2024, 4, 1) + dt.timedelta(days=30 * number)).strftime("%d.%m.%Y")
            add_action(house, number, written, lead_roles=(LEAD_ROLE, CO_LEAD_ROLE)[: number % 3])
        mailer = SmtpMailer(SmtpSettings("127.0.0.1", server.port, Tls.NONE, timeout_seconds=5))
        tick = Tick(Delivery(house.ledger, mailer, SENDING, clock), clock)
        for _ in range(365):
            tick()
            if clock.now.day == 15:
                house.tell(f"action-{clock.now.month}", ActionProgressNoted(note="Going well."))
            if clock.now.date() == dt.date(2024, 8, 1):
                moved = TargetDateMoved(target=target("March 2025"), reason="More schools.")
                house.tell("action-5", moved)
                house.tell("action-6", ActionCompleted(confirmed_by="person-3"))
            clock.goes_on(days=1)
        sent = [one for one in house.log.read() if isinstance(one.event, EmailSent)]
        planned = [one for one in house.log.read() if isinstance(one.event, EmailPlanned)]

    assert len(postmark.arrived) == len(sent) == len(planned) > 60
    assert max(Counter(postmark.arrived).values()) == 1
    assert all(CALENDAR.is_working_day(day) for _, day in postmark.arrived)


@pytest.fixture
def crowded(database_url: str) -> str:
    """Begin a record in which thirty people each have something overdue, settled as emails."""
    with new_record(database_url) as house:
        for number in range(101, 131):
            person, role = f"person-{number}", f"role-{number}"
            house.tell(
                person, PersonRegistered(name="Somebody", email=f"person{number}@example.org")
            )
            house.tell(
                role,
                RoleCreated(title="Lead"),
                HolderAppointed(person=person, from_on=LONG_AGO),
            )
            add_action(house, number, "November 2024", lead_roles=(role,))
        remind(house.ledger, DEFAULT_RULES, dt.date(2024, 12, 2), domain="example.org")
    return database_url


def test_three_workers_at_once_send_each_email_once(crowded: str) -> None:
    letterboxes = [Letterbox(), Letterbox(), Letterbox()]

    def work(letterbox: Letterbox) -> Counter[Outcome]:
        with opened(crowded) as house:
            return worker(house, letterbox).deliver(dt.date(2024, 12, 2))

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(work, letterboxes))

    recipients = [one for letterbox in letterboxes for one in letterbox.recipients]
    assert sum(outcomes, Counter()) == Counter({Outcome.SENT: 30})
    assert len(set(recipients)) == len(recipients) == 30
