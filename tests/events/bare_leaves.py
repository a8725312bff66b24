"""A log that has nothing but leaves, and counts how many of them were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from events.reading import Reader


class BareLeaves(Reader):
    """Answers the questions of a `LogTree` out of a list."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        super().__init__(self._answer)
        self.leaves = leaves
        self.asked = 0

    def _answer(self, statement: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if " IN " in statement:
            found = sorted({position for position in parameters if position})
            self.asked += len(found)
            return [(position, self.leaves[position - 1]) for position in found]
        after, until = parameters
        self.asked += until - after
        return [(leaf,) for leaf in self.leaves[after:until]]
