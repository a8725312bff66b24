"""How the outbox stands: how many emails are in each state, and which of them wait, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from events.reading import Reader

STATES: Final = (
    "planned", "claimed", "data_started", "sent", "failed", "uncertain", "cancelled",
)  # fmt: skip
"""The states of an email in the outbox, in the order in which it goes through them."""

_COUNTS: Final = "SELECT state, count(*) FROM outbox GROUP BY state"
_WAITING: Final = (
    "SELECT email, person, send_on, state, attempts, next_try_at, last_reply FROM outbox"
    " WHERE state IN ('planned', 'claimed', 'data_started')"
    " OR (state = 'uncertain' AND next_try_at IS NOT NULL) ORDER BY send_on, email"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An email that has yet to leave, or to leave once more.

    `next_try_at`: None before the first try. `last_reply`: what the server said last time.
    """

    email: str
    person: str
    send_on: dt.date
    state: str
    attempts: int
    next_try_at: dt.datetime | None = None
    last_reply: str | None = None


def counts(reader: Reader) -> Mapping[str, int]:
    """Return how many emails are in each state, those of no email included."""
    found: dict[str, int] = dict(reader.query(_COUNTS))
    return {state: found.get(state, 0) for state in STATES}


def waiting(reader: Reader) -> tuple[Waiting, ...]:
    """Return the emails that have yet to leave, the earliest day first."""
    return tuple(
        Waiting(
            email,
            person,
            dt.date.fromisoformat(send_on),
            state,
            attempts,
            dt.datetime.fromisoformat(next_try_at) if attempts and next_try_at else None,
            last_reply,
        )
        for email, person, send_on, state, attempts, next_try_at, last_reply in reader.query(
            _WAITING
        )
    )
