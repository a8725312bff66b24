"""Replay: what happened step by step, what it did to the colours, and who was emailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Query, Response

from interfaces.counting_entries import Tell
from interfaces.web.charts.stacked import Moment as Counted
from interfaces.web.charts.stacked import Stacked, some_of, stacked
from interfaces.web.choices import choices_of
from interfaces.web.past.walks import Asked, Walk, a_year_before, walk_of
from interfaces.web.past.worked_out import worked_out
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.found_or_told import found_or_told
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visit, Visiting
from projections.replay import Grain, ReplayStep

MOST_LINES: Final = 100
"""So many sentences of one step are shown; of more it is said how many there are."""

MOST_DRAWN: Final = 250
"""So many steps are drawn at most; of a longer walk some, evenly."""

_GRAINS: Final = {
    Grain.DAY: "day by day",
    Grain.EVENT: "change by change",
    Grain.MEETING: "from meeting to meeting",
}

pages: Final = Pages()


@pages.get("/replay", READER)
@of_history
def replay(  # noqa: PLR0913 - what can be asked of a walk
    visit: Visiting,
    *,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
    step: str = "",
    audit: str = "",
    subgroup: str = "",
    lead: str = "",
    stage: int = 0,
) -> Response:
    """Show one step of a walk through history, and the colours from its beginning to its end."""
    grain = Grain(step) if step in set(Grain) else Grain.DAY
    asked = Asked(from_ or a_year_before(visit), to, grain, audit, subgroup, lead)
    found, told = found_or_told(lambda: _worked_out(visit, asked, stage))
    walk, stop = found or (None, None)
    return visit.page(
        "replay.html",
        status=422 if told else 200,
        shows=[walk.last] if walk is not None else (),
        told=told,
        asked=asked,
        walk=walk,
        stop=stop,
        grains=_GRAINS,
        most=MOST_LINES,
        choices=choices_of(visit),
    )


def _worked_out(visit: Visit, asked: Asked, stage: int) -> tuple[Walk, Stop | None]:
    """Return a walk and where one stands. Raises `StillAtWork`, and what `walk_of` raises."""

    def find(own: Visit, tell: Tell) -> tuple[Walk, Stop | None]:
        walk = walk_of(own, asked, tell)
        return walk, _stop(own, walk, stage) if walk.steps else None

    return worked_out(visit, "Replay", (asked, stage), find)


@dataclass(frozen=True, slots=True)
class Stop:
    """The step that is shown, of how many; `number` counts from 1. `chart` is of the whole walk."""

    number: int
    of: int
    step: ReplayStep
    chart: Stacked | None

    @property
    def left_out(self) -> int:
        """Return how many sentences are not shown."""
        return max(0, len(self.step.happened) - MOST_LINES)


def _stop(visit: Visit, walk: Walk, stage: int) -> Stop:
    count = len(walk.steps)
    number = min(max(stage, 1), count) if stage else count
    drawn = some_of(count, number - 1, MOST_DRAWN)
    steps = [walk.steps[place] for place in drawn]
    moments = [Counted(one.on, one.counts, one.name or "") for one in steps]
    chart = stacked(moments, drawn.index(number - 1))
    return Stop(number, count, walk.step(visit, number), chart)
