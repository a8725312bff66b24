"""Sending what waits in the outbox, a few emails at a time; each outcome is known and kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from events.log import Clock
from notifications.batch import Hands
from notifications.last_look import LastLook, Sending
from notifications.mailer import Lanes, Mailer, lanes_of
from notifications.outbox import Outbox
from notifications.outcomes import Outcome
from notifications.settling import Settling
from notifications.writing_ahead import WritingAhead
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

        `stop` is asked before each batch; one that is written already is left to others. Emails
        that another worker left in the middle are marked uncertain first. Where no server is there,
        the rest waits for the next time. Once `day_is_over` nothing more leaves: what is said is
        true of the day, and so is who is told.
        """
        outcomes: Counter[Outcome] = Counter()
        outcomes[Outcome.UNCERTAIN] = self._hands.settling.give_up_on_stalled(self.clock())
        batches = WritingAhead(self._hands, day, lambda: stop() or day_is_over(), day_is_over)
        while batch := batches.next():
            outcomes.update(batch.send(meanwhile=batches.write_next))
            if batch.nobody_there:
                break
        outcomes.update(batches.end())
        return +outcomes
