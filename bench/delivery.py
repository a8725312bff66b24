"""Delivering a thousand reminders, beside a loop that opens a connection for every message.

The loop is the program that one would write otherwise: aiosmtplib's `send`, as its documentation
has it, once for each message, one after the other. It reads the machine's authorities anew each
time, so beside it stands a careful loop that speaks for itself, and keeps what it read. Both send
what was written beforehand, and keep no outbox. The floor is what the server takes from bare
aiosmtplib over kept connections: nobody who speaks to it in this way is faster. Our own letters are
written within the time, each anew, and every step of the outbox is committed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosmtplib  # noqa: TID251 - the loop and the floor speak SMTP without us

from bench.certificate import write_certificate
from bench.databases import Medium
from bench.record import opened
from bench.reminders import DAY, HEAD, settle_reminders
from bench.results import Result
from bench.sizes import Sizes
from bench.timing import rate_of
from notifications.delivering import Delivery
from notifications.folder import FolderMailer
from notifications.last_look import Sending
from notifications.outcomes import Outcome
from notifications.rules import DEFAULT_RULES
from notifications.smtp import MOST_CONNECTIONS, SmtpMailer, SmtpSettings, Tls

GOAL = 5
SINK = "a minimal server"
PASSWORD = "any"  # noqa: S105 - the servers here take every one
RECIPIENT = "lead@example.org"
MESSAGES_OF_THE_LOOP = 100
MESSAGES_OF_THE_CAREFUL_LOOP = 200


@dataclass(frozen=True, slots=True)
class Server:
    """A running mail server. `trusted`: with encryption and a password, its certificate."""

    name: str
    port: int
    trusted: Path | None

    @property
    def settings(self) -> SmtpSettings:
        """Return how we speak to it."""
        if self.trusted is None:
            return SmtpSettings("127.0.0.1", self.port, Tls.NONE)
        return SmtpSettings(
            "localhost", self.port, username="bench", password=PASSWORD, certificates=self.trusted
        )

    def context(self) -> ssl.SSLContext | None:
        """Return the client's side of the encryption."""
        return ssl.create_default_context(cafile=str(self.trusted)) if self.trusted else None


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines: with encryption and password as it is by default, and without."""
    message = _one_message(medium)
    for module, name in (("mail_server", SINK), ("real_mail_server", "aiosmtpd")):
        for is_encrypted in (True, False):
            with _server(module, name, is_encrypted=is_encrypted) as server:
                yield from _lines(medium, sizes, server, message)


@dataclass(frozen=True, slots=True)
class _Round:
    """Messages per second of the three who took turns."""

    ours: float
    loop: float
    careful: float


def _lines(medium: Medium, sizes: Sizes, server: Server, message: bytes) -> Iterator[Result]:
    rounds = [_one_round(medium, sizes.emails, server, message) for _ in range(sizes.mail_rounds)]
    floor = rate_of(lambda: asyncio.run(_floor(server, message, sizes.emails)))
    ours = f"{statistics.median(one.ours for one in rounds):,.0f} emails/s"
    how = "TLS and password" if server.trusted else "in clear"
    work = f"{sizes.emails:,} reminders to {server.name}, {how}"
    is_held_to_it = server.trusted is not None and server.name == SINK
    yield Result(
        work,
        medium.name,
        ours,
        f"loop {statistics.median(one.loop for one in rounds):,.0f}, floor {floor:,.0f}",
        statistics.median(one.ours / one.loop for one in rounds),
        "×",
        GOAL if is_held_to_it else None,
    )
    yield Result(
        f"{work}, beside a careful loop",
        medium.name,
        ours,
        f"loop {statistics.median(one.careful for one in rounds):,.0f}, floor {floor:,.0f}",
        statistics.median(one.ours / one.careful for one in rounds),
        "×",
    )


def _one_round(medium: Medium, emails: int, server: Server, message: bytes) -> _Round:
    url = settle_reminders(medium, emails)
    with opened(url) as record:
        record.clock.now = dt.datetime.combine(DAY, dt.time(8), dt.UTC)
        mailer = SmtpMailer(server.settings)
        delivery = Delivery(record.ledger, mailer, Sending(DEFAULT_RULES, HEAD), record.clock)

        def work() -> int:
            outcomes = delivery.deliver(DAY)
            mailer.close()
            assert outcomes == {Outcome.SENT: emails}, outcomes
            return emails

        return _Round(
            rate_of(work),
            rate_of(lambda: asyncio.run(_loop(server, message))),
            rate_of(lambda: asyncio.run(_careful_loop(server, message))),
        )


def _one_message(medium: Medium) -> bytes:
    """Return the bytes of one such reminder, so that all sides send the same."""
    url = settle_reminders(medium, 1)
    with opened(url) as record, TemporaryDirectory(prefix="goldthread-bench-") as folder:
        record.clock.now = dt.datetime.combine(DAY, dt.time(8), dt.UTC)
        mailer = FolderMailer(Path(folder))
        Delivery(record.ledger, mailer, Sending(DEFAULT_RULES, HEAD), record.clock).deliver(DAY)
        (file,) = Path(folder).iterdir()
        return file.read_bytes()


@contextmanager
def _server(module: str, name: str, *, is_encrypted: bool) -> Iterator[Server]:
    with TemporaryDirectory(prefix="goldthread-bench-") as folder:
        trusted = write_certificate(Path(folder)) if is_encrypted else None
        how = "tls" if is_encrypted else "clear"
        command = [sys.executable, "-m", f"bench.{module}", folder, how]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
            assert process.stdout is not None
            try:
                yield Server(name, int(process.stdout.readline()), trusted)
            finally:
                process.kill()


async def _client(server: Server, context: ssl.SSLContext | None) -> aiosmtplib.SMTP:
    settings = server.settings
    client = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        local_hostname=settings.hello,
        start_tls=context is not None,
        tls_context=context,
    )
    await client.connect()
    if settings.username is not None:
        await client.login(settings.username, settings.password or "")
    return client


async def _loop(server: Server, message: bytes) -> int:
    """Send each message by the library's one call, which opens a connection for it."""
    settings = server.settings
    for _ in range(MESSAGES_OF_THE_LOOP):
        await aiosmtplib.send(
            message,
            sender=HEAD.sender,
            recipients=[RECIPIENT],
            hostname=settings.host,
            port=settings.port,
            local_hostname=settings.hello,
            username=settings.username,
            password=settings.password,
            start_tls=server.trusted is not None,
            cert_bundle=str(server.trusted) if server.trusted else None,
        )
    return MESSAGES_OF_THE_LOOP


async def _careful_loop(server: Server, message: bytes) -> int:
    """Send each message over a connection of its own, with one context of encryption for all."""
    context = server.context()
    for _ in range(MESSAGES_OF_THE_CAREFUL_LOOP):
        client = await _client(server, context)
        await client.sendmail(HEAD.sender, [RECIPIENT], message)
        await client.quit()
    return MESSAGES_OF_THE_CAREFUL_LOOP


async def _floor(server: Server, message: bytes, messages: int) -> int:
    """Send messages over a few kept connections at once, and do nothing else."""
    context = server.context()

    async def lane() -> None:
        client = await _client(server, context)
        for _ in range(messages // MOST_CONNECTIONS):
            await client.sendmail(HEAD.sender, [RECIPIENT], message)
        await client.quit()

    await asyncio.gather(*(lane() for _ in range(MOST_CONNECTIONS)))
    return messages // MOST_CONNECTIONS * MOST_CONNECTIONS
