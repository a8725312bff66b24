"""Handing emails to a mail server, phase by phase, so that it is known what can be done again.

aiosmtplib's own `send_message` raises the same error whether the connection broke before the
message or after the server took it, so MAIL, RCPT and DATA are given one by one here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

import aiosmtplib
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from aiosmtplib.typing import SMTPStatus

from notifications.addresses import one_line, usable_address
from notifications.mailer import Begun, Envelope, HandedOver, NotTaken, OutcomeUnknown
from notifications.replies import CLOSING, is_clear, is_final, shortened
from notifications.wire_form import in_wire_form

MOST_CONNECTIONS: Final = 8
"""So many connections are kept to a server at most: enough that nobody waits for one reply."""

AnswerT = TypeVar("AnswerT")


class Tls(StrEnum):
    """How the connection is kept from others: by an upgrade, from its first byte on, or not."""

    STARTTLS = "starttls"
    IMPLICIT = "tls"
    NONE = "none"


class UnsafeSmtp(ValueError):
    """A password would cross the network for everybody to read."""

    def __init__(self) -> None:
        super().__init__(
            "The mail server's password would be sent without encryption. Set tls to 'starttls'"
            " (mostly port 587) or 'tls' (mostly port 465), or leave the username out."
        )


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Which server takes the emails, and how. `certificates`: a file of authorities to trust.

    `hello` is the name by which we introduce ourselves. Once a message is handed over, the reply
    is awaited for `reply_timeout_seconds`, since giving up early leaves the outcome unknown (RFC
    5321, 4.5.3.2.6, asks for patience); keep it below the lease of the outbox. `connections`: so
    many are kept at most, 1 to `MOST_CONNECTIONS`, and so many emails leave at once. Raises
    `UnsafeSmtp` for a password without encryption.
    """

    host: str
    port: int = 587
    tls: Tls = Tls.STARTTLS
    username: str | None = None
    password: str | None = None
    hello: str = "localhost"
    timeout_seconds: float = 60
    reply_timeout_seconds: float = 300
    certificates: Path | None = None
    connections: int = MOST_CONNECTIONS

    def __post_init__(self) -> None:
        if self.username is not None and self.tls is Tls.NONE:
            raise UnsafeSmtp


class SmtpMailer:
    """A few connections to a mail server, kept open from message to message; a lane each.

    It begins with one and doubles them while the server takes that. A server that refuses one more
    connection is not asked for it again (some take three from one account, and no more).

    Not to be shared between threads. What the server says against us (greeting, encryption,
    password, sender) is tried again later, since mending the settings mends it; what it says
    against a recipient or a message with a code from 500 on is for good.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._runner: asyncio.Runner | None = None
        self._connections: list[_Connection] = []
        self._most = settings.connections
        self._tls: ssl.SSLContext | None = None
        self.room = 1

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        """See `Lanes.begin_all`."""
        while len(self._connections) < len(envelopes):
            self._connections.append(_Connection(self._settings, self._tls_context))
        lanes = zip(self._connections, envelopes, strict=False)
        begun = self._run(_all(lane.begin(envelope) for lane, envelope in lanes))
        self._make_room(begun)
        return begun

    def hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None] = lambda: None
    ) -> list[HandedOver]:
        """See `Lanes.hand_over_all`."""
        return self._run(self._hand_over_all(messages, meanwhile))

    async def _hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None]
    ) -> list[HandedOver]:
        lanes = self._connections[: len(messages)]
        written = [asyncio.Event() for _ in lanes]
        given = zip(lanes, messages, written, strict=True)
        tasks = [
            asyncio.ensure_future(lane.hand_over(message, one.set)) for lane, message, one in given
        ]
        for one in written:
            await one.wait()
        clock = asyncio.get_running_loop().time
        begun = clock()
        meanwhile()
        for lane in lanes:
            # It could not listen, so it may wait longer.
            lane.wait_longer(clock() - begun)
        await asyncio.wait(tasks)
        return [task.result() for task in tasks]

    def close(self) -> None:
        """See `Lanes.close`."""
        connections, self._connections = self._connections, []
        if connections:
            self._run(_all(lane.quit() for lane in connections))
        if self._runner is not None:
            self._runner.close()
        self._runner, self._tls, self.room = None, None, 1

    def _make_room(self, begun: Sequence[Begun]) -> None:
        away = sum(one is not None and one.nobody_there for one in begun)
        if away == len(begun):
            self.room = 1
        elif away:
            self.room = self._most = len(begun) - away
        else:
            self.room = min(self._most, 2 * self.room)

    def _tls_context(self) -> ssl.SSLContext | None:
        if self._settings.tls is Tls.NONE:
            return None
        if self._tls is None:
            # It takes longer to read the authorities than to connect.
            trusted = self._settings.certificates
            self._tls = ssl.create_default_context(cafile=str(trusted) if trusted else None)
        return self._tls

    def _run(self, work: Coroutine[Any, Any, AnswerT]) -> AnswerT:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(work)


class _Connection:
    """One connection to a mail server; it is opened when it is needed, and kept open."""

    def __init__(
        self, settings: SmtpSettings, tls_context: Callable[[], ssl.SSLContext | None]
    ) -> None:
        self._settings, self._tls_context = settings, tls_context
        self._client: aiosmtplib.SMTP | None = None
        self._limit: asyncio.Timeout | None = None
        self._is_begun = False

    async def begin(self, envelope: Envelope) -> Begun:
        """Name sender and recipient."""
        self._is_begun = False
        for address in (envelope.sender, envelope.recipient):
            # The library would cut such an address short, and write to whoever that names.
            if usable_address(address) is None:
                return NotTaken(f"'{one_line(address)}' is not an address.", for_good=True)
        try:
            await self._name_or_connect(envelope)
        except SMTPRecipientRefused as refused:
            await self._forget()
            return _not_taken(refused)
        except (SMTPException, OSError, ValueError) as problem:
            nobody_there = self._client is None
            self._drop()
            return NotTaken(_said(problem), nobody_there=nobody_there)
        self._is_begun = True
        return None

    async def hand_over(
        self, message: bytes | None, when_written: Callable[[], None]
    ) -> HandedOver:
        """Give the message for the envelope that was begun, or give the envelope up.

        `when_written` is called once there is nothing left to do but to wait for a reply.
        """
        client, is_begun, self._is_begun = self._client, self._is_begun, False
        try:
            if message is None:
                if is_begun:
                    await self._forget()
                return None
            if client is None or not is_begun:
                message_text = "no envelope was begun"
                raise RuntimeError(message_text)
            return await self._give(client, message, when_written)
        finally:
            when_written()

    async def _give(
        self, client: aiosmtplib.SMTP, message: bytes, when_written: Callable[[], None]
    ) -> HandedOver:
        try:
            # Both replies together may take so long.
            async with asyncio.timeout(self._settings.reply_timeout_seconds) as self._limit:
                await _give_message(client, message, when_written)
        except SMTPDataError as refused:
            self._drop()
            return _not_taken(refused) if is_clear(refused.code) else OutcomeUnknown(_said(refused))
        except (SMTPException, OSError) as problem:
            self._drop()
            return OutcomeUnknown(_said(problem))
        finally:
            self._limit = None
        return None

    def wait_longer(self, seconds: float) -> None:
        """Wait longer for the reply of the message that is being handed over, if there is one."""
        limit = self._limit
        if limit is not None and not limit.expired():
            limit.reschedule((limit.when() or 0) + seconds)

    async def quit(self) -> None:
        """Say goodbye and close."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                await client.quit(timeout=self._settings.timeout_seconds)
            except (SMTPException, OSError):
                client.close()

    async def _name_or_connect(self, envelope: Envelope) -> None:
        client = self._client
        if client is not None and client.is_connected:
            try:
                await _name(client, envelope)
            except (SMTPServerDisconnected, SMTPResponseException) as gone:
                # Servers close a connection that has stood idle or carried enough.
                if isinstance(gone, SMTPResponseException) and gone.code != CLOSING:
                    raise
                self._drop()
            else:
                return
        self._client = None
        self._client = await self._connected()
        await _name(self._client, envelope)

    async def _connected(self) -> aiosmtplib.SMTP:
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            local_hostname=settings.hello,
            timeout=settings.timeout_seconds,
            use_tls=settings.tls is Tls.IMPLICIT,
            start_tls=settings.tls is Tls.STARTTLS,
            tls_context=self._tls_context(),
        )
        try:
            await client.connect()
            if settings.username is not None:
                await client.login(settings.username, settings.password or "")
        except BaseException:
            client.close()
            raise
        return client

    async def _forget(self) -> None:
        """Take the envelope back; where that fails, the next message begins afresh."""
        if self._client is not None:
            try:
                await self._client.rset()
            except (SMTPException, OSError):
                self._drop()

    def _drop(self) -> None:
        """Close the connection: after a refusal or a break, the next message begins afresh."""
        client, self._client = self._client, None
        if client is not None:
            client.close()


async def _name(client: aiosmtplib.SMTP, envelope: Envelope) -> None:
    # One limit for each: the library's own makes every reply dearer.
    async with asyncio.timeout(client.timeout):
        await client.mail(envelope.sender, timeout=None)
    async with asyncio.timeout(client.timeout):
        await client.rcpt(envelope.recipient, timeout=None)


async def _give_message(
    client: aiosmtplib.SMTP, message: bytes, when_written: Callable[[], None]
) -> None:
    """Give a message, and return when the server has taken it; it waits for as long as it takes.

    Raises `SMTPDataError` for every other reply, any other error where none came.
    """
    answer = await client.execute_command(b"DATA", timeout=None)
    if answer.code != SMTPStatus.start_input:
        raise SMTPDataError(answer.code, answer.message)
    protocol = client.protocol
    if protocol is None:
        message_text = "Connection lost"
        raise SMTPServerDisconnected(message_text)
    protocol.write(in_wire_form(message))
    when_written()
    answer = await protocol.read_response()
    if answer.code != SMTPStatus.completed:
        raise SMTPDataError(answer.code, answer.message)


async def _all(lanes: Iterable[Coroutine[Any, Any, AnswerT]]) -> list[AnswerT]:
    """Wait for every lane, whatever happens in one of them."""
    tasks = [asyncio.ensure_future(lane) for lane in lanes]
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]


def _not_taken(refused: SMTPResponseException) -> NotTaken:
    return NotTaken(_said(refused), for_good=is_final(refused.code, refused.message))


def _said(problem: Exception) -> str:
    if isinstance(problem, SMTPResponseException):
        return shortened(f"{problem.code} {problem.message}")
    if isinstance(problem, TimeoutError):
        return "No reply came in time."
    return shortened(str(problem) or type(problem).__name__)
