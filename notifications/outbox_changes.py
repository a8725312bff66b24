"""What becomes of an email's row in the outbox, as changes that ride along with its event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from events.recorded import format_instant
from events.sessions import Change, Row
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
    " recipient = NULL, last_reply = NULL WHERE token = ? AND email IN ({marks})"
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
    return Change(_SETTLE.format(marks="?"), [(state, token, email)])


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
    """Return the same changes in fewer statements; emails that end alike are ended by one.

    They are of different emails, so it does not matter which comes first.
    """
    settle = _SETTLE.format(marks="?")
    ended: dict[Row, list[str]] = {}
    others: list[Change] = []
    for change in changes:
        if change.statement != settle:
            others.append(change)
            continue
        for *alike, email in change.rows:
            ended.setdefault(tuple(alike), []).append(email)
    return [*others, *(_settled_alike(alike, emails) for alike, emails in ended.items())]


def _settled_alike(alike: Row, emails: Sequence[str]) -> Change:
    return Change(_SETTLE.format(marks=", ".join("?" * len(emails))), [(*alike, *emails)])
