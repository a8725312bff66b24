"""A stacked chart over time: how many items had each colour, from day to day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events.recommendation import Colour

WIDTH: Final = 1000
HEIGHT: Final = 240
"""The size of the drawing, in units of its own; the page stretches it to the room there is."""

STACKED: Final = (Colour.BLUE, Colour.GREEN, Colour.GREY, Colour.AMBER, Colour.RED)
"""From the ground up: what is done stands below, what is worst on top."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was counted at the end of a day; `name` that of a meeting, if any."""

    on: dt.date
    counts: Mapping[Colour, int]
    name: str = ""

    @property
    def total(self) -> int:
        """Return how many items there were."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Band:
    """The area of one colour, as the path of an SVG."""

    colour: str
    path: str


@dataclass(frozen=True, slots=True)
class Stacked:
    """A chart. `most`: what its height stands for; `mark`: where the moment shown stands, or None.

    `moments` are what it was drawn from, for the table behind it.
    """

    bands: tuple[Band, ...]
    most: int
    moments: tuple[Moment, ...]
    mark: float | None = None

    @property
    def first_on(self) -> dt.date:
        """Return the day at its left edge."""
        return self.moments[0].on

    @property
    def last_on(self) -> dt.date:
        """Return the day at its right edge."""
        return self.moments[-1].on


def stacked(
    moments: Sequence[Moment], marked: int | None = None, *, evenly: bool = False
) -> Stacked | None:
    """Draw some moments in order; None where nothing was ever counted. `marked`: the one shown.

    What was counted stays so until the next moment: nothing is known of slopes in between.
    `evenly`: each moment stands for a period of its own, such as a month, and gets the same room.
    """
    most = max((moment.total for moment in moments), default=0)
    if not most:
        return None
    places = _even(len(moments)) if evenly else _places(moments)
    ground = [0.0] * len(moments)
    bands = []
    for colour in STACKED:
        top = [
            low + moment.counts.get(colour, 0) for low, moment in zip(ground, moments, strict=True)
        ]
        if top != ground:
            bands.append(Band(colour.value, _area(places, ground, top, HEIGHT / most)))
        ground = top
    mark = None if marked is None else _middle(places, marked)
    return Stacked(tuple(bands), most, tuple(moments), mark)


def some_of(count: int, marked: int, most: int) -> list[int]:
    """Choose at most so many of the numbers from 0 to below `count`, evenly; `most`: 3 or more.

    The first and the last are among them, and the marked one, so that a long walk still draws.
    """
    if count <= most:
        return list(range(count))
    apart = -(-count // (most - 2))
    return sorted({*range(0, count, apart), count - 1, marked})


def _places(moments: Sequence[Moment]) -> list[float]:
    """Return where each moment begins, and where the last one ends.

    Moments go by their days; of those on one day each gets the same room, so that all can be seen.
    """
    first, last = moments[0].on, moments[-1].on
    days = (last - first).days
    if days < len(moments):
        return _even(len(moments))
    # The last moment gets the room of a day at the end.
    return [*(WIDTH * (one.on - first).days / (days + 1) for one in moments), float(WIDTH)]


def _even(count: int) -> list[float]:
    return [WIDTH * place / count for place in range(count + 1)]


def _area(
    places: Sequence[float], ground: Sequence[float], top: Sequence[float], scale: float
) -> str:
    there = [(x, HEIGHT - y * scale) for x, y in _stairs(places, top)]
    back = [(x, HEIGHT - y * scale) for x, y in reversed(_stairs(places, ground))]
    return f"M{' '.join(f'{x:.5g} {y:.5g}' for x, y in (*there, *back))}z"


def _stairs(places: Sequence[float], heights: Sequence[float]) -> list[tuple[float, float]]:
    """Return the corners of a line that keeps each height until the next place."""
    corners: list[tuple[float, float]] = []
    for start, end, height in zip(places, places[1:], heights, strict=False):
        if corners and corners[-1][1] == height:
            corners[-1] = (end, height)
        else:
            corners += [(start, height), (end, height)]
    return corners


def _middle(places: Sequence[float], marked: int) -> float:
    return (places[marked] + places[marked + 1]) / 2
