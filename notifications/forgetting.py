"""Taking words out of the outbox that must be forgotten."""

from __future__ import annotations

from typing import Final

from events.sessions import Change
from notifications.outbox import Query

_IN_HAND: Final = "SELECT count(*) FROM outbox WHERE state IN ('claimed', 'data_started')"
_FORGET: Final = (
    "UPDATE outbox SET message = NULL, recipient = NULL, last_reply = NULL,"
    " next_try_at = CASE WHEN state = 'uncertain' THEN NULL ELSE next_try_at END"
    " WHERE message IS NOT NULL OR recipient IS NOT NULL OR last_reply IS NOT NULL"
)


def emails_in_hand(query: Query) -> int:
    """Return how many emails are being sent at this moment; their bytes must not be touched."""
    ((count,),) = query(_IN_HAND, ())
    return int(count)


def forgotten_messages() -> Change:
    """Return the change that empties the outbox of bytes, addresses and servers' answers.

    An email of unknown outcome keeps its bytes for one resend; without them it stays uncertain.
    """
    return Change(_FORGET, [()])
