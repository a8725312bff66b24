"""Sending the links with which people sign in: soon, and not through the outbox.

A link is worth nothing after a quarter of an hour, so it is neither kept nor tried again; whoever
does not get it asks for another. One pair of hands sends them all, apart from those that answer
pages: a slow mail server keeps nobody waiting, and no answer tells who is known.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import structlog

from events.identifiers import new_identifier
from notifications.addresses import usable_address
from notifications.letter_sign_in import SignInLetter, write_sign_in
from notifications.letters import Letterhead
from notifications.mailer import Envelope, HandedOver, Lanes, Mailer, lanes_of

MOST_WAITING: Final = 200
"""So many links wait at most for a slow mail server; whoever asks for more gets none."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for somebody. `until`: when it stops working; both times are aware."""

    name: str
    address: str
    link: str
    made_at: dt.datetime
    until: dt.datetime


class Postbox:
    """Takes one link at a time to the mail server, or into the folder."""

    def __init__(self, mailer: Callable[[], Mailer | Lanes], head: Letterhead) -> None:
        self._mailer, self._head = mailer, head
        self._hands = ThreadPoolExecutor(1, thread_name_prefix="sign-in-links")
        self._room = threading.BoundedSemaphore(MOST_WAITING)

    def post(self, written: Callable[[], Invitation | None]) -> None:
        """Have a link written and sent soon, unless it turns out that there is nobody to get it."""
        if self._room.acquire(blocking=False):
            self._hands.submit(self._take, written)
        else:
            _log.warning("too many links to sign in wait for the mail server")

    def wait(self) -> None:
        """Return when everything that was posted so far has left, or failed."""
        self._hands.submit(lambda: None).result()

    def _take(self, written: Callable[[], Invitation | None]) -> None:
        try:
            invitation = written()
            if invitation is not None:
                self._send(invitation)
        except Exception as problem:  # noqa: BLE001 - the next link must be sent all the same
            _log.error("a link to sign in could not be sent", problem=type(problem).__name__)
        finally:
            self._room.release()

    def _send(self, invitation: Invitation) -> None:
        recipient = usable_address(invitation.address)
        if recipient is None:
            return
        message_id = f"<{new_identifier()}@{self._head.domain}>"
        letter = SignInLetter(
            message_id,
            invitation.name,
            recipient,
            invitation.link,
            invitation.until,
            invitation.made_at,
        )
        envelope = Envelope(
            message_id, invitation.made_at.date(), self._head.sender, recipient, "sign-in"
        )
        lanes = lanes_of(self._mailer())
        try:
            problem = _handed_over(lanes, envelope, write_sign_in(letter, self._head))
        finally:
            lanes.close()
        if problem is not None:
            # Not the server's words, which mostly repeat the address.
            _log.warning("a link to sign in could not be sent", problem=type(problem).__name__)


def _handed_over(lanes: Lanes, envelope: Envelope, told: bytes) -> HandedOver:
    (refused,) = lanes.begin_all([envelope])
    if refused is not None:
        return refused
    (outcome,) = lanes.hand_over_all([told], lambda: None)
    return outcome
