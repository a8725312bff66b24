"""Emails in the hands of a worker that it has not begun: claimed for a few batches at once."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.log import Clock
from notifications.outbox import LEASE, Claim, Outbox

BATCHES: Final = 4
"""For so many batches emails are claimed at once. A worker that is killed keeps them from others
until its lease runs out."""

FRESH: Final = LEASE / 5
"""What was claimed longer ago is put back, so that enough of the lease is left to whoever sends."""


class Stock:
    """What one worker has claimed for a day and not taken in hand."""

    def __init__(self, outbox: Outbox, day: dt.date, clock: Clock) -> None:
        self._outbox, self._day, self._clock = outbox, day, clock
        self._claims: list[Claim] = []
        self._claimed_at: dt.datetime | None = None

    def take(self, at_most: int) -> list[Claim]:
        """Take the emails that have waited longest, all of one claim; none if nothing waits.

        As long as there is one lane they are claimed one by one: there may be no server.
        """
        now = self._clock()
        if self._claimed_at is not None and not (now - self._claimed_at < FRESH):
            self.put_back()
        if not self._claims:
            wanted = at_most * BATCHES if at_most > 1 else at_most
            self._claims, self._claimed_at = self._outbox.claim(now, self._day, wanted), now
        taken, self._claims = self._claims[:at_most], self._claims[at_most:]
        return taken

    def put_back(self) -> None:
        """Leave everything to others."""
        self._outbox.put_back(self._claims)
        self._claims = []
