"""The outbox: which planned emails wait, who has them in hand, and what became of them.

```
planned -> claimed -> data_started -> sent | failed | uncertain        cancelled
   ^          |            |                            |                  ^
   +----------+------------+ (refused for now)          +-> claimed (once) |
              +------------------------------------------------------------+
```

A claim is one atomic statement under a token of its own, with a lease. Until `data_started` a
claim whose lease ran out can be taken over by anybody. From then on nobody may assume that nothing
left: without a reply the email is uncertain, and leaves at most once more, with the same bytes.
Once nothing of it can leave any more, neither its bytes nor its address are kept here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import uuid4

from events.log import EventLog, Writing
from events.recorded import format_instant
from events.sessions import Change, Insert

LEASE: Final = dt.timedelta(minutes=10)
"""How long a worker may hold an email before others take it for stopped."""

Query: TypeAlias = Callable[[str, tuple[str, ...]], Sequence[tuple[str]]]
"""Asks the database, inside a snapshot or a transaction."""

INSERT: Final = Insert(
    "outbox",
    (("email", "text"), ("person", "text"), ("send_on", "text"), ("message_id", "text")),
)
_BUSY: Final = (
    "SELECT DISTINCT person FROM outbox WHERE (send_on = ? AND state <> 'cancelled')"
    " OR left_on = ? OR state IN ('planned', 'claimed', 'data_started')"
    " OR (state = 'uncertain' AND next_try_at IS NOT NULL)"
)
_CLAIM: Final = (
    "UPDATE outbox SET state = 'claimed', token = ?, lease_until = ?, attempts = attempts + 1,"
    " first_try_at = coalesce(first_try_at, ?) WHERE email = ("
    "SELECT email FROM outbox WHERE send_on <= ? AND next_try_at <= ?"
    " AND (state IN ('planned', 'uncertain') OR (state = 'claimed' AND lease_until < ?))"
    " ORDER BY next_try_at, send_on, email LIMIT 1{skip_locked})"
    " RETURNING email, person, send_on, message_id, attempts, first_try_at, recipient, message"
)
_START_DATA: Final = (
    "UPDATE outbox SET state = 'data_started', resends = resends + ?, left_on = ?, recipient = ?,"
    " message = ?, lease_until = ? WHERE email = ? AND token = ? AND state = 'claimed'"
    " AND lease_until >= ? RETURNING email"
)
_PUT_OFF: Final = (
    "UPDATE outbox SET state = ?, token = NULL, lease_until = NULL, resends = 0, next_try_at = ?,"
    " message = ?, recipient = ?, last_reply = ?, left_on = CASE WHEN resends = 1 THEN left_on END"
    " WHERE email = ? AND token = ? AND state IN ('claimed', 'data_started', 'uncertain')"
    " RETURNING email"
)
_STALLED: Final = (
    "SELECT email, token, attempts, resends FROM outbox"
    " WHERE state = 'data_started' AND lease_until < ? ORDER BY email"
)
_HELD: Final = (
    "SELECT state FROM outbox WHERE email = ? AND token = ?"
    " AND state IN ('claimed', 'data_started', 'uncertain')"
)
_HANDED_OVER: Final = (
    "SELECT state FROM outbox WHERE email = ? AND token = ? AND state = 'data_started'"
)
_KEEP_UNCERTAIN: Final = (
    "UPDATE outbox SET state = 'uncertain', lease_until = NULL, next_try_at = NULL,"
    " message = NULL, recipient = NULL, last_reply = ?"
    " WHERE email = ? AND token = ? AND state IN ('claimed', 'data_started')"
    " RETURNING email"
)
_SETTLE: Final = (
    "UPDATE outbox SET state = ?, lease_until = NULL, next_try_at = NULL, message = NULL,"
    " recipient = NULL, last_reply = NULL WHERE email = ? AND token = ?"
)
_DOUBT: Final = (
    "UPDATE outbox SET state = 'uncertain', lease_until = NULL, next_try_at = ?"
    " WHERE email = ? AND token = ?"
)
_DOUBT_FOR_GOOD: Final = (
    "UPDATE outbox SET state = 'uncertain', lease_until = NULL, next_try_at = NULL,"
    " message = NULL, recipient = NULL WHERE email = ? AND token = ?"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """An email in the hands of this worker until the lease runs out.

    `message` holds the bytes that may have arrived before, when this is the one resend, and
    `recipient` the address to which they went.
    """

    email: str
    person: str
    send_on: dt.date
    message_id: str
    attempts: int
    first_try_at: dt.datetime
    token: str
    recipient: str | None = None
    message: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stalled:
    """An email whose worker stopped after it had begun to hand it over."""

    email: str
    token: str
    attempts: int
    may_resend: bool


class Outbox:
    """The outbox of one log.

    What is one statement commits by itself; outcomes are changes that ride along with the ledger's
    transaction, so that a row and its event are stored together.
    """

    def __init__(self, log: EventLog, new_token: Callable[[], str] = lambda: uuid4().hex) -> None:
        self._log = log
        self._new_token = new_token
        self._is_postgresql = log.engine.dialect.name == "postgresql"

    def claim(self, now: dt.datetime, day: dt.date) -> Claim | None:
        """Take the email that has waited longest of those to be sent by the day, or None."""
        token, instant = self._new_token(), format_instant(now)
        skip_locked = " FOR UPDATE SKIP LOCKED" if self._is_postgresql else ""
        found = self._log.query(
            _CLAIM.format(skip_locked=skip_locked),
            (token, format_instant(now + LEASE), instant, day.isoformat(), instant, instant),
        )
        if not found:
            return None
        email, person, send_on, message_id, attempts, first_try_at, recipient, message = found[0]
        return Claim(
            email,
            person,
            dt.date.fromisoformat(send_on),
            message_id,
            attempts,
            dt.datetime.fromisoformat(first_try_at),
            token,
            recipient,
            None if message is None else bytes(message),
        )

    def start_data(
        self, claim: Claim, recipient: str, message: bytes, now: dt.datetime, day: dt.date
    ) -> bool:
        """Note, for good, that the message is about to be handed over.

        False when the lease ran out: then somebody else may have the email, and nothing may leave.
        """
        resends = 0 if claim.message is None else 1
        lease, email = format_instant(now + LEASE), claim.email
        values = (resends, day.isoformat(), recipient, message, lease, email, claim.token)
        return bool(self._log.query(_START_DATA, (*values, format_instant(now))))

    def put_off(self, claim: Claim, until: dt.datetime, reply: str) -> bool:
        """Let the email wait for another try; False when it was out of our hands already.

        Nothing left this time. What may have left the time before keeps its bytes.
        """
        state = "planned" if claim.message is None else "uncertain"
        recipient = None if claim.message is None else claim.recipient
        values = (state, format_instant(until), claim.message, recipient, reply)
        return bool(self._log.query(_PUT_OFF, (*values, claim.email, claim.token)))

    def keep_uncertain(self, claim: Claim, why: str) -> bool:
        """Let an email stay uncertain for good; False when it was out of our hands already."""
        return bool(self._log.query(_KEEP_UNCERTAIN, (why, claim.email, claim.token)))

    def stalled(self, now: dt.datetime) -> list[Stalled]:
        """Return the emails whose workers stopped in the middle of handing them over."""
        rows = self._log.query(_STALLED, (format_instant(now),))
        return [
            Stalled(email, token, attempts, resends == 0)
            for email, token, attempts, resends in rows
        ]

    def is_held(self, writing: Writing, email: str, token: str) -> bool:
        """Tell, inside a transaction of the log, whether an email is still under a token.

        On PostgreSQL the row is locked with the question, since claims do not take the log's lock.
        """
        return bool(writing.query(_HELD + self._row_lock, (email, token)))

    def is_handed_over(self, writing: Writing, email: str, token: str) -> bool:
        """Tell, inside a transaction of the log, whether an email's outcome is still awaited."""
        return bool(writing.query(_HANDED_OVER + self._row_lock, (email, token)))

    @property
    def _row_lock(self) -> str:
        return " FOR UPDATE" if self._is_postgresql else ""


def busy_people(query: Query, day: dt.date) -> frozenset[str]:
    """Return who is not to be written to on a day.

    They have an email of this day, one that left on it, or one that is still on its way.
    """
    written = day.isoformat()
    return frozenset(person for (person,) in query(_BUSY, (written, written)))


def settled(email: str, token: str, state: str) -> Change:
    """Return the change that ends an email as `sent`, `failed` or `cancelled`."""
    return Change(_SETTLE, [(state, email, token)])


def doubted(email: str, token: str, resend_at: dt.datetime | None) -> Change:
    """Return the change that leaves an email uncertain, with or without the one resend."""
    if resend_at is None:
        return Change(_DOUBT_FOR_GOOD, [(email, token)])
    return Change(_DOUBT, [(format_instant(resend_at), email, token)])
