"""Which late entries put rows into another order than that in which they were recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from events.action import ActionCreated, ActionRecommendationAnswered
from events.reading import Reader
from events.recommendation import RecommendationProposed
from events.recorded import Recorded
from events.refs import category_of
from projections.civil_days import civil_day
from projections.projection import Row
from projections.streams import Entry, instants_of

DIRECTORY: Final = frozenset({"agency", "person", "role", "subgroup"})
"""The categories that stand in each other's rows."""

_TOUCHING: Final = frozenset(
    kind.type_name for kind in (ActionCreated, ActionRecommendationAnswered, RecommendationProposed)
)


def moved_streams(log: Reader, late: Mapping[str, Row], by_then: int) -> set[str]:
    """Return the streams in which some late entries stand elsewhere than they were recorded.

    `late` are rows of the read model of that name, by position. One that was recorded by the
    position `by_then`, in whose stream nothing was recorded after the day that it tells of, and
    which is of no other stream's row, stands where it was recorded.
    """
    moved = {row["stream"] for key, row in late.items() if _is_apart(row) or int(key) > by_then}
    others = [row for row in late.values() if row["stream"] not in moved]
    instants = instants_of(log, map(_before, others))
    overtaking = (row["stream"] for row in others if _overtakes(row, instants))
    return moved.union(overtaking)


def _is_apart(row: Row) -> bool:
    return row["type"] in _TOUCHING or category_of(row["stream"]) in DIRECTORY


def _overtakes(row: Row, instants: Mapping[Entry, str]) -> bool:
    before = instants.get(_before(row))
    if before is None:
        return False
    told_on = dt.date.fromisoformat(row["told_on"])
    return told_on < civil_day(dt.datetime.fromisoformat(before))


def _before(row: Row) -> Entry:
    return row["stream"], row["version"] - 1


def touched_by(recorded: Recorded) -> tuple[str, ...]:
    """Return the other streams whose rows an event changes."""
    match recorded.event:
        case ActionCreated(answers=answers):
            return answers
        case ActionRecommendationAnswered(recommendation=recommendation):
            return (recommendation,)
        case RecommendationProposed(audit=audit, findings=findings):
            audits = (finding.partition("/")[0] for finding in findings)
            return tuple(one for one in (audit, *audits) if one is not None)
        case _:
            return ()
