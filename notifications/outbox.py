"""The outbox: which planned emails wait, who has them in hand, and what became of them.

```
planned -> claimed -> data_started -> sent | failed | uncertain        cancelled
   ^          |            |                            |                  ^
   +----------+------------+ (refused for now)          +-> claimed (once) |
              +------------------------------------------------------------+
```

Emails are claimed a few at a time, by one atomic statement under a token of its own, with a lease.
Until `data_started` a claim whose lease ran out can be taken over by anybody. From then on nobody
may assume that nothing left: without a reply the email is uncertain, and leaves at most once more,
with the same bytes. Once nothing of it can leave any more, neither its bytes nor its address are
kept here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias
from uuid import uuid4

from events.log import EventLog, Writing
from events.recorded import format_instant
from events.sessions import Change, Insert, Row

LEASE: Final = dt.timedelta(minutes=10)
"""How long a worker may hold an email before others take it for stopped."""

Query: TypeAlias = Callable[[str, tuple[str, ...]], Sequence[tuple[str]]]
"""Asks the database, inside a snapshot or a transaction."""

LeftQuery: TypeAlias = Callable[[str, tuple[str, ...]], Sequence[tuple[str, str | None]]]
"""The same, for emails and where they go."""

INSERT: Final = Insert(
    "outbox",
    (("email", "text"), ("person", "text"), ("send_on", "text"), ("message_id", "text")),
)
_BUSY: Final = (
    "SELECT DISTINCT person FROM outbox WHERE (send_on = ? AND state <> 'cancelled')"
    " OR left_on = ? OR state IN ('planned', 'claimed', 'data_started')"
    " OR (state = 'uncertain' AND next_try_at IS NOT NULL)"
)
_LEFT: Final = "SELECT email, recipient FROM outbox WHERE left_on = ? ORDER BY email"
# The four states stand as in the index: SQLite uses an index of some rows for its very words only.
_CLAIM: Final = (
    "WITH waiting AS MATERIALIZED (SELECT email FROM outbox"
    " WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain')"
    " AND send_on <= ? AND next_try_at <= ?"
    " AND (state IN ('planned', 'uncertain') OR (state = 'claimed' AND lease_until < ?))"
    " ORDER BY next_try_at, send_on, email LIMIT ?{skip_locked})"
    " UPDATE outbox SET state = 'claimed', token = ?, lease_until = ?, attempts = attempts + 1,"
    " first_try_at = coalesce(first_try_at, ?) WHERE email IN (SELECT email FROM waiting)"
)
_CLAIMED: Final = (
    "SELECT email, person, send_on, message_id, attempts, first_try_at, recipient, message"
    " FROM outbox WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain')"
    " AND state = 'claimed' AND token = ?"
    " ORDER BY next_try_at, send_on, email"
)
# A kept message is one that may have arrived before: handing it over again is the one resend.
_START_DATA: Final = (
    "UPDATE outbox SET state = 'data_started', left_on = ?, lease_until = ?,"
    " resends = resends + CASE WHEN outbox.message IS NULL THEN 0 ELSE 1 END,"
    " recipient = given.column2, message = given.column3"
    " FROM (VALUES {rows}) AS given WHERE outbox.email = given.column1 AND outbox.token = ?"
    " AND outbox.state = 'claimed' AND outbox.lease_until >= ? RETURNING outbox.email"
)
_STALLED: Final = (
    "SELECT email, token, attempts, resends FROM outbox"
    " WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain')"
    " AND state = 'data_started' AND lease_until < ? ORDER BY email"
)
_HELD: Final = (
    "SELECT email, (SELECT max(version) FROM events WHERE stream = email) FROM outbox"
    " WHERE token = ? AND email IN ({marks})"
    " AND state IN ('claimed', 'data_started', 'uncertain') ORDER BY email"
)
_PUT_BACK: Final = (
    "UPDATE outbox SET state = CASE WHEN message IS NULL THEN 'planned' ELSE 'uncertain' END,"
    " token = NULL, lease_until = NULL, attempts = attempts - 1,"
    " first_try_at = CASE WHEN attempts > 1 THEN first_try_at END"
    " WHERE token = ? AND state = 'claimed' AND email IN ({marks})"
)
_HANDED_OVER: Final = (
    "SELECT state FROM outbox WHERE email = ? AND token = ? AND state = 'data_started'"
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


class Handed(NamedTuple):
    """A message about to be handed over, and the address to which it goes."""

    email: str
    recipient: str
    message: bytes


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

    def claim(self, now: dt.datetime, day: dt.date, at_most: int = 1) -> list[Claim]:
        """Take the emails that have waited longest of those to be sent by the day.

        A claim need not outlast a power cut: then nothing of it has left, and it begins anew.
        """
        token, instant = self._new_token(), format_instant(now)
        skip_locked = " FOR UPDATE SKIP LOCKED" if self._is_postgresql else ""
        which = (day.isoformat(), instant, instant, at_most)
        lease = (token, format_instant(now + LEASE), instant)
        change = Change(_CLAIM.format(skip_locked=skip_locked), [(*which, *lease)])
        self._log.store_apart([change], lasting=False)
        return [_claim(row, token) for row in self._log.query(_CLAIMED, (token,))]

    def start_data(
        self, token: str, messages: Sequence[Handed], now: dt.datetime, day: dt.date
    ) -> frozenset[str]:
        """Note, for good, that messages are about to be handed over; return which may be.

        The others' lease ran out: then somebody else may have them, and they may not leave.
        """
        if not messages:
            return frozenset()
        statement = _START_DATA.format(rows=", ".join(["(?, ?, ?)"] * len(messages)))
        given = [value for message in messages for value in message]
        lease = format_instant(now + LEASE)
        values = (day.isoformat(), lease, *given, token, format_instant(now))
        return frozenset(email for (email,) in self._log.query(statement, values))

    def stalled(self, now: dt.datetime) -> list[Stalled]:
        """Return the emails whose workers stopped in the middle of handing them over."""
        rows = self._log.query(_STALLED, (format_instant(now),))
        return [
            Stalled(email, token, attempts, resends == 0)
            for email, token, attempts, resends in rows
        ]

    def put_back(self, claims: Sequence[Claim]) -> None:
        """Let go of emails of one claim that were not tried, as if nobody had claimed them."""
        if claims:
            statement = _PUT_BACK.format(marks=", ".join("?" * len(claims)))
            row = (claims[0].token, *(claim.email for claim in claims))
            self._log.store_apart([Change(statement, [row])])

    def held(self, writing: Writing, emails: Sequence[str], token: str) -> dict[str, int]:
        """Return, inside a transaction of the log, which emails are under a token.

        With each comes the version of its stream's last event. On PostgreSQL the rows are locked
        with the question, since claims do not take the log's lock.
        """
        statement = _HELD.format(marks=", ".join("?" * len(emails))) + self._row_lock
        return dict(writing.query(statement, (token, *emails)))

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


def left_on(query: LeftQuery, day: dt.date) -> Sequence[tuple[str, str | None]]:
    """Return the emails that left on a day, and where they go as long as that is open."""
    return query(_LEFT, (day.isoformat(),))


def _claim(row: Row, token: str) -> Claim:
    email, person, send_on, message_id, attempts, first_try_at, recipient, message = row
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
