"""Whether somebody may read the things of one view: of many, what says so is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from projections.known import Get, facts_about
from projections.projection import Row
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.permissions import SubjectFacts, may_read

MOST_ONE_BY_ONE: Final = 100
"""So many rows of a model are asked for one by one; whoever needs more gets all of them at once."""


class Judge:
    """What one person may read of one view.

    Verdicts are remembered by whose a thing is, and rows by nobody: they are let go once judged.
    """

    def __init__(self, view: View, asker: Circumstances) -> None:
        self._view, self._asker = view, asker
        self._verdicts: dict[SubjectFacts, bool] = {}

    def reads(self, key: str, get: Get | None = None) -> bool:
        """Tell whether who asks may read what a key stands for. `get`: of rows at hand."""
        whose = facts_about(key, get or self._view.get)
        verdict = self._verdicts.get(whose)
        if verdict is None:
            verdict = self._verdicts[whose] = may_read(whose, self._asker)
        return verdict

    def at_hand(self, model: str, rows: Mapping[str, Row]) -> Get:
        """Return what reads rows for judging some of a model, which were read already."""
        return _AtHand(self._view, model, rows).get


class _AtHand:
    """The rows that say whose many things are, each read once."""

    def __init__(self, view: View, model: str, rows: Mapping[str, Row]) -> None:
        self._view, self._model, self._rows = view, model, rows
        self._single: dict[tuple[str, str], Row | None] = {}
        self._asked: Counter[str] = Counter()
        self._whole: dict[str, Mapping[str, Row]] = {}

    def get(self, model: str, key: str) -> Row | None:
        """Return a row, or None."""
        if model == self._model and key in self._rows:
            return self._rows[key]
        if model in self._whole:
            return self._whole[model].get(key)
        if (model, key) not in self._single:
            self._asked[model] += 1
            if self._asked[model] > MOST_ONE_BY_ONE:
                self._whole[model] = self._view.all(model)
                return self._whole[model].get(key)
            self._single[model, key] = self._view.get(model, key)
        return self._single[model, key]
