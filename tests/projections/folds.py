"""Folding in memory, for tests: whole stories, and small tales told by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from events.catalogue import Event
from events.recorded import Recorded
from events.values import TargetDate
from projections.catalogue import FOLD
from projections.projection import Row
from projections.store import ViewInMemory
from projections.versions import Closed, MemoryRows
from tests.projections.stories import recorded
from tests.projections.story_world import Step
from workflow.target_dates import read_target_date
from workflow.working_days import england

CALENDAR = england()
"""England's working days, made once."""


class Folded:
    """Every read model after some events, with the versions of rows that were closed."""

    def __init__(self, events: Iterable[Recorded] = ()) -> None:
        self.closed: list[Closed] = []
        self.models = {model: MemoryRows(model, self.closed) for model in FOLD.versions}
        self.events: list[Recorded] = []
        for event in events:
            self.take(event)

    def take(self, event: Recorded) -> None:
        """Fold one more event."""
        self.events.append(event)
        for rows in self.models.values():
            rows.position = event.position
        FOLD.apply(event, self.models)

    @property
    def position(self) -> int:
        """Return the position of the last event."""
        return self.events[-1].position if self.events else 0

    def rows(self) -> dict[str, dict[str, Row]]:
        """Return the rows that stand, by model and key."""
        return {
            model: {key: standing.row for key, standing in rows.standing.items()}
            for model, rows in self.models.items()
        }

    def view(self) -> ViewInMemory:
        """Return a view of what stands."""
        return ViewInMemory(self.position, self.rows(), tuple(self.events))


def target(words: str) -> TargetDate:
    """Read a target date as it would stand in a plan."""
    return read_target_date(words)


class Tale:
    """A few events told by hand, each on a day at noon, by somebody."""

    def __init__(self, begins_on: str = "2025-01-06") -> None:
        self._day = dt.date.fromisoformat(begins_on)
        self._steps: list[Step] = []

    def on(self, day: str) -> Tale:
        """Let what follows be recorded on a day."""
        self._day = dt.date.fromisoformat(day)
        return self

    def tell(
        self, ref: str, *events: Event, by: str = "person-1", effective_on: str | None = None
    ) -> Tale:
        """Tell some events of a stream; `effective_on` where they became true on another day."""
        at = dt.datetime.combine(self._day, dt.time(12), dt.UTC)
        since = None if effective_on is None else dt.date.fromisoformat(effective_on)
        self._steps += [Step(ref, event, by, at, since) for event in events]
        return self

    @property
    def steps(self) -> list[Step]:
        """Return the tale as it can be written into a ledger."""
        return self._steps

    def events(self) -> list[Recorded]:
        """Return the tale as recorded events."""
        return recorded(self._steps)

    def view(self) -> ViewInMemory:
        """Return the read models after the tale."""
        return Folded(self.events()).view()

    def row(self, model: str, key: str) -> Row:
        """Return one row after the tale; fails where there is none."""
        row = self.view().get(model, key)
        assert row is not None, f"{model} has no row {key}"
        return row
