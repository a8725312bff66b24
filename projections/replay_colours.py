"""The colours of some items, folded forward event by event and day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from events.recommendation import Colour
from events.recorded import Recorded
from events.refs import category_of
from projections.actions import ACTIONS
from projections.belongings import Belongings
from projections.board_lines import ENDED, brag_facts
from projections.projection import Fold, Row
from projections.recommendations import RECOMMENDATIONS
from projections.replay_scope import MODELS, Scope
from projections.rows_ahead import RowsAhead
from projections.store import View
from workflow.brag import CADENCE_DAYS, BragFacts, assess
from workflow.working_days import WorkingDays

_FOLDS: Final = {"action": Fold([ACTIONS]), "recommendation": Fold([RECOMMENDATIONS])}
"""By category. That an action answers a recommendation changes no colour, and that recommendation
need not be walked through."""

Colours = dict[str, Colour]


class Ahead:
    """The items of a scope as they stand; `take` and `reach` go forward, never back.

    `cadence_days`: as for the board.
    """

    def __init__(
        self, view: View, scope: Scope, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
    ) -> None:
        self._scope, self._calendar, self._cadence_days = scope, calendar, cadence_days
        rows = scope.rows(view)
        self._models = {model: RowsAhead(view, model) for model in MODELS.values()}
        for ref, row in rows.items():
            self._models[MODELS[category_of(ref)]].rows[ref] = row
        self._theirs = None if scope.whose is None else Belongings(view, scope.whose, rows)
        self._facts: dict[str, BragFacts] = {}
        self._stale: set[str] = set()
        self.colours: Colours = {}
        self._day = dt.date.min
        for ref, row in rows.items():
            self._note(ref, row)

    def take(self, recorded: Recorded) -> bool:
        """Fold one more event; `reach` then says what it does to the colours.

        Tells whether it is about what counts, before it or after it.
        """
        changed = self._folded(recorded)
        for ref, row in changed.items():
            self._note(ref, row)
        return self._theirs is None or self._theirs.take(recorded, changed)

    def reach(self, day: dt.date) -> None:
        """Let it be a day: colours change by what was taken, and as time passes."""
        is_new = day != self._day
        self._day = day
        counted = self._counted(day)
        for ref in [*counted] if is_new else sorted(self._stale & counted):
            if ref in self._stale or self._facts[ref].status not in ENDED:
                self._colour(ref)
        self._stale = set() if self._theirs is None else self._stale - counted

    def takes_item(self, ref: str) -> bool:
        """Tell whether a thing counts at this moment."""
        if self._theirs is None:
            return self._scope.takes_item(ref)
        return ref in self._theirs.refs

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

    def _folded(self, recorded: Recorded) -> dict[str, Row]:
        """Return the rows of the scope's items that an event changed."""
        category = category_of(recorded.stream)
        fold = _FOLDS.get(category)
        if fold is None:
            return {}
        fold.apply(recorded, self._models)
        rows, items = self._models[MODELS[category]], self._scope.items
        changed = {ref: rows.rows[ref] for ref in rows.changed if items is None or ref in items}
        rows.changed.clear()
        return changed

    def _counted(self, day: dt.date) -> AbstractSet[str]:
        """Return the items that count on a day; those that do no longer lose their colour."""
        if self._theirs is None:
            return self._facts.keys()
        counted = self._theirs.on(day)
        for ref in self.colours.keys() - counted:
            del self.colours[ref]
        self._stale |= counted - self.colours.keys()
        return counted

    def _note(self, ref: str, row: Row) -> None:
        self._facts[ref] = brag_facts(ref, row)
        self._stale.add(ref)

    def _colour(self, ref: str) -> None:
        assessed = assess(self._facts[ref], self._day, self._calendar, self._cadence_days)
        self.colours[ref] = assessed.colour


def turned(before: Mapping[str, Colour], after: Mapping[str, Colour]) -> tuple[str, ...]:
    """Return the items whose colour is another one, those that came or went too."""
    changed = (ref for ref, colour in after.items() if before.get(ref) is not colour)
    return (*changed, *(ref for ref in before if ref not in after))
