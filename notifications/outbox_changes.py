"""What becomes of an email's row in the outbox, as changes that ride along with its event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from events.recorded import format_instant
from events.sessions import Change, Row, Statement
from notifications.outbox import Claim

_PUT_OFF: Final = (
    "UPDATE outbox SET state = ?, token = NULL, lease_until = NULL, resends = 0, next_try_at = ?,"
    " message = ?, recipient = ?, last_reply = ?, left_on = CASE WHEN resends = 1 THEN left_on END"
    " WHERE email = ? AND token = ?"
)
_KEEP_UNCERTAIN: Final = (
    "UPDATE outbox SET state = 'uncertain', lease_until = NULL, next_try_at = NULL,"
    " message = NULL, recipient = NULL, last_reply = ? WHERE email = ? AND token = ?"
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


def settled(email: str, token: str, state: str) -> Change:
    """Return the change that ends an email as `sent`, `failed` or `cancelled`."""
    return Change(_SETTLE, [(state, email, token)])


def doubted(email: str, token: str, resend_at: dt.datetime | None) -> Change:
    """Return the change that leaves an email uncertain, with or without the one resend."""
    if resend_at is None:
        return Change(_DOUBT_FOR_GOOD, [(email, token)])
    return Change(_DOUBT, [(format_instant(resend_at), email, token)])


def put_off(claim: Claim, until: dt.datetime, reply: str) -> Change:
    """Return the change that lets an email wait for another try.

    Nothing left this time. What may have left the time before keeps its bytes.
    """
    state = "planned" if claim.message is None else "uncertain"
    recipient = None if claim.message is None else claim.recipient
    values = (state, format_instant(until), claim.message, recipient, reply)
    return Change(_PUT_OFF, [(*values, claim.email, claim.token)])


def kept_uncertain(claim: Claim, why: str) -> Change:
    """Return the change that lets an email stay uncertain for good."""
    return Change(_KEEP_UNCERTAIN, [(why, claim.email, claim.token)])


def together(changes: Iterable[Change]) -> list[Change]:
    """Return the same changes, those of one kind as one, in the order of their kinds.

    They are of different emails, so it does not matter which comes first.
    """
    rows: dict[Statement, list[Row]] = {}
    for change in changes:
        rows.setdefault(change.statement, []).extend(change.rows)
    return [Change(statement, some) for statement, some in rows.items()]
