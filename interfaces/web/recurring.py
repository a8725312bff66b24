"""Themes across audits and recommendations: how often each came up, since when, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from events.refs import category_of, quoted
from notifications.wording import counted
from projections.projection import Row
from projections.store import View

_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = range(11, 14)


@dataclass(frozen=True, slots=True)
class CameUp:
    """One time that a theme came up: in an audit or a recommendation, on a day."""

    ref: str
    kind: str
    title: str
    status: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Recurring:
    """A theme with every time that it came up, the latest first."""

    theme: str
    times: tuple[CameUp, ...]

    @property
    def audits(self) -> int:
        """Return in how many audits it came up."""
        return sum(one.kind == "audit" for one in self.times)

    @property
    def recommendations(self) -> int:
        """Return in how many recommendations it came up."""
        return len(self.times) - self.audits

    @property
    def words(self) -> str:
        """Say how often it came up, such as "4th time since 2018"."""
        first, last = self.times[-1].on.year, self.times[0].on.year
        if len(self.times) == 1:
            return f"once, in {first}"
        since = f"since {first}" if first != last else f"in {first}"
        return f"{_ordinal(len(self.times))} time {since}"

    @property
    def where(self) -> str:
        """Say in how many audits and recommendations it came up."""
        of_both = (
            counted(count, what)
            for count, what in ((self.audits, "audit"), (self.recommendations, "recommendation"))
            if count
        )
        return " and ".join(of_both)


def recurring(themes: dict[str, Row], view: View) -> tuple[Recurring, ...]:
    """Return the themes, those that came up most often first.

    `themes`: the rows of that read model; what the view does not show is left out.
    """
    found: dict[str, list[CameUp]] = {}
    for theme, came_up in _times(themes, view):
        found.setdefault(theme, []).append(came_up)
    listed = (
        Recurring(theme, tuple(sorted(times, key=lambda one: one.on, reverse=True)))
        for theme, times in found.items()
    )
    return tuple(sorted(listed, key=lambda one: (-len(one.times), one.theme.casefold())))


def _times(themes: dict[str, Row], view: View) -> Iterator[tuple[str, CameUp]]:
    audits, recommendations = view.all("audits"), view.all("recommendations")
    for key, row in themes.items():
        if key.startswith("/"):
            continue
        ref, on = row["ref"], dt.date.fromisoformat(row["on"])
        if category_of(ref) == "audit" and ref in audits:
            audit = audits[ref]
            came = CameUp(quoted(ref), "audit", audit["title"], audit["stage"], on)
            yield row["theme"], came
        elif ref in recommendations:
            made = recommendations[ref]
            came = CameUp(quoted(ref), "recommendation", made["text"], made["status"], on)
            yield row["theme"], came


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in _TEENS else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
