"""The plans with what became of their actions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from events.recommendation import Colour
from events.refs import order_of, quoted
from projections.board_lines import BoardLine
from projections.names import Names
from projections.projection import Row


@dataclass(frozen=True, slots=True)
class PlanListed:
    """A plan, with how many of its actions have each colour.

    `from_on` and `until_on`: for which time it is meant; None where that was not told.
    """

    ref: str
    title: str
    status: str
    from_on: dt.date | None
    until_on: dt.date | None
    priorities: tuple[tuple[int, str], ...]
    counts: Counter[Colour]

    @property
    def actions(self) -> int:
        """Return how many actions it has."""
        return self.counts.total()


def plans(names: Names, lines: tuple[BoardLine, ...]) -> tuple[PlanListed, ...]:
    """Return the plans, current ones first. `lines`: the board as far as the visitor sees it."""
    counts: dict[str, Counter[Colour]] = {}
    for line in lines:
        if line.plan is not None:
            counts.setdefault(line.plan, Counter())[line.brag.colour] += 1
    rows = names.plans
    listed = [
        _listed(ref, rows[ref], counts.get(ref, Counter())) for ref in sorted(rows, key=order_of)
    ]
    return tuple(sorted(listed, key=lambda one: one.status != "current"))


def _listed(ref: str, row: Row, counts: Counter[Colour]) -> PlanListed:
    priorities = sorted((int(number), title) for number, title in row["priorities"].items())
    return PlanListed(
        quoted(ref),
        row["title"],
        row["status"],
        _day(row["from_on"]),
        _day(row["until_on"]),
        tuple(priorities),
        counts,
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
