"""Handing emails to a mail server, phase by phase, so that it is known what can be done again.

aiosmtplib's own `send_message` raises the same error whether the connection broke before the
message or after the server took it, so MAIL, RCPT and DATA are given one by one here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine
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

from notifications.addresses import one_line, usable_address
from notifications.mailer import Envelope, NotTaken, OutcomeUnknown

_TRY_LATER: Final = range(400, 500)
_REFUSED: Final = range(500, 600)
_CLOSING: Final = 421
_LONGEST_REPLY: Final = 500

AnswerT = TypeVar("AnswerT")


class Tls(StrEnum):
    """How the connection is kept from others: by an upgrade, from its first byte on, or not."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


class UnsafeSmtp(ValueError):
    """A password would cross the network for everybody to read."""

    def __init__(self) -> None:
        super().__init__(
            "The mail server's password would be sent without encryption. Set tls to 'starttls'"
            " (mostly port 587) or 'implicit' (mostly port 465), or leave the username out."
        )


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Which server takes the emails, and how. `certificates`: a file of authorities to trust.

    `hello` is the name by which we introduce ourselves. Once a message was handed over, the reply
    is awaited for `reply_timeout_seconds`, since giving up early leaves the outcome unknown (RFC
    5321, 4.5.3.2.6, asks for patience); keep it below the lease of the outbox. Raises `UnsafeSmtp`
    for a password without encryption.
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

    def __post_init__(self) -> None:
        if self.username is not None and self.tls is Tls.NONE:
            raise UnsafeSmtp


class SmtpMailer:
    """One connection to a mail server, kept open from message to message.

    Not to be shared between threads. What the server says against us (greeting, encryption,
    password, sender) is tried again later, since mending the settings mends it; what it says
    against a recipient or a message with a code from 500 on is for good.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._runner: asyncio.Runner | None = None
        self._client: aiosmtplib.SMTP | None = None

    def begin(self, envelope: Envelope) -> None:
        """See `Mailer.begin`."""
        for address in (envelope.sender, envelope.recipient):
            # The library would cut such an address short, and write to whoever that names.
            if usable_address(address) is None:
                raise NotTaken(f"'{one_line(address)}' is not an address.", for_good=True)
        try:
            self._run(self._begin(envelope))
        except SMTPRecipientRefused as refused:
            self._drop()
            raise NotTaken(_said(refused), for_good=refused.code in _REFUSED) from refused
        except (SMTPException, OSError, ValueError) as problem:
            self._drop()
            raise NotTaken(_said(problem)) from problem

    def hand_over(self, message: bytes) -> None:
        """See `Mailer.hand_over`."""
        client = self._client
        if client is None:
            message_text = "no envelope was begun"
            raise RuntimeError(message_text)
        try:
            self._run(client.data(message, timeout=self._settings.reply_timeout_seconds))
        except SMTPDataError as refused:
            self._drop()
            if refused.code not in _TRY_LATER and refused.code not in _REFUSED:
                raise OutcomeUnknown(_said(refused)) from refused
            raise NotTaken(_said(refused), for_good=refused.code in _REFUSED) from refused
        except (SMTPException, OSError) as problem:
            self._drop()
            raise OutcomeUnknown(_said(problem)) from problem

    def abandon(self) -> None:
        """See `Mailer.abandon`."""
        client = self._client
        if client is None:
            return
        try:
            self._run(client.rset())
        except (SMTPException, OSError):
            self._drop()

    def close(self) -> None:
        """See `Mailer.close`."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                self._run(client.quit(timeout=self._settings.timeout_seconds))
            except (SMTPException, OSError):
                client.close()
        if self._runner is not None:
            self._runner.close()
            self._runner = None

    async def _begin(self, envelope: Envelope) -> None:
        client = self._client
        if client is not None and client.is_connected:
            try:
                await self._name(client, envelope)
            except (SMTPServerDisconnected, SMTPResponseException) as gone:
                # Servers close a connection that has stood idle or carried enough.
                if isinstance(gone, SMTPResponseException) and gone.code != _CLOSING:
                    raise
                client.close()
            else:
                return
        self._client = await self._connected()
        await self._name(self._client, envelope)

    async def _name(self, client: aiosmtplib.SMTP, envelope: Envelope) -> None:
        await client.mail(envelope.sender)
        await client.rcpt(envelope.recipient)

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
        await client.connect()
        if settings.username is not None:
            await client.login(settings.username, settings.password or "")
        return client

    def _tls_context(self) -> ssl.SSLContext | None:
        if self._settings.tls is Tls.NONE:
            return None
        trusted = self._settings.certificates
        return ssl.create_default_context(cafile=str(trusted) if trusted else None)

    def _run(self, work: Coroutine[Any, Any, AnswerT]) -> AnswerT:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(work)

    def _drop(self) -> None:
        """Close the connection: after a refusal or a break, the next message begins afresh."""
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _said(problem: Exception) -> str:
    if isinstance(problem, SMTPResponseException):
        said = f"{problem.code} {problem.message}"
    else:
        said = str(problem) or type(problem).__name__
    return one_line(said)[:_LONGEST_REPLY]
