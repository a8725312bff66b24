"""From the outbox to a mail server that we did not write, with encryption and a password."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import ssl
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Received

from events.email import EmailSent
from notifications.delivering import Delivery
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from notifications.smtp import SmtpMailer, SmtpSettings
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import House, add_action
from tests.notifications.test_smtp import Mailbox, Server, certificate

__all__ = ["certificate"]

DAY = dt.date(2024, 12, 2)


def only_with_the_password(
    _server: SMTP,
    _session: Session,
    _envelope: Received,
    _how: str,
    who: Any,  # noqa: ANN401 - aiosmtpd's
) -> AuthResult:
    right = who == LoginPassword(b"goldthread", b"secret")
    return AuthResult(success=right, handled=right)


@pytest.mark.parametrize(
    ("password", "outcomes"),
    [("secret", {Outcome.SENT: 3}), ("guessed", {Outcome.PUT_OFF: 1})],
)
def test_what_waits_arrives_once_and_only_with_the_password(
    house: House,
    certificate: tuple[Path, ssl.SSLContext],
    password: str,
    outcomes: dict[Outcome, int],
) -> None:
    trusted, context = certificate
    for number in (1, 2, 3):
        add_action(house, number, "November 2024", lead_roles=(f"role-{number}",))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    mailbox = Mailbox()
    options = {"tls_context": context, "authenticator": only_with_the_password}
    with Server(mailbox, require_starttls=True, auth_required=True, **options) as server:
        given = SmtpSettings(
            "localhost",
            server.port,
            username="goldthread",
            password=password,
            certificates=trusted,
            timeout_seconds=5,
        )
        mailer = SmtpMailer(given)
        found = Delivery(house.ledger, mailer, SENDING, house.clock).deliver(DAY)
        mailer.close()

    sent = [one.event.sent_to for one in house.log.read() if isinstance(one.event, EmailSent)]
    messages = [one.content for one in mailbox.received if isinstance(one.content, bytes)]
    named = [email.message_from_bytes(one, policy=email.policy.default)["To"] for one in messages]
    assert found == outcomes
    assert sorted(sent) == sorted(one.rcpt_tos[0] for one in mailbox.received)
    assert sorted(sent) == sorted(name.addresses[0].addr_spec for name in named)
