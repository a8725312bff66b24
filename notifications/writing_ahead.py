"""The batches of a day, one after the other: the next is written while one is on its way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from notifications.batch import Batch, Hands
from notifications.outcomes import Outcome
from notifications.stock import Stock


class WritingAhead:
    """Hands out batches that are written and not begun.

    `is_enough` is asked before each; from then on there are no more, and what was claimed for them
    is left to others.
    """

    def __init__(
        self,
        hands: Hands,
        day: dt.date,
        is_enough: Callable[[], bool],
        day_is_over: Callable[[], bool],
    ) -> None:
        self._hands, self._day = hands, day
        self._is_enough, self._day_is_over = is_enough, day_is_over
        self._stock = Stock(hands.outbox, day, hands.clock)
        self._written: Batch | None = None
        self._problem: Exception | None = None

    def write_next(self) -> None:
        """Write the next batch, if there is one. Raises nothing: `next` raises what went wrong.

        Whoever calls it has a batch on its way, the outcomes of which must be kept all the same.
        """
        try:
            self._written = None if self._is_enough() else self._write()
        except Exception as problem:  # noqa: BLE001 - see above
            self._problem = problem

    def next(self) -> Batch | None:
        """Return the next batch, None where nothing waits or where it is enough."""
        if self._problem is not None:
            raise self._problem
        if self._is_enough():
            return None
        batch, self._written = self._written, None
        return batch or self._write()

    def end(self) -> Counter[Outcome]:
        """Leave to others what was claimed and is not sent; count what was ended all the same."""
        batch, self._written = self._written, None
        if batch is not None:
            self._hands.outbox.put_back(batch.claims)
        self._stock.put_back()
        return batch.outcomes if batch else Counter()

    def _write(self) -> Batch | None:
        claims = self._stock.take(self._hands.lanes.room)
        return Batch(self._hands, claims, self._day, self._day_is_over) if claims else None
