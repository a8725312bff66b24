"""Telling anew what an email said of which nobody knows whether it arrived: a person chooses.

The email itself never leaves again. What it told is planned anew, as everything is: what is still
due then, to whom it is due then, at the next sending time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from events.email import EmailCancelled, NotSentReason
from events.sessions import Change
from notifications.after_restore import RESTORED
from projections.ledger import Ledger, Transaction
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.permissions import require_may_tell_anew
from workflow.refusals import NotFound, NotNow

_LEAVES_AGAIN: Final = "SELECT 1 FROM outbox WHERE email = ? AND next_try_at IS NOT NULL"
_RELEASE: Final = (
    "UPDATE outbox SET state = 'cancelled', token = NULL WHERE email = ? AND state = 'uncertain'"
)


def left_in_doubt(view: View) -> tuple[str, ...]:
    """Return the emails that a restore left in doubt and nobody has told anew."""
    rows = view.all("reminders").items()
    return tuple(
        email
        for email, row in rows
        if row["status"] == "uncertain" and row["status_reason"] == RESTORED
    )


def tell_anew(ledger: Ledger, emails: Sequence[str], actor: str) -> None:
    """Let what some emails told be planned anew, all of them or none.

    Raises `NotAllowed`, `NotFound`, and `NotNow` for an email that is not in doubt, or that leaves
    once more by itself.
    """
    with ledger.transaction(actor=actor) as transaction:
        known = transaction.known
        require_may_tell_anew(Circumstances(transaction.today, actor, ledger.calendar, known))
        for email in emails:
            _require_in_doubt(transaction, email)
            event = EmailCancelled(reason=NotSentReason.TOLD_ANEW)
            transaction.append(email, transaction.writing.version_of(email), [event])
        transaction.writing.also(Change(_RELEASE, [(email,) for email in emails]))


def _require_in_doubt(transaction: Transaction, email: str) -> None:
    row = transaction.get("reminders", email)
    if row is None:
        raise NotFound(email)
    if row["status"] != "uncertain":
        mend = "Only what is uncertain can be; what was not sent is planned anew by itself."
        raise NotNow(email, "have it told anew", row["status"], mend)
    if transaction.writing.query(_LEAVES_AGAIN, (email,)):
        mend = "It leaves once more by itself. Wait what comes of that."
        raise NotNow(email, "have it told anew", "uncertain, with a try ahead", mend)
