"""How an email leaves the house: in two steps, so that the outbox can commit between them.

Until `hand_over` nothing has left, and everything can be done again. Once it was called, only a
reply tells what became of the message: without one, nobody knows (RFC 1047).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes. `send_on` is the day for which it was planned.

    `called`: what people may find it by where messages become files, such as "PE3-E12".
    """

    message_id: str
    send_on: dt.date
    sender: str
    recipient: str
    called: str = ""


class NotTaken(Exception):
    """The message was not taken, and that is certain; `reply` says why, in the server's words.

    `for_good`: it is no use to try the same recipient again. `nobody_there`: there is no server
    that would take any other message now.
    """

    def __init__(self, reply: str, *, for_good: bool = False, nobody_there: bool = False) -> None:
        self.reply, self.for_good, self.nobody_there = reply, for_good, nobody_there
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


Begun: TypeAlias = NotTaken | None
"""What came of naming sender and recipient: None if both were accepted."""

HandedOver: TypeAlias = NotTaken | OutcomeUnknown | None
"""What came of handing a message over: None if it was taken."""


@runtime_checkable
class Lanes(Protocol):
    """Something that takes several messages at once, each in a lane of its own.

    What happens in one lane is answered, not raised, so that it leaves the others alone.
    """

    @property
    def room(self) -> int:
        """Return how many messages it takes at once, as things stand."""

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        """Name sender and recipient in as many lanes; nothing leaves yet."""

    def hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None], /
    ) -> list[HandedOver]:
        """Give the messages for the envelopes that were begun, in their order.

        None gives an envelope up (or it was refused already), and nothing leaves in that lane.
        `meanwhile` is called once, or never, when there is nothing to do but to wait for replies.
        """

    def close(self) -> None:
        """Let go of connections."""


class OneLane:
    """Lanes over something that takes messages one after the other: there is one lane."""

    room = 1

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self._is_begun = False

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        """See `Lanes.begin_all`."""
        (envelope,) = envelopes
        self._is_begun = True
        try:
            self._mailer.begin(envelope)
        except NotTaken as refused:
            self._is_begun = False
            return [refused]
        return [None]

    def hand_over_all(
        self, messages: Sequence[bytes | None], _meanwhile: Callable[[], None] = lambda: None
    ) -> list[HandedOver]:
        """See `Lanes.hand_over_all`: once it hears anything, the message has been taken."""
        (message,) = messages
        is_begun, self._is_begun = self._is_begun, False
        if message is None:
            if is_begun:
                self._mailer.abandon()
            return [None]
        try:
            self._mailer.hand_over(message)
        except (NotTaken, OutcomeUnknown) as problem:
            return [problem]
        return [None]

    def close(self) -> None:
        """See `Lanes.close`."""
        self._mailer.close()


def lanes_of(mailer: Mailer | Lanes) -> Lanes:
    """Return the lanes of a mailer."""
    return mailer if isinstance(mailer, Lanes) else OneLane(mailer)
