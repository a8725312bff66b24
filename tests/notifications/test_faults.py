"""What comes of each fault of a mail server and of the network, in real SMTP, on both databases.

Of every fault it is told what the worker made of it, how many messages the server had accepted by
then, and how it stood once the server was well again.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from events.directory import (
    HolderAppointed,
    PersonRegistered,
    PersonRenamed,
    RoleCreated,
    RoleRetitled,
)
from events.email import EmailFailed, EmailPlanned, EmailSent, EmailUncertain
from notifications.delivering import Delivery
from notifications.outbox import LEASE
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.retrying import GIVE_UP_AFTER, RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from notifications.smtp import SmtpMailer, SmtpSettings, Tls
from notifications.ticking import Tick
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import (
    LEAD,
    LEAD_ROLE,
    LONG_AGO,
    House,
    SetClock,
    add_action,
    new_record,
    opened,
)
from tests.notifications.scripted_server import CUT, DROP, SILENCE, ScriptedServer

DAY = dt.date(2024, 12, 2)


@dataclass(frozen=True)
class Made:
    """What the worker made of it: outcome, messages accepted by the server, state, events."""

    outcome: Outcome
    accepted: int
    state: str
    events: tuple[type, ...]


LATER = Made(Outcome.PUT_OFF, 0, "planned", (EmailPlanned,))
REFUSED = Made(Outcome.FAILED, 0, "failed", (EmailPlanned, EmailFailed))
NOTHING_CAME = Made(Outcome.UNCERTAIN, 0, "uncertain", (EmailPlanned, EmailUncertain))
IT_CAME = Made(Outcome.UNCERTAIN, 1, "uncertain", (EmailPlanned, EmailUncertain))

FAULTS: tuple[tuple[str, Mapping[str, str | Sequence[str]], Made], ...] = (
    ("drops at the greeting", {"greeting": DROP}, LATER),
    ("closed for the moment", {"greeting": "421 try later"}, LATER),
    ("wants nothing from us", {"greeting": "554 not from you"}, LATER),
    ("never says a word", {"greeting": SILENCE}, LATER),
    ("falls silent", {"EHLO": SILENCE}, LATER),
    ("refuses the sender", {"MAIL": "550 5.7.1 not this sender"}, LATER),
    ("drops at the sender", {"MAIL": DROP}, LATER),
    ("greylists", {"RCPT": ["451 4.7.1 greylisted, come back"]}, LATER),
    ("falls silent at the recipient", {"RCPT": SILENCE}, LATER),
    ("drops before DATA", {"RCPT": DROP}, LATER),
    ("wants a password after all", {"RCPT": "530 5.7.0 authentication required"}, LATER),
    ("knows no such mailbox", {"RCPT": "550 5.1.1 no such mailbox"}, REFUSED),
    ("has a full mailbox", {"RCPT": "552 5.2.2 mailbox full"}, REFUSED),
    ("puts DATA off", {"DATA": "451 not now"}, LATER),
    ("closes at DATA", {"DATA": "421 closing"}, LATER),
    ("refuses DATA", {"DATA": "550 not at all"}, REFUSED),
    ("drops at DATA", {"DATA": DROP}, NOTHING_CAME),
    ("falls silent at DATA", {"DATA": SILENCE}, NOTHING_CAME),
    ("drops in the message", {".": CUT}, NOTHING_CAME),
    ("puts the message off", {".": "451 disk full"}, LATER),
    ("closes after the message", {".": "421 closing"}, LATER),
    ("refuses the message", {".": "552 5.3.4 too big"}, REFUSED),
    ("takes it, and the 250 is lost", {".": DROP}, IT_CAME),
    ("takes it, and answers too late", {".": SILENCE}, IT_CAME),
    ("takes it, and answers nonsense", {".": "yes"}, IT_CAME),
)


def settings(port: int, **changes: Any) -> SmtpSettings:  # noqa: ANN401 - any setting
    given: dict[str, Any] = {
        "tls": Tls.NONE,
        "timeout_seconds": 0.2,
        "reply_timeout_seconds": 0.2,
        **changes,
    }
    return SmtpSettings("127.0.0.1", port, **given)


def settle(house: House, *lead_roles: str) -> None:
    """Settle one email to each of some leads."""
    for number, role in enumerate(lead_roles, start=1):
        add_action(house, number, "November 2024", lead_roles=(role,))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")


def deliver(house: House, given: SmtpSettings) -> dict[Outcome, int]:
    mailer = SmtpMailer(given)
    try:
        return dict(Delivery(house.ledger, mailer, SENDING, house.clock).deliver(DAY))
    finally:
        mailer.close()


def stands(house: House, server: ScriptedServer, outcome: Outcome) -> Made:
    ((state,),) = house.log.query("SELECT state FROM outbox WHERE email = 'email-1'")
    events = tuple(type(event) for event in house.events_of("email-1"))
    return Made(outcome, len(server.accepted), state, events)


@pytest.mark.parametrize(
    ("replies", "made"), [row[1:] for row in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_server_that(
    house: House, replies: Mapping[str, str | Sequence[str]], made: Made
) -> None:
    settle(house, "role-1")
    with ScriptedServer(replies) as server:
        (outcome,) = deliver(house, settings(server.port))
        assert stands(house, server, outcome) == made

        server.replies = {}
        house.clock.now += RESEND_AFTER
        again = deliver(house, settings(server.port))
        house.clock.now += GIVE_UP_AFTER
        nothing_more = deliver(house, settings(server.port))

        assert nothing_more == {}
        if made.state == "failed":
            assert again == {}
            assert server.accepted == []
        else:
            assert again == {Outcome.SENT: 1}
            happened = (*made.events, EmailSent)
            accepted = made.accepted + 1
            assert stands(house, server, Outcome.SENT) == Made(
                Outcome.SENT, accepted, "sent", happened
            )
        assert len(set(server.accepted)) <= 1


def test_a_server_whose_encryption_was_stripped_is_told_nothing(house: House) -> None:
    settle(house, "role-1")
    with ScriptedServer() as server:
        encrypted = settings(
            server.port, tls=Tls.STARTTLS, username="goldthread", password="secret"
        )
        (outcome,) = deliver(house, encrypted)

        assert stands(house, server, outcome) == LATER
        assert set(server.commands) <= {"EHLO", "QUIT"}


def test_one_refused_recipient_leaves_the_others_alone(house: House) -> None:
    settle(house, "role-1", "role-2", "role-3")
    refused = {"RCPT TO:<person2@example.org>": "550 5.1.1 no such mailbox"}
    with ScriptedServer(refused) as server:
        assert deliver(house, settings(server.port)) == {Outcome.SENT: 2, Outcome.FAILED: 1}

        assert len(server.accepted) == 2
        assert server.connections <= 2
    states = house.log.query("SELECT person, state FROM outbox ORDER BY person")
    assert states == [("person-1", "sent"), ("person-2", "failed"), ("person-3", "sent")]


def test_one_slow_lane_keeps_no_other_from_its_end(house: House) -> None:
    settle(house, "role-1", "role-2", "role-3")
    slow = {"RCPT TO:<person2@example.org>": SILENCE}
    with ScriptedServer(slow) as server:
        assert deliver(house, settings(server.port)) == {Outcome.SENT: 2, Outcome.PUT_OFF: 1}
        server.replies = {}
        house.clock.now += RESEND_AFTER
        assert deliver(house, settings(server.port)) == {Outcome.SENT: 1}
        assert len(set(server.accepted)) == len(server.accepted) == 3


def test_where_no_server_is_there_one_email_finds_that_out_for_all(house: House) -> None:
    settle(house, "role-1", "role-2", "role-3")
    with ScriptedServer({"greeting": DROP}) as server:
        assert deliver(house, settings(server.port)) == {Outcome.PUT_OFF: 1}
        server.replies = {}
        assert deliver(house, settings(server.port)) == {Outcome.SENT: 2}


def test_each_message_has_one_recipient_whatever_stands_in_a_name(house: House) -> None:
    evil = "Eve\r\nBcc: spy@example.org\r\n\r\n<spy@example.org>, spy@example.org\0"
    house.tell(LEAD, PersonRenamed(name=evil))
    house.tell(LEAD_ROLE, RoleRetitled(title=evil))
    add_action(house, 1, "November 2024", text=evil)
    settle(house)
    with ScriptedServer() as server:
        assert deliver(house, settings(server.port)) == {Outcome.SENT: 1}

        assert [line for line in server.lines if line.startswith("RCPT")] == [
            "RCPT TO:<person1@example.org>"
        ]
    message = email.message_from_bytes(server.accepted[0], policy=email.policy.default)
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["person1@example.org"]


def test_three_workers_that_tick_together_send_each_email_once(database_url: str) -> None:
    clock = SetClock()
    with new_record(database_url, clock) as house, ScriptedServer() as server:
        for number in range(101, 131):
            person, role = f"person-{number}", f"role-{number}"
            house.tell(person, PersonRegistered(name="Lead", email=f"p{number}@example.org"))
            appointed = HolderAppointed(person=person, from_on=LONG_AGO)
            house.tell(role, RoleCreated(title="Lead"), appointed)
            add_action(house, number, "November 2024", lead_roles=(role,))

        def work(_worker: int) -> Counter[Outcome]:
            with opened(database_url, clock) as mine:
                patient = settings(server.port, timeout_seconds=5, reply_timeout_seconds=5)
                tick = Tick(Delivery(mine.ledger, SmtpMailer(patient), SENDING, clock), clock)
                return tick().outcomes + tick().outcomes

        with ThreadPoolExecutor(3) as pool:
            outcomes = sum(pool.map(work, range(3)), Counter())
        states = set(house.log.query("SELECT state FROM outbox"))
        told = [one.event for one in house.log.read() if isinstance(one.event, EmailSent)]

    assert outcomes == {Outcome.SENT: 30}
    assert states == {("sent",)}
    assert len(told) == len(server.accepted) == len(set(server.accepted)) == 30


@pytest.mark.parametrize(
    ("at", "accepted", "happened"),
    [
        ("the start", 0, [EmailPlanned]),
        ("MAIL", 0, [EmailPlanned]),
        ("DATA", 0, [EmailPlanned, EmailUncertain]),
        (".", 1, [EmailPlanned, EmailUncertain]),
    ],
)
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_only_what_is_uncertain(
    house: House, at: str, accepted: int, happened: list[type]
) -> None:
    settle(house, "role-1")
    with ScriptedServer() as server:
        worker = fork_worker(house, server, dies_at=at)
        assert worker.exitcode == -signal.SIGKILL
        assert len(server.accepted) == accepted

        server.happens = {}
        for wait in (LEASE * 2, RESEND_AFTER, GIVE_UP_AFTER):
            house.clock.now += wait
            deliver(house, settings(server.port))

        assert [type(event) for event in house.events_of("email-1")] == [*happened, EmailSent]
        assert len(server.accepted) == accepted + 1
        assert len(set(server.accepted)) == 1


def fork_worker(house: House, server: ScriptedServer, dies_at: str) -> BaseProcess:
    """Let a process deliver until the server hears something, and then kill it (kill -9)."""

    def kill() -> None:
        if worker.pid is not None:
            os.kill(worker.pid, signal.SIGKILL)

    worker = multiprocessing.get_context("fork").Process(
        target=_deliver_alone, args=(house, server.port, dies_at == "the start")
    )
    server.happens = {dies_at: kill}
    worker.start()
    worker.join(timeout=20)
    return worker


def _deliver_alone(house: House, port: int, dies_at_once: bool) -> None:  # noqa: FBT001
    if dies_at_once:
        os.kill(os.getpid(), signal.SIGKILL)
    with opened(house.url, house.clock) as mine:
        deliver(mine, settings(port, timeout_seconds=10, reply_timeout_seconds=10))
