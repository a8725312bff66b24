"""The colours of some items, folded forward event by event and day by day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Set as AbstractSet
from heapq import heappop, heappush
from typing import Final

from events.recommendation import Colour
from events.recorded import Recorded
from events.refs import category_of
from projections.actions import ACTIONS
from projections.belongings import Belongings
from projections.board_lines import ENDED, brag_facts
from projections.civil_days import civil_day
from projections.projection import Fold, Row
from projections.recommendations import RECOMMENDATIONS
from projections.replay_scope import MODELS, Scope
from projections.rows_ahead import RowsAhead
from projections.store import View
from workflow.brag import CADENCE_DAYS, BragFacts, colour_on
from workflow.brag_days import turns
from workflow.working_days import WorkingDays

_FOLD: Final = Fold([ACTIONS, RECOMMENDATIONS])

Colours = dict[str, Colour]


class Ahead:
    """The items of a scope as they stand; `take` and `reach` go forward.

    Of the many items only those are looked at again that changed, or whose colour may turn by then
    as time passes. `cadence_days`: as for the board.
    """

    def __init__(
        self, view: View, scope: Scope, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
    ) -> None:
        self._scope, self._calendar, self._cadence_days = scope, calendar, cadence_days
        rows = scope.rows(view)
        self._models = {model: RowsAhead(view, model, scope.items) for model in MODELS.values()}
        for ref, row in rows.items():
            self._models[MODELS[category_of(ref)]].rows[ref] = row
        self._theirs = None if scope.whose is None else Belongings(view, scope.whose, rows)
        self._rows: dict[str, Row] = dict(rows)
        self._facts: dict[str, tuple[BragFacts, tuple[dt.date, ...]]] = {}
        self._stale: set[str] = set(rows)
        self._turns: list[tuple[dt.date, str]] = []
        self._next: dict[str, dt.date] = {}
        self._before: dict[str, Colour | None] = {}
        self._counts: dict[Colour, int] = dict.fromkeys(Colour, 0)
        self.colours: Colours = {}
        self._day = dt.date.min

    def take(self, recorded: Recorded) -> bool:
        """Fold one more event; `reach` then says what it does to the colours.

        Tells whether it is about what counts, before it or after it. What became of emails is not
        of what is folded.
        """
        if category_of(recorded.stream) == "email":
            if self._theirs is not None:
                self._theirs.on(civil_day(recorded.recorded_at))
            return False
        changed = self._folded(recorded)
        self._rows.update(changed)
        self._stale.update(changed)
        for ref in changed:
            self._facts.pop(ref, None)
        return self._theirs is None or self._theirs.take(recorded, changed)

    def reach(self, day: dt.date) -> None:
        """Let it be a day: colours change by what was taken, and as time passes."""
        if day < self._day:
            self._stale.update(self._next)
        self._day = day
        while self._turns and self._turns[0][0] <= day:
            turn, ref = heappop(self._turns)
            if self._next.get(ref) == turn:
                self._stale.add(ref)
        for ref in self._to_judge(day):
            self._colour(ref)

    def counts(self) -> dict[Colour, int]:
        """Return how many items have each colour."""
        return dict(self._counts)

    def turned(self) -> dict[str, Colour | None]:
        """Return the items whose colour changed since this was last asked, and who came or went.

        Each with the colour before, None for one that was not there.
        """
        before, self._before = self._before, {}
        return {
            ref: colour for ref, colour in before.items() if self.colours.get(ref) is not colour
        }

    def takes_item(self, ref: str) -> bool:
        """Tell whether a thing counts at this moment."""
        if self._theirs is None:
            return self._scope.takes_item(ref)
        return ref in self._theirs.refs

    def target_of(self, ref: str) -> Row | None:
        """Return the target date that counts for an item, as stored, or None."""
        row = self._models[MODELS[category_of(ref)]].get(ref)
        return row["target"] if row is not None else None

    def _folded(self, recorded: Recorded) -> dict[str, Row]:
        """Return the rows of the scope's items that an event changed."""
        _FOLD.apply(recorded, self._models)
        changed: dict[str, Row] = {}
        for rows in self._models.values():
            for ref in rows.changed:
                if self._scope.items is None or ref in self._scope.items:
                    changed[ref] = rows.rows[ref]
            rows.changed.clear()
        return changed

    def _to_judge(self, day: dt.date) -> AbstractSet[str]:
        """Return the items to look at; those that count no longer lose their colour."""
        stale, self._stale = self._stale, set()
        if self._theirs is None:
            return stale
        theirs = self._theirs.on(day)
        for ref in self.colours.keys() - theirs:
            self._lose(ref)
        # The others are looked at once they are theirs.
        return (stale & theirs) | (theirs - self.colours.keys())

    def _lose(self, ref: str) -> None:
        colour = self.colours.pop(ref)
        self._before.setdefault(ref, colour)
        self._counts[colour] -= 1
        self._next.pop(ref, None)

    def _colour(self, ref: str) -> None:
        found = self._facts.get(ref) or self._judged_by(ref)
        facts, days = found
        colour = colour_on(facts, self._day, self._calendar, self._cadence_days)
        before = self.colours.get(ref)
        if before is not colour:
            self._before.setdefault(ref, before)
            self._counts[colour] += 1
            if before is not None:
                self._counts[before] -= 1
            self.colours[ref] = colour
        self._look_again(ref, days)

    def _judged_by(self, ref: str) -> tuple[BragFacts, tuple[dt.date, ...]]:
        """Return what an item is judged by, and when that may turn its colour by itself."""
        facts = brag_facts(ref, self._rows[ref])
        has_ended = facts.status in ENDED
        days = () if has_ended else turns(facts, self._calendar, self._cadence_days)
        found = self._facts[ref] = (facts, days)
        return found

    def _look_again(self, ref: str, days: tuple[dt.date, ...]) -> None:
        """Note when an item has to be looked at next, if nothing happens to it."""
        place = bisect_right(days, self._day)
        if place == len(days):
            self._next.pop(ref, None)
            return
        self._next[ref] = days[place]
        heappush(self._turns, (days[place], ref))
