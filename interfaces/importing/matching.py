"""Which action of the record each row of a document is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interfaces.importing.recorded import RecordedAction
from interfaces.importing.wording import NEARLY, Rarity, Weighed, text_key


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of a row when its action is looked for.

    `leads` holds references, and titles of roles that are still to be created.
    """

    text: str
    leads: frozenset[str]
    priority: int | None
    due: str | None


def match(rows: Sequence[Sought], actions: Sequence[RecordedAction]) -> list[RecordedAction | None]:
    """Find for each row the action that it is, or None for a new one; no action is given twice.

    First the same words with the same leads, so that an action that stands twice with different
    leads stays two; then the same words; then nearly the same words, the nearest first.
    """
    matching = _Matching(rows, actions)
    matching.by_words()
    matching.by_nearness()
    return matching.found


class _Matching:
    def __init__(self, rows: Sequence[Sought], actions: Sequence[RecordedAction]) -> None:
        self._rows, self._actions = rows, actions
        self.found: list[RecordedAction | None] = [None] * len(rows)
        self._taken: set[str] = set()

    def by_words(self) -> None:
        """Give rows the actions of the same words, those with more in common first."""
        same: dict[str, list[RecordedAction]] = {}
        for action in self._actions:
            same.setdefault(text_key(action.text), []).append(action)
        pairs = (
            (_in_common(row, action), place, action)
            for place, row in enumerate(self._rows)
            for action in same.get(text_key(row.text), ())
        )
        self._give(pairs)

    def by_nearness(self) -> None:
        """Give the rows that are left the actions of nearly the same words."""
        rows = [place for place, action in enumerate(self.found) if action is None]
        actions = [action for action in self._actions if action.ref not in self._taken]
        if rows and actions:
            self._give(self._near(rows, actions))

    def _near(
        self, rows: list[int], actions: list[RecordedAction]
    ) -> Iterator[tuple[tuple[float, ...], int, RecordedAction]]:
        rarity = Rarity([one.text for one in self._actions] + [row.text for row in self._rows])
        weighed = [rarity.weigh(action.text) for action in actions]
        holding = _holding(weighed)
        for place in rows:
            row = self._rows[place]
            sought = rarity.weigh(row.text)
            met = {at for word in rarity.telling(sought) for at in holding.get(word, ())}
            for at in sorted(met):
                likeness = rarity.likeness(sought, weighed[at])
                if likeness >= NEARLY:
                    yield (likeness, *_in_common(row, actions[at])), place, actions[at]

    def _give(self, pairs: Iterable[tuple[tuple[float, ...], int, RecordedAction]]) -> None:
        for _, place, action in sorted(pairs, key=lambda pair: pair[0], reverse=True):
            if self.found[place] is None and action.ref not in self._taken:
                self.found[place] = action
                self._taken.add(action.ref)


def _in_common(row: Sought, action: RecordedAction) -> tuple[float, ...]:
    """Besides the words: the leads above all, then date and priority; open before ended."""
    leads = frozenset(action.lead_roles)
    return (
        float(row.leads == leads),
        float(bool(row.leads & leads)),
        float(row.due == action.target.get("due")),
        float(row.priority == action.priority),
        float(not action.ended),
    )


def _holding(texts: list[Weighed]) -> dict[str, list[int]]:
    """By word: which of the texts hold it."""
    holding: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        for word in text.words:
            holding.setdefault(word, []).append(at)
    return holding
