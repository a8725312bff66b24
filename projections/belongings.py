"""What belongs to a lead or a subgroup, folded forward: who leads what, who acts in which role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from events.evidence import EvidenceAdded
from events.recorded import Recorded
from events.refs import category_of
from events.remark import RemarkAdded
from projections.audits import AUDITS
from projections.board_filter import Named, Wanted
from projections.civil_days import civil_day
from projections.directory import DIRECTORY
from projections.names import Names
from projections.projection import Fold, Row
from projections.rows_ahead import RowsAhead
from projections.store import View, ViewInMemory

_FOLD: Final = Fold([AUDITS, DIRECTORY])
MOVERS: Final = frozenset({"agency", "audit", "person", "role", "subgroup"})
"""The categories whose events can say that something is another's."""

_ABOUT: Final = {"remark": ("remarks", "on"), "evidence": ("evidence", "to")}
"""What is about something else: its read model, and the field that names what it is about."""


class Belongings:
    """The items that are somebody's, of those that are known; `refs` as last asked for.

    Go forward only: `take` folds an event, `on` lets it be a day.
    """

    def __init__(self, view: View, whose: Named, items: Mapping[str, Row]) -> None:
        self._view, self._whose = view, whose
        self._items = dict(items)
        self._models = {one.model: RowsAhead(view, one.model) for one in _FOLD.projections}
        for model, rows in self._models.items():
            rows.rows.update(view.all(model))
        self._about: dict[str, str | None] = {}
        self._unjudged: set[str] = set()
        self._wanted: tuple[dt.date, Wanted] | None = None
        self.refs: AbstractSet[str] = frozenset()

    def take(self, recorded: Recorded, changed: Mapping[str, Row]) -> bool:
        """Fold an event, which changed some items; tell whether it is about what is theirs.

        Of the directory and of audits, whatever makes something theirs, or another's, is.
        """
        day = civil_day(recorded.recorded_at)
        before = self.on(day)
        self._items.update(changed)
        self._unjudged.update(changed)
        category = category_of(recorded.stream)
        if category in MOVERS:
            _FOLD.apply(recorded, self._models)
            self._wanted = None
            return self.on(day) != before
        after = self.on(day)
        about = self._about_what(recorded) if category in _ABOUT else recorded.stream
        return about in before or about in after

    def on(self, day: dt.date) -> AbstractSet[str]:
        """Return what is theirs on a day."""
        if self._wanted is None or (self._goes_by_days and self._wanted[0] != day):
            self._wanted = (day, self._as_of(day))
            self._unjudged.update(self._items)
        if self._unjudged:
            wanted = self._wanted[1]
            theirs = {ref for ref in self._unjudged if wanted.takes(ref, self._items[ref])}
            self.refs = (self.refs - self._unjudged) | theirs
            self._unjudged.clear()
        return self.refs

    @property
    def _goes_by_days(self) -> bool:
        """Tell whether people are asked for, who act in roles for a time."""
        return any(category_of(ref) == "person" for ref in self._whose.leads or ())

    def _as_of(self, day: dt.date) -> Wanted:
        models = {model: rows.rows for model, rows in self._models.items()}
        view = ViewInMemory(self._view.position, models)
        return Wanted(self._whose, view, Names(view, day))

    def _about_what(self, recorded: Recorded) -> str | None:
        """Return the stream that a remark is on, or a file evidence of."""
        model, field = _ABOUT[category_of(recorded.stream)]
        if isinstance(recorded.event, RemarkAdded | EvidenceAdded):
            self._about[recorded.stream] = getattr(recorded.event, field)
        elif recorded.stream not in self._about:
            row = self._view.get(model, recorded.stream)
            self._about[recorded.stream] = row[field] if row is not None else None
        about = self._about[recorded.stream]
        return about and about.partition("/")[0]
