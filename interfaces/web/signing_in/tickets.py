"""Tickets: signed words in a link that let one person do one thing for a while, once.

Nothing is stored when a ticket is written, so that an email that is sent again has the same bytes;
what is stored is that it was used (`interfaces.web.signing_in.once`).
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import hmac
import os
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

import orjson

_SECRET_BYTES: Final = 32
_MAC_BYTES: Final = 32


class NoSecret(RuntimeError):
    """The file that is to hold the secret of the links holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} should hold the secret with which links are signed, and is too short for one."
            " Remove it: a new one is made, and links that were sent before work no longer."
        )


class Purpose(StrEnum):
    """What a ticket is good for. What is signed for one cannot be used for another."""

    SIGN_IN = "sign_in"
    UPDATE = "update"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link is good for.

    `about`: for signing in the browser that asked (see `browser_mark`), for an update the item,
    for an account what the browser takes to the provider and back.
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
        """Read the secret, or make one where there is none, which only its owner can read.

        Raises `NoSecret` for a file that holds none: what it would sign, anybody could.
        """
        if not path.exists():
            _make_secret(path)
        secret = path.read_bytes()
        if len(secret) < _SECRET_BYTES:
            raise NoSecret(path)
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
        if _letters(found) != letters:
            # Several words can stand for the same bytes, and a ticket is used up by its letters.
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


def _make_secret(path: Path) -> None:
    """Put a new secret in place whole, or leave the one that another process put there first."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".web-secret-") as file:
        file.write(os.urandom(_SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(file.name)


def fingerprint(token: str) -> str:
    """Return what is kept of a token: its SHA-256, which opens nothing."""
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a new token that nobody can guess."""
    return _letters(os.urandom(_SECRET_BYTES))


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
