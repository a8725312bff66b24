"""One difference between the read models and a fresh fold of the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row of a read model that is not what a fresh fold of the log gives.

    `key`: of the row, empty for something about a whole model or table. `position`: of the event
    from which on the row stands, 0 where there is none.
    """

    model: str
    key: str
    what: str
    position: int = 0

    @classmethod
    def at(cls, position: Any, model: str, key: Any, what: str) -> Mismatch:  # noqa: ANN401 - stored
        """Tell of a row that nobody can account for: its columns may hold anything."""
        return cls(model, str(key), what, position if type(position) is int else 0)
