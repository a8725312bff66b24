"""Sending what waits in the outbox, one email at a time, so that each outcome is known and kept.

Every email goes through the same steps: claim it, look whether it is still true, name sender and
recipient to the server, look again, note that it is being handed over, hand it over, keep the
outcome. Stopping anywhere loses nothing, and sends nothing twice but what is marked uncertain.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import structlog

from events.log import Clock
from events.reading import Reader
from notifications.letter_item import Desk
from notifications.letter_writing import letter_about
from notifications.letters import Letter, Letterhead, write_letter
from notifications.looking import DirectoryInMind, Looked, look
from notifications.mailer import Envelope, Mailer, NotTaken, OutcomeUnknown
from notifications.outbox import Claim, Outbox
from notifications.retrying import next_try
from notifications.rules import Rule
from notifications.settling import LostClaim, Settling
from projections.ledger import Ledger
from projections.store import ViewOfToday

_log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What became of one email that was taken in hand."""

    SENT = "sent"
    PUT_OFF = "put_off"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"
    NOT_RESENT = "not_resent"
    LOST = "lost"
    PROBLEM = "problem"


class _Ready(NamedTuple):
    """A message whose recipient the server has accepted, noted as being handed over."""

    recipient: str
    message: bytes


@dataclass(frozen=True, slots=True)
class Sending:
    """What sending depends on besides the ledger and the server."""

    rules: tuple[Rule, ...]
    head: Letterhead
    web_address: str | None = None


@dataclass(slots=True)
class Delivery:
    """A worker's hands: the ledger, the server that takes emails, a clock."""

    ledger: Ledger
    mailer: Mailer
    sending: Sending
    clock: Clock
    outbox: Outbox = field(init=False)
    settling: Settling = field(init=False)
    _directory: DirectoryInMind = field(init=False, default_factory=DirectoryInMind)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.ledger.log)
        self.settling = Settling(self.ledger, self.outbox)

    def deliver(
        self, day: dt.date, *, stop: Callable[[], bool] = lambda: False
    ) -> Counter[Outcome]:
        """Send everything that is to leave by a day and may be tried now; count the outcomes.

        `stop` is asked between two emails. Emails that another worker left in the middle are
        marked uncertain first.
        """
        outcomes: Counter[Outcome] = Counter()
        outcomes[Outcome.UNCERTAIN] = self.settling.give_up_on_stalled(self.clock())
        while not stop():
            claim = self.outbox.claim(self.clock(), day)
            if claim is None:
                break
            outcomes[self._take_in_hand(claim, day)] += 1
        return +outcomes

    def _take_in_hand(self, claim: Claim, day: dt.date) -> Outcome:
        try:
            ready = self._prepare_or_put_off(claim, day)
            return ready if isinstance(ready, Outcome) else self._hand_over(claim, ready)
        except LostClaim:
            self.mailer.abandon()
            return Outcome.LOST

    def _prepare_or_put_off(self, claim: Claim, day: dt.date) -> _Ready | Outcome:
        try:
            return self._prepare(claim, day)
        except LostClaim:
            raise
        except Exception as problem:  # noqa: BLE001 - one unwritable email must not keep the others
            _log.exception("email_not_written", email=claim.email)
            self.mailer.abandon()
            self._refused(claim, NotTaken(type(problem).__name__))
            return Outcome.PROBLEM

    def _prepare(self, claim: Claim, day: dt.date) -> _Ready | Outcome:
        letter = self._still_to_say(claim, day)
        if letter is None:
            return _unsaid(claim)
        recipient = letter.address
        envelope = Envelope(claim.message_id, claim.send_on, self.sending.head.sender, recipient)
        try:
            self.mailer.begin(envelope)
        except NotTaken as refused:
            return self._refused(claim, refused)
        letter = self._still_to_say(claim, day)
        if letter is None or letter.address != recipient:
            self.mailer.abandon()
            return _unsaid(claim) if letter is None else self._begin_again(claim)
        message = claim.message or bytes(write_letter(letter, self.sending.head))
        if not self.outbox.start_data(claim, recipient, message, self.clock(), day):
            raise LostClaim(claim.email)
        return _Ready(recipient, message)

    def _hand_over(self, claim: Claim, ready: _Ready) -> Outcome:
        try:
            self.mailer.hand_over(ready.message)
        except NotTaken as refused:
            return self._refused(claim, refused)
        except OutcomeUnknown as unknown:
            self.settling.doubt(claim, unknown.reason, self.clock())
            return Outcome.UNCERTAIN
        self.settling.sent(claim, ready.recipient)
        return Outcome.SENT

    def _refused(self, claim: Claim, refused: NotTaken) -> Outcome:
        """Keep that nothing left this time: try later, or end it.

        Only a refusal for good uses up the reminders: after an outage they are planned anew.
        """
        now = self.clock()
        at = None if refused.for_good else next_try(claim.attempts, claim.first_try_at, now)
        if at is not None:
            self.outbox.put_off(claim, at, refused.reply)
            return Outcome.PUT_OFF
        if claim.message is not None:
            # The first time it may have arrived, so that it failed is more than anybody knows.
            self.outbox.keep_uncertain(claim, refused.reply)
            return Outcome.NOT_RESENT
        if refused.for_good:
            self.settling.failed(claim, refused.reply)
            return Outcome.FAILED
        self.settling.never_taken(claim)
        return Outcome.GIVEN_UP

    def _begin_again(self, claim: Claim) -> Outcome:
        """Let go of an email whose recipient's address changed while the server was asked."""
        self.outbox.put_off(claim, self.clock(), "The address changed meanwhile.")
        return Outcome.PUT_OFF

    def _still_to_say(self, claim: Claim, day: dt.date) -> Letter | None:
        """Return what is still to be said, and keep what is not; None if nothing is left.

        What may have arrived already leaves once more only if all of it still holds.
        """
        looked, letter = self._look(claim, day)
        if claim.message is not None:
            if looked.dropped or looked.address != claim.recipient:
                self.outbox.keep_uncertain(claim, "It was not sent again: things have changed.")
                return None
            return letter
        if looked.dropped:
            self.settling.drop(claim, looked.dropped, nothing_left=not looked.due)
        return letter

    def _look(self, claim: Claim, day: dt.date) -> tuple[Looked, Letter | None]:
        with self.ledger.log.snapshot() as reader:
            looked = look(
                reader.read_stream(claim.email),
                ViewOfToday(reader),
                self._directory.as_of(reader),
                self.sending.rules,
                day,
                self.ledger.calendar,
            )
            return looked, self._letter(claim, looked, reader, day)

    def _letter(self, claim: Claim, looked: Looked, reader: Reader, day: dt.date) -> Letter | None:
        desk = Desk(self.sending.rules, day, self.ledger.calendar, self.sending.web_address)
        made_at, message_id = self.clock(), claim.message_id
        head = self.sending.head
        return letter_about(looked, reader, desk, head, message_id=message_id, made_at=made_at)


def _unsaid(claim: Claim) -> Outcome:
    return Outcome.CANCELLED if claim.message is None else Outcome.NOT_RESENT
