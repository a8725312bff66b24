"""Keeping what became of an email: its event and its row in the outbox, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from events.catalogue import Event
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailSent,
    EmailUncertain,
    NotSentReason,
)
from events.sessions import Change
from notifications.looking import Dropped
from notifications.outbox import Claim, Outbox, doubted, settled
from notifications.retrying import RESEND_AFTER
from projections.ledger import Ledger
from workflow.circumstances import SYSTEM

STOPPED = "The program stopped while it handed the email over."


class LostClaim(Exception):
    """Somebody else has the email by now: nothing was stored."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"{email} is no longer in this worker's hands")


class Settling:
    """Stores outcomes. Every method raises `LostClaim` when the email is not ours any more."""

    def __init__(self, ledger: Ledger, outbox: Outbox) -> None:
        self._ledger, self._outbox = ledger, outbox

    def sent(self, claim: Claim, recipient: str) -> None:
        """Keep that the server took the email."""
        event = EmailSent(sent_to=recipient, attempt=claim.attempts)
        self._keep(claim.email, claim.token, [event], settled(claim.email, claim.token, "sent"))

    def failed(self, claim: Claim, reply: str) -> None:
        """Keep that the email was refused for good."""
        event = EmailFailed(reply=reply, attempt=claim.attempts)
        self._keep(claim.email, claim.token, [event], settled(claim.email, claim.token, "failed"))

    def never_taken(self, claim: Claim) -> None:
        """Keep that every try came to nothing, so that a later day's plan can settle it anew."""
        event = EmailCancelled(reason=NotSentReason.NEVER_TAKEN)
        change = settled(claim.email, claim.token, "cancelled")
        self._keep(claim.email, claim.token, [event], change)

    def doubt(self, claim: Claim, reason: str, now: dt.datetime) -> None:
        """Keep that nobody knows whether the email arrived; the first time, it leaves once more."""
        resend_at = now + RESEND_AFTER if claim.message is None else None
        event = EmailUncertain(reason=reason, attempt=claim.attempts)
        self._keep(claim.email, claim.token, [event], doubted(claim.email, claim.token, resend_at))

    def drop(self, claim: Claim, dropped: Sequence[Dropped], *, nothing_left: bool) -> None:
        """Keep what is not said any more, and cancel the email if nothing is left to say."""
        events: list[Event] = [
            EmailItemDropped(
                item=one.item.item,
                target_on=one.item.target_on,
                rule=one.item.rule,
                reason=one.reason,
            )
            for one in dropped
        ]
        if not nothing_left:
            self._keep(claim.email, claim.token, events)
            return
        events.append(EmailCancelled(reason=dropped[-1].reason))
        change = settled(claim.email, claim.token, "cancelled")
        self._keep(claim.email, claim.token, events, change)

    def give_up_on_stalled(self, now: dt.datetime) -> int:
        """Mark as uncertain what workers left in the middle of handing over; return how many."""
        stalled = self._outbox.stalled(now)
        for one in stalled:
            resend_at = now + RESEND_AFTER if one.may_resend else None
            event = EmailUncertain(reason=STOPPED, attempt=one.attempts)
            with self._ledger.transaction(actor=SYSTEM) as transaction:
                if self._outbox.is_handed_over(transaction.writing, one.email, one.token):
                    version = transaction.writing.version_of(one.email)
                    transaction.append(one.email, version, [event])
                    transaction.writing.also(doubted(one.email, one.token, resend_at))
        return len(stalled)

    def _keep(self, email: str, token: str, events: Sequence[Event], *changes: Change) -> None:
        with self._ledger.transaction(actor=SYSTEM) as transaction:
            if not self._outbox.is_held(transaction.writing, email, token):
                raise LostClaim(email)
            transaction.append(email, transaction.writing.version_of(email), events)
            for change in changes:
                transaction.writing.also(change)
