"""A mail server in memory that does whatever mail servers do to those who use them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from notifications.mailer import Begun, Envelope, HandedOver, NotTaken, OutcomeUnknown

T = TypeVar("T")


class Weather(StrEnum):
    """How the server is today."""

    CALM = "calm"
    ROUGH = "rough"
    GREYLISTING = "greylisting"
    SLOW = "slow"
    DOWN = "down"


class Fate(StrEnum):
    """What becomes of a message that is handed over."""

    TAKEN = "taken"
    REFUSED_FOR_NOW = "451"
    REFUSED_FOR_GOOD = "552"
    DROPPED_IN_DATA = "dropped in DATA"
    REPLY_LOST = "250 lost"


_FATES: Final = (
    (Fate.TAKEN, 55),
    (Fate.REFUSED_FOR_NOW, 10),
    (Fate.REFUSED_FOR_GOOD, 5),
    (Fate.DROPPED_IN_DATA, 12),
    (Fate.REPLY_LOST, 18),
)
"""What becomes of a message in rough weather, and how often in a hundred times."""

_SOONER: Final = ((None, 75), ("421 Service not available", 8), ("451 Try again", 8), ("", 9))
"""What happens before DATA in rough weather; "" is a connection that breaks."""

LONGEST_SLOWNESS: Final = 25
"""Minutes for which a slow server keeps a message before it answers."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that the server took. `at`: when DATA began, by the clock that all see."""

    envelope: Envelope
    message: bytes
    at: dt.datetime


class Hands(Protocol):
    """What the server asks of the machine that speaks to it."""

    def point(self, place: str, *, may_stall: bool = True) -> None:
        """Let whatever may happen to the machine at this point happen."""

    def wait(self, time: dt.timedelta) -> None:
        """Let time pass."""

    def was_accepted(self) -> None:
        """Take note that the server has answered RCPT."""

    def hands_over(self, envelope: Envelope, message: bytes) -> None:
        """Be judged: DATA begins."""


@dataclass
class PostOffice:
    """The server. `mailboxes_gone` are addresses that it refuses for good, at RCPT.

    `mailboxes_full` it refuses for now, for weeks; `found_full` tells when it did so last.
    """

    chance: random.Random
    now: Callable[[], dt.datetime]
    on_delivered: Callable[[Delivered], None]
    trace: Callable[[str], None]
    weather: Weather = Weather.CALM
    mailboxes_gone: set[str] = field(default_factory=set)
    mailboxes_full: set[str] = field(default_factory=set)
    found_full: dict[str, dt.datetime] = field(default_factory=dict)
    delivered: list[Delivered] = field(default_factory=list)
    refused_for_good: set[str] = field(default_factory=set)
    in_doubt: set[str] = field(default_factory=set)
    troubled: int = 0
    _seen: set[str] = field(default_factory=set)

    def ask(self, envelope: Envelope) -> None:
        """Answer MAIL and RCPT."""
        if self.weather is Weather.DOWN:
            raise self._trouble(envelope, "Connection refused")
        if envelope.recipient in self.mailboxes_gone:
            self.refused_for_good.add(envelope.message_id)
            raise self._trouble(envelope, "550 No such mailbox", for_good=True)
        if envelope.recipient in self.mailboxes_full:
            # That is no trouble for anybody else, so the day may be a good one all the same.
            self.found_full[envelope.recipient] = self.now()
            raise NotTaken("452 Mailbox full")
        if self.weather is Weather.GREYLISTING and envelope.message_id not in self._seen:
            self._seen.add(envelope.message_id)
            raise self._trouble(envelope, "451 Greylisted")
        if self.weather is Weather.ROUGH:
            reply = self._draw(_SOONER)
            if reply is not None:
                raise self._trouble(envelope, reply or "The connection broke before DATA")

    def take(self, envelope: Envelope, message: bytes, at: dt.datetime, hands: Hands) -> None:
        """Take a message, or not, and answer, or not. `at`: when DATA began."""
        if self.weather is Weather.SLOW:
            self.troubled += 1
            hands.wait(dt.timedelta(minutes=self.chance.uniform(0, LONGEST_SLOWNESS)))
        hands.point("in DATA")
        fate = self._draw(_FATES) if self.weather is Weather.ROUGH else Fate.TAKEN
        if fate in {Fate.TAKEN, Fate.REPLY_LOST}:
            delivered = Delivered(envelope, message, at)
            self.delivered.append(delivered)
            self.trace(f"taken: {envelope.message_id} to {envelope.recipient}")
            self.on_delivered(delivered)
        self._answer(envelope, fate)
        hands.point("after the server took it")

    def _answer(self, envelope: Envelope, fate: Fate) -> None:
        match fate:
            case Fate.TAKEN:
                pass
            case Fate.REFUSED_FOR_NOW:
                self.in_doubt.discard(envelope.message_id)
                raise self._trouble(envelope, "451 Later")
            case Fate.REFUSED_FOR_GOOD:
                self.in_doubt.discard(envelope.message_id)
                self.refused_for_good.add(envelope.message_id)
                raise self._trouble(envelope, "552 Too large", for_good=True)
            case Fate.DROPPED_IN_DATA | Fate.REPLY_LOST:
                self._trouble(envelope, fate)
                raise OutcomeUnknown(fate)

    def _draw(self, weighted: Sequence[tuple[T, int]]) -> T:
        return self.chance.choices([one for one, _ in weighted], [n for _, n in weighted])[0]

    def _trouble(self, envelope: Envelope, reply: str, *, for_good: bool = False) -> NotTaken:
        self.troubled += 1
        self.trace(f"{envelope.message_id}: {reply}")
        return NotTaken(reply, for_good=for_good)


class Line:
    """One machine's connection to the server, in one lane or several."""

    def __init__(self, office: PostOffice, hands: Hands, lanes: int) -> None:
        self.room = lanes
        self._office, self._hands = office, hands
        self._begun: list[Envelope | None] = []

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        answers: list[Begun] = []
        self._begun = []
        for envelope in envelopes:
            self._hands.point("before MAIL")
            try:
                self._office.ask(envelope)
            except NotTaken as refused:
                answers.append(refused)
                self._begun.append(None)
            else:
                answers.append(None)
                self._begun.append(envelope)
        self._hands.was_accepted()
        self._hands.point("after RCPT")
        return answers

    def hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None] = lambda: None
    ) -> list[HandedOver]:
        answers: list[HandedOver] = []
        # Whoever stalls right here sends late, and nothing could be done about it.
        self._hands.point("before DATA", may_stall=False)
        at = self._office.now()
        lanes = list(zip(self._begun, messages, strict=True))
        for envelope, message in lanes:
            if envelope is not None and message is not None:
                self._office.in_doubt.add(envelope.message_id)
                self._hands.hands_over(envelope, message)
        meanwhile()
        for envelope, message in lanes:
            try:
                if envelope is not None and message is not None:
                    self._office.take(envelope, message, at, self._hands)
            except (NotTaken, OutcomeUnknown) as problem:
                answers.append(problem)
            else:
                answers.append(None)
        self._begun = []
        return answers

    def close(self) -> None:
        self._begun = []

    def begin(self, envelope: Envelope) -> None:
        (answer,) = self.begin_all([envelope])
        if answer is not None:
            raise answer

    def hand_over(self, message: bytes) -> None:
        (answer,) = self.hand_over_all([message])
        if answer is not None:
            raise answer

    def abandon(self) -> None:
        self._begun = []
