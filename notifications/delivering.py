"""Sending what waits in the outbox, a few emails at a time; each outcome is known and kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from events.log import Clock
from notifications.batch import Batch, Hands
from notifications.last_look import LastLook, Sending
from notifications.mailer import Lanes, Mailer, lanes_of
from notifications.outbox import Outbox
from notifications.outcomes import Outcome
from notifications.settling import Settling
from projections.ledger import Ledger


@dataclass(slots=True)
class Delivery:
    """A worker: the ledger, the server that takes emails, a clock."""

    ledger: Ledger
    mailer: Mailer | Lanes
    sending: Sending
    clock: Clock
    outbox: Outbox = field(init=False)
    _hands: Hands = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.ledger.log)
        self._hands = Hands(
            self.outbox,
            Settling(self.ledger, self.outbox),
            lanes_of(self.mailer),
            LastLook(self.ledger, self.sending, self.clock),
            self.sending.head,
            self.clock,
        )

    def deliver(
        self,
        day: dt.date,
        *,
        stop: Callable[[], bool] = lambda: False,
        day_is_over: Callable[[], bool] = lambda: False,
    ) -> Counter[Outcome]:
        """Send everything that is to leave by a day and may be tried now; count the outcomes.

        `stop` is asked between two batches. Emails that another worker left in the middle are
        marked uncertain first. Where no server is there, the rest waits for the next time. Once
        `day_is_over` nothing more leaves: what is said is true of the day, and so is who is told.
        """
        outcomes: Counter[Outcome] = Counter()
        outcomes[Outcome.UNCERTAIN] = self._hands.settling.give_up_on_stalled(self.clock())
        while not stop() and not day_is_over():
            claims = self.outbox.claim(self.clock(), day, self._hands.lanes.room)
            if not claims:
                break
            batch = Batch(self._hands, day, day_is_over)
            outcomes.update(batch.take_in_hand(claims))
            if batch.nobody_there:
                break
        return +outcomes
