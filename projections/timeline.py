"""The timeline: a plain sentence for every event, told from the log itself when somebody asks.

What is told of an event depends on that event alone, so nothing of it is stored: as of any position
it is told of the events up to there, a better wording reaches the past, too, and free text that was
erased is gone from here as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from events.action import ActionCreated, TargetDateCorrected, TargetDateMoved
from events.recommendation import (
    RecommendationProposed,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
)
from events.recorded import Recorded
from projections.sentence_parts import told_by
from projections.sentences import sentence, words
from projections.store import View
from workflow.target_dates import describe


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is told.

    `sentence` holds no free text, and names other things by their streams, so that whoever shows it
    can put today's titles there, or those of a past day. `words` holds the free texts, each with a
    label. `target` is the target date that counts from then on, in words; None if it stayed.
    """

    recorded: Recorded
    sentence: str
    words: tuple[tuple[str, str], ...]
    target: str | None


def timeline(view: View, stream: str) -> tuple[Told, ...]:
    """Tell the events of a stream as of a view's position, in order; none for no such stream."""
    return tuple(tell(recorded) for recorded in view.events_of(stream))


def tell(recorded: Recorded) -> Told:
    """Tell one event."""
    event = recorded.event
    return Told(
        recorded,
        told_by(recorded.actor, sentence(event, recorded.stream)),
        words(event),
        describe(event.target) if isinstance(event, _Targeted) and event.target else None,
    )


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
