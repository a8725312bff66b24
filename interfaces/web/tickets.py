"""Tickets: signed words in a link that let one person do one thing for a while, once.

Nothing is stored when a ticket is written, so that an email that is sent again has the same bytes;
what is stored is that it was used (`interfaces.web.once`).
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
import os
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

import orjson

_SECRET_BYTES: Final = 32
_MAC_BYTES: Final = 32


class Purpose(StrEnum):
    """What a ticket is good for. What is signed for one cannot be used for another."""

    SIGN_IN = "sign_in"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link is good for.

    `about`: for signing in the browser that asked (see `browser_mark`), for an update the item.
    `expires_at`: seconds of the Unix clock.
    """

    purpose: Purpose
    person: str
    about: str
    expires_at: int

    def expired(self, now: dt.datetime) -> bool:
        """Tell whether it is too late to use it."""
        return now.timestamp() >= self.expires_at


@dataclass(frozen=True, slots=True)
class Signer:
    """Writes tickets and reads its own. `secret` never leaves this machine."""

    secret: bytes

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Read the secret, or make one where there is none, which only its owner can read."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(path.read_bytes())
        secret = os.urandom(_SECRET_BYTES)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, made private
            file.write(secret)
        return cls(secret)

    def write(self, ticket: Ticket) -> str:
        """Return a ticket as letters that stand in a link."""
        body = orjson.dumps([ticket.purpose, ticket.person, ticket.about, ticket.expires_at])
        return _letters(self._mac(body) + body)

    def read(self, letters: str, purpose: Purpose) -> Ticket | None:
        """Return what some letters are good for; None for what we did not sign for it."""
        try:
            found = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        except (binascii.Error, ValueError):
            return None
        mac, body = found[:_MAC_BYTES], found[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        signed_for, person, about, expires_at = orjson.loads(body)
        if signed_for != purpose:
            return None
        return Ticket(purpose, person, about, expires_at)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self.secret, body, sha256)


def fingerprint(token: str) -> str:
    """Return what is kept of a token: its SHA-256, which opens nothing."""
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a new token that nobody can guess."""
    return _letters(os.urandom(_SECRET_BYTES))


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
