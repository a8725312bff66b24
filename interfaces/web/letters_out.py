"""Sending the links with which people sign in: at once, and not through the outbox.

A link is worth nothing after a quarter of an hour, so it is neither kept nor tried again; whoever
does not get it asks for another.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from events.identifiers import new_identifier
from notifications.addresses import usable_address
from notifications.letter_sign_in import SignInLetter, write_sign_in
from notifications.letters import Letterhead
from notifications.mailer import Envelope, HandedOver, Lanes, Mailer, lanes_of

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
        self._turn = threading.Lock()

    def send(self, invitation: Invitation) -> bool:
        """Send a link. False where it could not leave, which is logged without naming anybody."""
        recipient = usable_address(invitation.address)
        if recipient is None:
            return False
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
        with self._turn:
            lanes = lanes_of(self._mailer())
            try:
                problem = _send(lanes, envelope, write_sign_in(letter, self._head))
            finally:
                lanes.close()
        if problem is not None:
            _log.warning("a link to sign in could not be sent", reply=str(problem))
        return problem is None


def _send(lanes: Lanes, envelope: Envelope, told: bytes) -> HandedOver:
    (refused,) = lanes.begin_all([envelope])
    if refused is not None:
        return refused
    (outcome,) = lanes.hand_over_all([told], lambda: None)
    return outcome
