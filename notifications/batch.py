"""The way of a batch of emails out of the house, as many as the mailer has lanes.

All of them go through the same steps together: look whether each is still true, name senders and
recipients to the server, look again, note that they are being handed over, hand them over, keep the
outcomes. Stopping anywhere loses nothing, and sends nothing twice but what is marked uncertain.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog

from events.log import Clock
from events.refs import quoted
from notifications.last_look import LastLook, Seen
from notifications.letters import Letterhead, write_letter
from notifications.mailer import Envelope, Lanes, NotTaken, OutcomeUnknown
from notifications.outbox import LEASE, Claim, Handed, Outbox
from notifications.outcomes import Outcome
from notifications.problem_places import kinds, places
from notifications.settling import Settling, Verdict, doubt, drop, not_resent, refused, sent, wait

_log = structlog.get_logger(__name__)

_ADDRESS_CHANGED: Final = "The address changed meanwhile."
_THINGS_CHANGED: Final = "Things changed just before it left."
_TOO_LATE: Final = "It was too late to hand the email over."


class NothingToWrite(Exception):
    """An email has something due, and nothing that can be said about it."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"{email} has something due, and nothing that can be said about it")


@dataclass(frozen=True, slots=True)
class Hands:
    """With what a worker sends."""

    outbox: Outbox
    settling: Settling
    lanes: Lanes
    last_look: LastLook
    head: Letterhead
    clock: Clock


@dataclass(slots=True)
class _InHand:
    """An email on its way. `message` is None once it does not leave any more."""

    claim: Claim
    recipient: str
    message: bytes | None


class Batch:
    """Some emails that were claimed together, and are written. They wait until `send`.

    `outcomes` counts what became of them so far. `nobody_there`: no server takes anything now.
    """

    def __init__(
        self,
        hands: Hands,
        claims: Sequence[Claim],
        day: dt.date,
        day_is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self._hands, self._day, self._day_is_over = hands, day, day_is_over
        self.outcomes: Counter[Outcome] = Counter()
        self.nobody_there = False
        self.claims: Final = claims
        self._lanes = self._write_all(claims)

    def send(self, meanwhile: Callable[[], None]) -> Counter[Outcome]:
        """Do what can be done for each email; count the outcomes.

        `meanwhile` is called once, or never, when there is nothing to do but to wait for replies.
        """
        lanes = self._lanes
        if lanes:
            self._begin(lanes)
            self._look_again(lanes)
            started_at = self._start_data(self.claims[0].token, lanes)
            self._let_go_if_late(started_at, lanes)
            # The note may have waited for somebody who was just about to change something.
            self._look_again(lanes, is_noted=True)
            self._hand_over(lanes, meanwhile)
        return self.outcomes

    def _write_all(self, claims: Sequence[Claim]) -> list[_InHand]:
        """Write what is still to be said, and keep what is not said any more."""
        seen = self._hands.last_look.look_at(claims, self._day)
        judged = [self._judge(*one) for one in zip(claims, seen, strict=True)]
        lost = self._keep([verdict for verdict, _ in judged if verdict is not None])
        return [going for _, going in judged if going is not None and going.claim.email not in lost]

    def _begin(self, lanes: Sequence[_InHand]) -> None:
        """Name senders and recipients to the server."""
        sender = self._hands.head.sender
        envelopes = [
            Envelope(
                one.claim.message_id,
                one.claim.send_on,
                sender,
                one.recipient,
                f"{quoted(one.claim.person)}-{quoted(one.claim.email)}",
            )
            for one in lanes
        ]
        try:
            begun = self._hands.lanes.begin_all(envelopes)
        except Exception as problem:  # noqa: BLE001 - whatever broke it, nothing has left
            self._keep([self._problem(one.claim, problem) for one in lanes])
            for one in lanes:
                one.message = None
            return
        verdicts = []
        for one, refusal in zip(lanes, begun, strict=True):
            if refusal is not None:
                one.message = None
                verdicts.append(refused(one.claim, refusal, self._hands.clock()))
        self.nobody_there = all(refusal and refusal.nobody_there for refusal in begun)
        self._keep(verdicts)

    def _look_again(self, lanes: Sequence[_InHand], *, is_noted: bool = False) -> None:
        """Look once more, just before the messages leave, if anything happened meanwhile.

        `is_noted`: their bytes are noted, and no others may leave in their place. What is not to be
        said any more takes them back; what would only be put differently does not.
        """
        going = [one for one in lanes if one.message is not None]
        if not going or not self._hands.last_look.has_anything_changed():
            return
        seen = self._hands.last_look.look_at([one.claim for one in going], self._day)
        verdicts = []
        for one, now in zip(going, seen, strict=True):
            verdict, again = self._judge(one.claim, now)
            if again is not None and again.recipient != one.recipient:
                verdict, again = wait(one.claim, self._hands.clock(), _ADDRESS_CHANGED), None
            elif again is not None and is_noted:
                again.message = one.message
                if verdict is not None:
                    verdict, again = wait(one.claim, self._hands.clock(), _THINGS_CHANGED), None
            one.message = again.message if again is not None else None
            if verdict is not None:
                verdicts.append(verdict)
        self._forget(lanes, self._keep(verdicts))

    def _start_data(self, token: str, lanes: Sequence[_InHand]) -> dt.datetime:
        """Note, for good, what is about to be handed over; without the note nothing leaves.

        Returns when the lease that comes with the note began.
        """
        going = [
            Handed(one.claim.email, one.recipient, one.message)
            for one in lanes
            if one.message is not None
        ]
        outbox, now = self._hands.outbox, self._hands.clock()
        started = outbox.start_data(token, going, now, self._day)
        lost = frozenset(one.email for one in going) - started
        self.outcomes[Outcome.LOST] += len(lost)
        self._forget(lanes, lost)
        return now

    def _let_go_if_late(self, started_at: dt.datetime, lanes: Sequence[_InHand]) -> None:
        """Hand nothing over that others may have taken for stopped, or that is of a day gone by.

        A program may stall anywhere, between the note and the server too. Nothing has left.
        """
        now = self._hands.clock()
        if now - started_at < LEASE and not self._day_is_over():
            return
        going = [one for one in lanes if one.message is not None]
        self._keep([wait(one.claim, now, _TOO_LATE) for one in going])
        self._forget(lanes, [one.claim.email for one in going])

    def _hand_over(self, lanes: Sequence[_InHand], meanwhile: Callable[[], None]) -> None:
        messages = [one.message for one in lanes]
        something_leaves = any(message is not None for message in messages)
        answers = self._hands.lanes.hand_over_all(
            messages, meanwhile if something_leaves else _do_nothing
        )
        now = self._hands.clock()
        verdicts = []
        for one, answer in zip(lanes, answers, strict=True):
            match answer:
                case None if one.message is None:
                    continue
                case None:
                    verdicts.append(sent(one.claim, one.recipient))
                case NotTaken():
                    verdicts.append(refused(one.claim, answer, now))
                case OutcomeUnknown():
                    verdicts.append(doubt(one.claim, answer.reason, now))
        self._keep(verdicts)

    def _judge(self, claim: Claim, seen: Seen) -> tuple[Verdict | None, _InHand | None]:
        """Return what is to be kept about an email as it was seen, and what is still to be sent.

        What may have arrived already leaves once more only if all of it still holds.
        """
        if isinstance(seen, Exception):
            return self._problem(claim, seen), None
        looked, letter = seen.looked, seen.letter
        if not looked.due and not looked.dropped:
            # Others ended it meanwhile: it is not ours any more.
            return Verdict(claim, Outcome.LOST), None
        if claim.message is not None:
            if looked.dropped or letter is None or letter.address != claim.recipient:
                return not_resent(claim), None
            return None, _InHand(claim, letter.address, claim.message)
        verdict = None
        if looked.dropped:
            verdict = drop(claim, looked.dropped, nothing_left=not looked.due)
        if verdict is not None and verdict.outcome is not None:
            return verdict, None
        if letter is None:
            return self._problem(claim, NothingToWrite(claim.email)), None
        try:
            message = write_letter(letter, self._hands.head)
        except Exception as problem:  # noqa: BLE001 - one unwritable email must not keep the others
            return self._problem(claim, problem), None
        return verdict, _InHand(claim, letter.address, message)

    def _problem(self, claim: Claim, problem: Exception) -> Verdict:
        """Log where it went wrong, but nobody's name or words, and try again later."""
        _log.error(
            "email_not_written", email=claim.email, problem=kinds(problem), places=places(problem)
        )
        verdict = refused(claim, NotTaken(type(problem).__name__), self._hands.clock())
        return replace(verdict, outcome=Outcome.PROBLEM)

    def _keep(self, verdicts: Sequence[Verdict]) -> frozenset[str]:
        """Store verdicts, and count them; return the emails that were not ours any more."""
        lost = self._hands.settling.keep(verdicts)
        for verdict in verdicts:
            if verdict.claim.email in lost:
                self.outcomes[Outcome.LOST] += 1
            elif verdict.outcome is not None:
                self.outcomes[verdict.outcome] += 1
        return lost

    @staticmethod
    def _forget(lanes: Sequence[_InHand], emails: Collection[str]) -> None:
        for one in lanes:
            if one.claim.email in emails:
                one.message = None


def _do_nothing() -> None:
    """Do nothing: where nothing leaves, nobody waits for a reply."""
