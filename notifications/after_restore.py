"""What becomes of emails when a backup takes the record's place: what may have left is held back.

The backup knows neither of the emails that left after it was made, nor of those that were only
planned then. Sent again they would be duplicates, and forgotten they would be lost: nobody here can
know. So each of them is kept as uncertain, none leaves by itself, and a person chooses which are
told anew (see `telling_anew`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from events.email import EmailUncertain
from events.refs import order_of
from events.sessions import Change
from notifications.reminding import remind
from notifications.rules import Rule
from projections.ledger import Ledger, Transaction
from projections.projection import MissingRow, Row
from workflow.circumstances import SYSTEM

RESTORED: Final = "A backup was restored, and the email may have left after the backup was made."
"""The reason that stands with an email which a restore left in doubt."""

_MAY_HAVE_LEFT: Final = (
    "SELECT email, attempts, state FROM outbox"
    " WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain')"
    " AND send_on <= ? AND (state <> 'uncertain' OR next_try_at IS NOT NULL) ORDER BY email"
)
_HOLD: Final = (
    "UPDATE outbox SET state = 'uncertain', token = NULL, lease_until = NULL, next_try_at = NULL,"
    " message = NULL, recipient = NULL WHERE email = ?"
)


@dataclass(frozen=True, slots=True)
class InDoubt:
    """An email that may have left since a backup was made. `items`: of what it reminds.

    `name`: of the person, as the directory has it.
    """

    email: str
    person: str
    name: str
    send_on: dt.date
    items: tuple[str, ...]


def hold_back(
    ledger: Ledger, rules: Iterable[Rule], days: tuple[dt.date, dt.date], domain: str
) -> tuple[InDoubt, ...]:
    """Keep as uncertain every email that may have left from the day of a backup to another day.

    Those that the backup has as planned, and those that would have been planned on these days, as
    the backup knows things: each day is gone through as the worker went through it. `days`: that of
    the backup, and that of the last sending time that has come. `domain`: as `remind` has it.
    Nobody else may be working with the record.
    """
    rules, (first, last) = tuple(rules), days
    held = _hold(ledger, last)
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        if remind(ledger, rules, day, domain=domain).emails:
            held += _hold(ledger, day)
    return tuple(sorted(held, key=lambda one: (one.send_on, order_of(one.email))))


def _hold(ledger: Ledger, day: dt.date) -> list[InDoubt]:
    rows = ledger.log.query(_MAY_HAVE_LEFT, (day.isoformat(),))
    if not rows:
        return []
    with ledger.transaction(actor=SYSTEM) as transaction:
        for email, attempts, state in rows:
            if state != "uncertain":
                event = EmailUncertain(reason=RESTORED, attempt=max(attempts, 1))
                transaction.append(email, transaction.writing.version_of(email), [event])
        transaction.writing.also(Change(_HOLD, [(email,) for email, _, _ in rows]))
        return [_in_doubt(transaction, email) for email, _, _ in rows]


def _in_doubt(transaction: Transaction, email: str) -> InDoubt:
    row = _row(transaction, "reminders", email)
    person = _row(transaction, "directory", row["person"])
    items = dict.fromkeys(item["item"] for item in row["items"])
    on = dt.date.fromisoformat(row["send_on"])
    return InDoubt(email, row["person"], person["name"], on, tuple(items))


def _row(transaction: Transaction, model: str, key: str) -> Row:
    row = transaction.get(model, key)
    if row is None:
        raise MissingRow(key)
    return row
