"""Keeping what became of emails: events and rows of the outbox, in one transaction for a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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
from notifications.mailer import NotTaken
from notifications.outbox import Claim, Outbox
from notifications.outbox_changes import doubted, kept_uncertain, put_off, settled, together
from notifications.outcomes import Outcome
from notifications.retrying import RESEND_AFTER, next_try
from projections.ledger import Ledger, Transaction
from workflow.circumstances import SYSTEM

STOPPED: Final = "The program stopped while it handed the email over."

_CHANGED: Final = "It was not sent again: things have changed."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an email, or None for the outcome while it goes on: events, and the row."""

    claim: Claim
    outcome: Outcome | None
    events: tuple[Event, ...] = ()
    change: Change | None = None


class Settling:
    """Stores verdicts."""

    def __init__(self, ledger: Ledger, outbox: Outbox) -> None:
        self._ledger, self._outbox = ledger, outbox

    def keep(self, verdicts: Sequence[Verdict]) -> frozenset[str]:
        """Store verdicts on emails of one claim; return which of them are not ours any more.

        Of those nothing is stored.
        """
        if not verdicts:
            return frozenset()
        emails = [verdict.claim.email for verdict in verdicts]
        with self._ledger.transaction(actor=SYSTEM) as transaction:
            writing = transaction.writing
            held = self._outbox.held(writing, emails, verdicts[0].claim.token)
            ours = [verdict for verdict in verdicts if verdict.claim.email in held]
            _read_ahead(transaction, [verdict.claim for verdict in ours if verdict.events])
            for verdict in ours:
                email = verdict.claim.email
                if verdict.events:
                    writing.trust_version(email, held[email])
                    transaction.append(email, held[email], verdict.events)
            for change in together(one.change for one in ours if one.change is not None):
                writing.also(change)
        return frozenset(email for email in emails if email not in held)

    def give_up_on_stalled(self, now: dt.datetime) -> int:
        """Mark as uncertain what workers left in the middle of handing over; return how many."""
        found = 0
        for one in self._outbox.stalled(now):
            resend_at = now + RESEND_AFTER if one.may_resend else None
            event = EmailUncertain(reason=STOPPED, attempt=one.attempts)
            with self._ledger.transaction(actor=SYSTEM) as transaction:
                if self._outbox.is_handed_over(transaction.writing, one.email, one.token):
                    version = transaction.writing.version_of(one.email)
                    transaction.append(one.email, version, [event])
                    transaction.writing.also(doubted(one.email, one.token, resend_at))
                    found += 1
        return found


def _read_ahead(transaction: Transaction, claims: Sequence[Claim]) -> None:
    """Read at once what the read models have of emails, and of those to whom they go."""
    emails = [claim.email for claim in claims]
    people = [claim.person for claim in claims]
    transaction.pages.read_ahead("reminders", emails)
    transaction.pages.read_ahead("reminder_keys", [*emails, *people])


def sent(claim: Claim, recipient: str) -> Verdict:
    """Say that the server took the email."""
    event = EmailSent(sent_to=recipient, attempt=claim.attempts)
    return Verdict(claim, Outcome.SENT, (event,), settled(claim.email, claim.token, "sent"))


def doubt(claim: Claim, reason: str, now: dt.datetime) -> Verdict:
    """Say that nobody knows whether the email arrived; the first time, it leaves once more."""
    resend_at = now + RESEND_AFTER if claim.message is None else None
    event = EmailUncertain(reason=reason, attempt=claim.attempts)
    return Verdict(claim, Outcome.UNCERTAIN, (event,), doubted(claim.email, claim.token, resend_at))


def refused(claim: Claim, refusal: NotTaken, now: dt.datetime) -> Verdict:
    """Say that nothing left this time: try later, or end it.

    Only a refusal for good uses up the reminders: after an outage they are planned anew.
    """
    at = None if refusal.for_good else next_try(claim.attempts, claim.first_try_at, now)
    if at is not None:
        return wait(claim, at, refusal.reply)
    if claim.message is not None:
        # The first time it may have arrived, so that it failed is more than anybody knows.
        return Verdict(claim, Outcome.NOT_RESENT, (), kept_uncertain(claim, refusal.reply))
    if refusal.for_good:
        event = EmailFailed(reply=refusal.reply, attempt=claim.attempts)
        change = settled(claim.email, claim.token, "failed")
        return Verdict(claim, Outcome.FAILED, (event,), change)
    never_taken = EmailCancelled(reason=NotSentReason.NEVER_TAKEN)
    change = settled(claim.email, claim.token, "cancelled")
    return Verdict(claim, Outcome.GIVEN_UP, (never_taken,), change)


def wait(claim: Claim, until: dt.datetime, why: str, outcome: Outcome = Outcome.PUT_OFF) -> Verdict:
    """Say that the email waits for another try."""
    return Verdict(claim, outcome, (), put_off(claim, until, why))


def not_resent(claim: Claim) -> Verdict:
    """Say that what may have arrived already does not leave again, since it holds no longer."""
    return Verdict(claim, Outcome.NOT_RESENT, (), kept_uncertain(claim, _CHANGED))


def drop(claim: Claim, dropped: Sequence[Dropped], *, nothing_left: bool) -> Verdict:
    """Say what is not said any more; with nothing left to say the email is cancelled."""
    events = tuple(
        EmailItemDropped(
            item=one.item.item,
            target_on=one.item.target_on,
            rule=one.item.rule,
            reason=one.reason,
        )
        for one in dropped
    )
    if not nothing_left:
        return Verdict(claim, None, events)
    cancelled = EmailCancelled(reason=dropped[-1].reason)
    change = settled(claim.email, claim.token, "cancelled")
    return Verdict(claim, Outcome.CANCELLED, (*events, cancelled), change)
