from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from pathlib import Path
from typing import Any, Self

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Received
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.mailer import Envelope, NotTaken, OutcomeUnknown
from notifications.smtp import SmtpMailer, SmtpSettings, Tls, UnsafeSmtp
from tests.notifications.scripted_server import DROP, SILENCE, ScriptedServer

DAY = dt.date(2024, 12, 2)
ENVELOPE = Envelope("<gt-1@example.org>", DAY, "remind@example.org", "lead@example.org")
MESSAGE = b"Subject: 1 action due\r\n\r\n.A line that begins with a dot\r\nThe end\r\n"


class Mailbox:
    """Takes every message, as aiosmtpd hands it over."""

    def __init__(self) -> None:
        self.received: list[Received] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Received
    ) -> str:
        self.received.append(envelope)
        return "250 taken"


class Server(Controller):
    """aiosmtpd on a free port of this machine."""

    def __init__(self, mailbox: object, **options: Any) -> None:  # noqa: ANN401 - aiosmtpd's
        super().__init__(mailbox, hostname="127.0.0.1", port=_free_port(), **options)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def settings(port: int, **changes: Any) -> SmtpSettings:  # noqa: ANN401 - any setting
    given: dict[str, Any] = {"tls": Tls.NONE, "timeout_seconds": 5, **changes}
    return SmtpSettings("127.0.0.1", port, **given)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for this machine, to be trusted, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path, key_path = tmp_path / "server.pem", tmp_path / "server.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return path, context


def begin(mailer: SmtpMailer, envelope: Envelope = ENVELOPE) -> None:
    """Begin in one lane; raise what came of it."""
    (refused,) = mailer.begin_all([envelope])
    if refused is not None:
        raise refused


def hand_over(mailer: SmtpMailer) -> None:
    """Hand over in one lane; raise what came of it."""
    (problem,) = mailer.hand_over_all([MESSAGE])
    if problem is not None:
        raise problem


def send(mailer: SmtpMailer) -> None:
    try:
        begin(mailer)
        hand_over(mailer)
    finally:
        mailer.close()


def test_a_message_arrives_whole_with_one_recipient(mailbox: Mailbox) -> None:
    with Server(mailbox) as server:
        send(SmtpMailer(settings(server.port)))

    (received,) = mailbox.received
    assert received.mail_from == "remind@example.org"
    assert received.rcpt_tos == ["lead@example.org"]
    assert received.content == MESSAGE


def test_one_connection_serves_many_messages(mailbox: Mailbox) -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port))
        for _ in range(3):
            begin(mailer)
            hand_over(mailer)
        mailer.close()

        assert server.connections == 1
        assert len(server.taken) == 3
    assert mailbox.received == []


def test_encryption_is_started_and_the_password_given(
    mailbox: Mailbox, certificate: tuple[Path, ssl.SSLContext]
) -> None:
    trusted, context = certificate
    seen: list[LoginPassword] = []

    def check(_s: SMTP, _session: Session, _e: Received, _how: str, who: Any) -> AuthResult:  # noqa: ANN401
        seen.append(who)
        return AuthResult(success=True)

    options = {"require_starttls": True, "tls_context": context, "authenticator": check}
    with Server(mailbox, auth_required=True, **options) as server:
        mailer = SmtpMailer(
            SmtpSettings(
                "localhost",
                server.port,
                username="goldthread",
                password="secret",
                certificates=trusted,
                timeout_seconds=5,
            )
        )
        send(mailer)

    assert len(mailbox.received) == 1
    assert seen == [LoginPassword(b"goldthread", b"secret")]


def test_a_certificate_that_nobody_vouches_for_is_refused(
    mailbox: Mailbox, certificate: tuple[Path, ssl.SSLContext]
) -> None:
    _, context = certificate
    with Server(mailbox, require_starttls=True, tls_context=context) as server:
        mailer = SmtpMailer(SmtpSettings("localhost", server.port, timeout_seconds=5))
        with pytest.raises(NotTaken) as refused:
            send(mailer)

    assert not refused.value.for_good
    assert mailbox.received == []


def test_a_server_that_offers_no_encryption_is_given_nothing() -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port, tls=Tls.STARTTLS))
        with pytest.raises(NotTaken, match="STARTTLS"):
            send(mailer)

        assert "MAIL" not in server.commands
        assert server.taken == []


def test_a_password_never_crosses_the_network_in_clear() -> None:
    with pytest.raises(UnsafeSmtp, match="without encryption"):
        settings(25, username="goldthread", password="secret")


@pytest.mark.parametrize(
    ("at", "reply", "for_good"),
    [
        ("greeting", "554 go away", False),
        ("greeting", DROP, False),
        ("EHLO", "421 too busy", False),
        ("MAIL", "550 not this sender", False),
        ("MAIL", DROP, False),
        ("RCPT", "450 greylisted, come back", False),
        ("RCPT", "550 no such mailbox", True),
        ("RCPT", "552 mailbox full", True),
        ("RCPT", "530 authentication required", False),
        ("RCPT", "554 5.7.1 relaying denied", False),
        ("RCPT", DROP, False),
    ],
)
def test_what_is_said_before_the_message_leaves_no_doubt(
    at: str, reply: str, *, for_good: bool
) -> None:
    with ScriptedServer({at: reply}) as server:
        mailer = SmtpMailer(settings(server.port))
        with pytest.raises(NotTaken) as refused:
            begin(mailer)
        mailer.close()

        assert refused.value.for_good is for_good
        assert server.taken == []


@pytest.mark.parametrize(
    ("at", "reply", "for_good"),
    [
        ("DATA", "451 not now", False),
        ("DATA", "550 not at all", True),
        (".", "421 closing", False),
        (".", "451 disk full", False),
        (".", "552 too big", True),
        (".", "554 looks like spam", True),
        (".", "550 5.7.26 this sender is not authenticated", False),
    ],
)
def test_a_refused_message_was_not_taken(at: str, reply: str, *, for_good: bool) -> None:
    with ScriptedServer({at: reply}) as server:
        mailer = SmtpMailer(settings(server.port))
        begin(mailer)
        with pytest.raises(NotTaken) as refused:
            hand_over(mailer)
        mailer.close()

        assert refused.value.for_good is for_good
        assert refused.value.reply == reply


@pytest.mark.parametrize(
    ("at", "reply"), [("DATA", DROP), (".", DROP), (".", SILENCE), (".", "999 what"), (".", "yes")]
)
def test_without_a_clear_reply_nobody_knows_what_became_of_a_message(at: str, reply: str) -> None:
    with ScriptedServer({at: reply}) as server:
        mailer = SmtpMailer(settings(server.port, reply_timeout_seconds=0.3))
        begin(mailer)
        with pytest.raises(OutcomeUnknown):
            hand_over(mailer)
        mailer.close()


def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port))
        begin(mailer)
        hand_over(mailer)
        server.replies = {"MAIL": DROP}
        with pytest.raises(NotTaken):
            begin(mailer)
        server.replies = {}
        begin(mailer)
        hand_over(mailer)
        mailer.close()

        assert server.connections == 3
        assert len(server.taken) == 2


def test_an_abandoned_envelope_leaves_nothing_and_the_next_goes_on() -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port))
        begin(mailer)
        mailer.hand_over_all([None])
        begin(mailer)
        hand_over(mailer)
        mailer.close()

        assert server.commands.count("RSET") == 1
        assert len(server.taken) == 1


def test_no_server_at_all_is_no_reason_to_give_up() -> None:
    mailer = SmtpMailer(settings(_free_port()))

    with pytest.raises(NotTaken) as refused:
        begin(mailer)
    mailer.close()

    assert not refused.value.for_good


@pytest.mark.parametrize(
    "address",
    [
        "lead@example.org\r\nRCPT TO:<spy@example.org>",
        "lead@example.org>\nDATA",
        "lead@example.org, spy@example.org",
        "lead\0@example.org",
        "<lead@example.org>",
    ],
)
def test_an_address_cannot_smuggle_in_a_command(address: str) -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port))
        with pytest.raises(NotTaken):
            begin(mailer, Envelope("<gt-1@example.org>", DAY, "remind@example.org", address))
        mailer.close()

        assert server.commands == []


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("most", "room"), [(8, [1, 2, 4, 8, 8]), (3, [1, 2, 3, 3, 3]), (1, [1] * 5)]
)
def test_connections_are_added_while_the_server_takes_more_and_the_settings_allow_it(
    most: int, room: list[int]
) -> None:
    with ScriptedServer() as server:
        mailer = SmtpMailer(settings(server.port, connections=most))
        rooms = []
        for _ in range(5):
            rooms.append(mailer.room)
            assert mailer.begin_all([ENVELOPE] * mailer.room) == [None] * rooms[-1]
            assert mailer.hand_over_all([MESSAGE] * rooms[-1]) == [None] * rooms[-1]
        mailer.close()

        assert rooms == room
        assert server.connections == most


def test_a_server_that_takes_three_connections_is_not_asked_for_more() -> None:
    with ScriptedServer(room=3) as server:
        mailer = SmtpMailer(settings(server.port))
        refused = 0
        for _ in range(6):
            begun = mailer.begin_all([ENVELOPE] * mailer.room)
            refused += sum(one is not None for one in begun)
            mailer.hand_over_all([MESSAGE if one is None else None for one in begun])
        room = mailer.room
        mailer.close()

        assert room == 3
        assert refused == 1
        assert server.connections == 4
        assert len(server.taken) == 1 + 2 + 3 + 3 + 3 + 3


def test_a_refused_recipient_costs_no_connection() -> None:
    with ScriptedServer({"RCPT": ["550 no such mailbox"]}) as server:
        mailer = SmtpMailer(settings(server.port))
        with pytest.raises(NotTaken):
            begin(mailer)
        send(mailer)

        assert server.connections == 1
        assert len(server.taken) == 1


def test_what_breaks_in_one_lane_is_answered_there() -> None:
    broken = {"RCPT TO:<broken@example.org>": DROP}
    lanes = [ENVELOPE, Envelope("<gt-2@example.org>", DAY, ENVELOPE.sender, "broken@example.org")]
    with ScriptedServer(broken) as server:
        mailer = SmtpMailer(settings(server.port))
        first, second = mailer.begin_all(lanes)
        answers = mailer.hand_over_all([MESSAGE, None])
        mailer.close()

        assert first is None
        assert isinstance(second, NotTaken)
        assert answers == [None, None]
        assert len(server.taken) == 1


def test_something_else_is_done_once_the_messages_are_on_their_way() -> None:
    happened: list[str] = []
    done = threading.Event()
    # The server answers for a message only when the other thing was done.
    happens = {"DATA": lambda: happened.append("DATA"), ".": lambda: _wait(done, 5)}

    def meanwhile() -> None:
        happened.append("meanwhile")
        done.set()

    with ScriptedServer(happens=happens) as server:
        mailer = SmtpMailer(settings(server.port))
        mailer.begin_all([ENVELOPE, ENVELOPE])
        answers = mailer.hand_over_all([MESSAGE, MESSAGE], meanwhile)
        mailer.close()

        assert answers == [None, None]
        assert happened == ["DATA", "DATA", "meanwhile"]


def test_whoever_could_not_listen_meanwhile_waits_longer_for_the_reply() -> None:
    begun = threading.Event()

    def meanwhile() -> None:
        begun.set()
        _wait(threading.Event(), 0.6)

    with ScriptedServer(happens={".": lambda: _wait(begun, 5)}) as server:
        mailer = SmtpMailer(settings(server.port, reply_timeout_seconds=0.4))
        begin(mailer)
        answers = mailer.hand_over_all([MESSAGE], meanwhile)
        mailer.close()

        assert answers == [None]


def _wait(event: threading.Event, seconds: float) -> None:
    event.wait(timeout=seconds)


def test_what_else_is_done_does_not_wait_for_a_lane_that_was_refused() -> None:
    happened: list[str] = []
    with ScriptedServer({"DATA": ["451 not now"]}) as server:
        mailer = SmtpMailer(settings(server.port))
        mailer.begin_all([ENVELOPE, ENVELOPE])
        answers = mailer.hand_over_all([MESSAGE, MESSAGE], lambda: happened.append("meanwhile"))
        mailer.close()

        assert sorted(map(repr, answers)) == ["None", "NotTaken('451 not now')"]
        assert happened == ["meanwhile"]
