"""The read model "timeline": a plain sentence for every event, in the order of each stream.

The key is `<stream>/<version, eight digits>`; a row is put once and never changes. `sentence`
holds no free text, and names other things by their streams, so that whoever shows it can put
today's titles there, or those of a past day. `words` holds the free texts, each with a label.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final, TypeAlias, cast, get_args

from events.action import ActionCreated, TargetDateCorrected, TargetDateMoved
from events.catalogue import Event
from events.recommendation import (
    RecommendationProposed,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
)
from events.recorded import Recorded
from events.values import TargetDate
from projections.projection import Projection, Row, Rows
from projections.sentence_parts import told_by
from projections.sentences import sentence, told_types, words
from workflow.target_dates import describe

TIMELINE: Final = Projection("timeline", version=2, journal=True)


def timeline_key(stream: str, version: int) -> str:
    """Return the key of the row for one event of a stream."""
    return f"{stream}/{version:08d}"


@TIMELINE.on(*told_types())
def _told(rows: Rows, event: Event, recorded: Recorded) -> None:
    row: Row = {
        "position": recorded.position,
        "recorded_at": _written(recorded.recorded_at),
        "actor": recorded.actor,
        "type": event.type_name,
        "sentence": told_by(recorded.actor, sentence(event, recorded.stream)),
    }
    if recorded.effective_on is not None:
        row["effective_on"] = recorded.effective_on.isoformat()
    if event.text_fields:
        row["words"] = words(event)
    if type(event) in _TARGETS:
        row["target"] = _described(cast("_Targeted", event).target)
    rows.add(timeline_key(recorded.stream, recorded.version), row)


@lru_cache(maxsize=1_024)
def _written(instant: dt.datetime) -> str:
    """Write a time of recording; the events of one command share theirs."""
    return instant.isoformat(timespec="microseconds")


def _described(target: TargetDate | None) -> str | None:
    return None if target is None else describe(target)


_Targeted: TypeAlias = (
    ActionCreated
    | TargetDateMoved
    | TargetDateCorrected
    | RecommendationProposed
    | RecommendationTargetDateSet
    | RecommendationTargetDateMoved
    | RecommendationTargetDateCorrected
)
"""The events after which another target date counts; history tells what it was before."""

_TARGETS: Final[frozenset[type[Event]]] = frozenset(get_args(_Targeted))
