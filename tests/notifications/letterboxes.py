"""A server to deliver to, in memory, that does at each phase what a test asks for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from notifications.delivering import Delivery
from notifications.last_look import Sending
from notifications.letters import Letterhead
from notifications.mailer import Envelope
from notifications.rules import DEFAULT_RULES
from tests.notifications.records import House

HEAD = Letterhead("Example Partnership", "remind@example.org")
SENDING = Sending(DEFAULT_RULES, HEAD)

Fault = Exception | Callable[[], None]


@dataclass
class Letterbox:
    """Takes messages. Each fault is raised, or called, once, at its phase, in order.

    `after_taking` faults happen when the message has been taken: its reply is lost.
    """

    at_begin: deque[Fault] = field(default_factory=deque)
    at_hand_over: deque[Fault] = field(default_factory=deque)
    after_taking: deque[Fault] = field(default_factory=deque)
    taken: list[tuple[Envelope, bytes]] = field(default_factory=list)
    abandoned: int = 0
    _envelope: Envelope | None = None

    def begin(self, envelope: Envelope) -> None:
        self._envelope = envelope
        _happen(self.at_begin)

    def hand_over(self, message: bytes) -> None:
        _happen(self.at_hand_over)
        assert self._envelope is not None
        self.taken.append((self._envelope, message))
        self._envelope = None
        _happen(self.after_taking)

    def abandon(self) -> None:
        self._envelope = None
        self.abandoned += 1

    def close(self) -> None:
        self._envelope = None

    @property
    def recipients(self) -> list[str]:
        return [envelope.recipient for envelope, _ in self.taken]


def worker(house: House, letterbox: Letterbox) -> Delivery:
    """Make a worker that delivers to a letterbox."""
    return Delivery(house.ledger, letterbox, SENDING, house.clock)


def _happen(faults: deque[Fault]) -> None:
    if faults:
        fault = faults.popleft()
        if isinstance(fault, Exception):
            raise fault
        fault()
