"""How an email leaves the house: in two steps, so that the outbox can commit between them.

Until `hand_over` nothing has left, and everything can be done again. Once it was called, only a
reply tells what became of the message: without one, nobody knows (RFC 1047).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes. `send_on` is the day for which it was planned."""

    message_id: str
    send_on: dt.date
    sender: str
    recipient: str


class NotTaken(Exception):
    """The message was not taken, and that is certain; `reply` says why, in the server's words.

    `for_good`: it is no use to try the same recipient again.
    """

    def __init__(self, reply: str, *, for_good: bool = False) -> None:
        self.reply, self.for_good = reply, for_good
        super().__init__(reply)


class OutcomeUnknown(Exception):
    """The message was handed over and no reply came: it may have arrived, or not."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Mailer(Protocol):
    """Something that takes messages one after the other."""

    def begin(self, envelope: Envelope) -> None:
        """Name sender and recipient; nothing leaves yet. Raises `NotTaken`."""

    def hand_over(self, message: bytes) -> None:
        """Give the message for the envelope that was begun. Raises `NotTaken`, `OutcomeUnknown`."""

    def abandon(self) -> None:
        """Give up the envelope that was begun; nothing leaves."""

    def close(self) -> None:
        """Let go of connections."""
