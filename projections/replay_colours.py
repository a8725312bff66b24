"""The colours of some items, folded forward event by event and day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from events.recommendation import Colour
from events.recorded import Recorded
from events.refs import category_of
from projections.actions import ACTIONS
from projections.board_lines import ENDED, brag_facts
from projections.projection import Fold, Row
from projections.recommendations import RECOMMENDATIONS
from projections.replay_scope import MODELS, Scope
from projections.store import View
from workflow.brag import CADENCE_DAYS, BragFacts, assess
from workflow.working_days import WorkingDays

_FOLD: Final = Fold([ACTIONS, RECOMMENDATIONS])

Colours = dict[str, Colour]

_OUTSIDE: Final[Row] = {"actions": [], "target": None}
"""Stands for an item outside the scope that began after the view: an action within answers it too,
and nobody asks how it stands."""


class Ahead:
    """The items of a scope as they stand; `take` and `reach` go forward, never back.

    `cadence_days`: as for the board.
    """

    def __init__(
        self, view: View, scope: Scope, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
    ) -> None:
        self._scope, self._calendar, self._cadence_days = scope, calendar, cadence_days
        rows = scope.rows(view)
        self._models = {model: _RowsAhead(view, model, scope) for model in MODELS.values()}
        for ref, row in rows.items():
            self._models[MODELS[category_of(ref)]].rows[ref] = row
        self._facts: dict[str, BragFacts] = {}
        self._stale: set[str] = set()
        self.colours: Colours = {}
        self._day = dt.date.min
        for ref, row in rows.items():
            self._note(ref, row)

    def take(self, recorded: Recorded) -> None:
        """Fold one more event; `reach` then says what it does to the colours."""
        _FOLD.apply(recorded, self._models)
        for rows in self._models.values():
            for ref in rows.changed:
                if self._scope.items is None or ref in self._scope.items:
                    self._note(ref, rows.rows[ref])
            rows.changed.clear()

    def reach(self, day: dt.date) -> None:
        """Let it be a day: colours change by what was taken, and as time passes."""
        is_new = day != self._day
        self._day = day
        for ref in [*self._facts] if is_new else sorted(self._stale):
            if ref in self._stale or self._facts[ref].status not in ENDED:
                self._colour(ref)
        self._stale.clear()

    def counts(self) -> dict[Colour, int]:
        """Return how many items have each colour."""
        counts = dict.fromkeys(Colour, 0)
        for colour in self.colours.values():
            counts[colour] += 1
        return counts

    def target_of(self, ref: str) -> Row | None:
        """Return the target date that counts for an item, as stored, or None."""
        row = self._models[MODELS[category_of(ref)]].get(ref)
        return row["target"] if row is not None else None

    def _note(self, ref: str, row: Row) -> None:
        self._facts[ref] = brag_facts(ref, row)
        self._stale.add(ref)

    def _colour(self, ref: str) -> None:
        assessed = assess(self._facts[ref], self._day, self._calendar, self._cadence_days)
        self.colours[ref] = assessed.colour


class _RowsAhead:
    """Rows that begin as they stand in a view; what is not at hand is looked up once."""

    def __init__(self, view: View, model: str, scope: Scope) -> None:
        self._view, self._model, self._items = view, model, scope.items
        self.rows: dict[str, Row] = {}
        self.changed: set[str] = set()

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        if key not in self.rows:
            row = self._view.get(self._model, key)
            if row is not None:
                self.rows[key] = row
        is_outside = self._items is not None and key not in self._items
        return self.rows.get(key, _OUTSIDE if is_outside else None)

    def add(self, key: str, row: Row) -> None:
        """See `Rows.add`."""
        self.put(key, row)

    def put(self, key: str, row: Row) -> None:
        """See `Rows.put`."""
        self.rows[key] = row
        self.changed.add(key)

    def delete(self, key: str) -> None:
        """See `Rows.delete`."""
        self.rows.pop(key, None)


def turned(before: Mapping[str, Colour], after: Mapping[str, Colour]) -> tuple[str, ...]:
    """Return the items whose colour is another one, new ones too, in their order of before."""
    return tuple(ref for ref, colour in after.items() if before.get(ref) is not colour)
