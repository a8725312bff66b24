"""A chart of bars: how many there are of each, and of what colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 100
"""The width of the longest bar, in units of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar. `tone` is the colour that it is drawn in: one of BRAG, or "plain"."""

    tone: str
    count: int
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `lead`: the reference of the lead whose items it counts, if it is one's."""

    label: str
    pieces: tuple[Piece, ...]
    lead: str = ""

    @property
    def total(self) -> int:
        """Return how many items there are."""
        return sum(piece.count for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bar is drawn from: how many there are of each tone, in the order of drawing."""

    label: str
    counts: Mapping[str, int]
    lead: str = ""


def bars(counted: Sequence[Counted]) -> tuple[Bar, ...]:
    """Draw a bar for each, to one scale."""
    most = max((sum(one.counts.values()) for one in counted), default=0) or 1
    return tuple(Bar(one.label, _pieces(one.counts, WIDTH / most), one.lead) for one in counted)


def _pieces(counts: Mapping[str, int], scale: float) -> tuple[Piece, ...]:
    found, left = [], 0.0
    for tone, count in counts.items():
        if count:
            found.append(Piece(tone, count, round(left, 2), round(count * scale, 2)))
            left += count * scale
    return tuple(found)
