"""One tick of the worker: settle the day's reminders when it is time, and send what waits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from events.log import Clock
from notifications.delivering import Delivery
from notifications.outcomes import Outcome
from notifications.reminding import Reminded, remind

SENDING_TIME: Final = dt.time(8)
"""The time of day, on a working day, from which emails leave."""

LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did. `reminded` is None unless it settled the reminders of the day."""

    reminded: Reminded | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)


class Tick:
    """Knows from the clock alone what it is time for, so that a missed tick costs nothing.

    On a working day, from the sending time on, the first tick settles the reminders of the day
    (after an outage that is the catch-up), and every tick sends what waits. At other times nobody
    is written to.
    """

    def __init__(
        self,
        delivery: Delivery,
        clock: Clock,
        *,
        sending_time: dt.time = SENDING_TIME,
        zone: ZoneInfo = LONDON,
    ) -> None:
        self._delivery, self._clock = delivery, clock
        self._sending_time, self._zone = sending_time, zone
        self._settled_on: dt.date | None = None

    def __call__(self, stop: Callable[[], bool] = lambda: False) -> Ticked:
        """Do what it is time for. `stop` is asked between two emails."""
        local = self._clock().astimezone(self._zone)
        day = local.date()
        is_time = local.time() >= self._sending_time
        if not is_time or not self._delivery.ledger.calendar.is_contact_day(day):
            return Ticked()
        reminded = self._settle(day)
        try:
            outcomes = self._delivery.deliver(
                day, stop=stop, day_is_over=lambda: self._day() != day
            )
            return Ticked(reminded, outcomes)
        finally:
            self._delivery.mailer.close()

    def _day(self) -> dt.date:
        return self._clock().astimezone(self._zone).date()

    def _settle(self, day: dt.date) -> Reminded | None:
        if self._settled_on == day:
            return None
        sending = self._delivery.sending
        reminded = remind(self._delivery.ledger, sending.rules, day, domain=sending.head.domain)
        self._settled_on = day
        return reminded
