"""What happened to one thing in a period, in a sentence for a digest.

Nobody's free text is told: a note may hold what was typed into it by mistake, and a digest goes by
email. Whoever wants the words looks the thing up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from events.action import ActionCreated, TargetDateCorrected, TargetDateMoved
from events.catalogue import Event
from events.recommendation import (
    RecommendationProposed,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
)
from events.recorded import Recorded
from events.refs import category_of
from events.values import TargetDate
from projections.civil_days import civil_day
from projections.differences import distance
from projections.digest_headings import MOVING
from projections.names import Names
from projections.projection import Row
from projections.sentence_parts import because, told_by
from projections.sentences import sentence
from projections.store import View
from workflow.civil_dates import MONTHS
from workflow.target_dates import describe

Moved: TypeAlias = TargetDateMoved | RecommendationTargetDateMoved
"""What moves a target date: told with the date before, and by how much it moved."""

MOST_TOLD: Final = 3
"""So many events of one thing stand in one line, the last ones."""

_SAID_TWICE: Final = re.compile(r"([0-9]{1,2} [A-Z][a-z]+ [0-9]{4}) \(due \1\)")
"""A day that was written as it is meant: the words as written are the meaning."""


@dataclass(frozen=True, slots=True)
class MoveWords:
    """Puts what happened to one thing into a sentence.

    `before`: what was known as the period began; `now`: what is known.
    """

    before: View
    now: View
    names: Names

    def told(self, events: Sequence[Recorded]) -> str:
        """Tell some events of one thing: the last ones, each with who and on what day.

        The same said twice is said once, with the last day.
        """
        dates = self._dates(events)
        said: dict[str, Recorded] = {}
        for recorded in events:
            told = dates.get(recorded.position) or self._sentence(recorded)
            words = _SAID_TWICE.sub(r"\1", told)
            said.pop(words, None)
            said[words] = recorded
        parts = [f"{words} ({self._by(recorded)})" for words, recorded in said.items()]
        earlier = len(parts) - MOST_TOLD
        before = f"{earlier} earlier {'change' if earlier == 1 else 'changes'}; " * (earlier > 0)
        return before + "; ".join(parts[-MOST_TOLD:])

    def _sentence(self, recorded: Recorded) -> str:
        told = told_by(recorded.actor, sentence(recorded.event, recorded.stream))
        return self.names.resolved(told)

    def _by(self, recorded: Recorded) -> str:
        on = recorded.effective_on or civil_day(recorded.recorded_at)
        return f"{self.names.called(recorded.actor)}, {short_day(on)}"

    def _dates(self, events: Sequence[Recorded]) -> dict[int, str]:
        """Tell each move of the target date, by position: from where, to where, by how much."""
        if not any(isinstance(recorded.event, Moved) for recorded in events):
            return {}
        told: dict[int, str] = {}
        stood = self._stood(events[0].stream)
        for recorded in events:
            event = recorded.event
            if isinstance(event, Moved):
                told[recorded.position] = _moved(stood, event)
            stood = getattr(event, "target", None) if _sets_date(event) else stood
        return told

    def _stood(self, stream: str) -> TargetDate | None:
        """Return the date that counted as the period began; of what is new, its first."""
        model = MOVING[category_of(stream)]
        row = self.before.get(model, stream)
        if row is not None:
            return _target(row["target"])
        new = self.now.get(model, stream)
        return _target(new["original_target"]) if new else None


def short_day(day: dt.date) -> str:
    """Write a day of the period without its year: "3 December"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def _moved(stood: TargetDate | None, event: Moved) -> str:
    onwards = f"moved the target date from {_words(stood)} to {describe(event.target)}"
    was, due = stood.due if stood else None, event.target.due
    by = distance(was, due) if was and due else None
    return f"{onwards}{f', {by}' if by else ''}{because(event.extension)}"


def _sets_date(event: Event) -> bool:
    return isinstance(
        event,
        Moved
        | ActionCreated
        | TargetDateCorrected
        | RecommendationProposed
        | RecommendationTargetDateSet
        | RecommendationTargetDateCorrected,
    )


def _words(target: TargetDate | None) -> str:
    return describe(target) if target else "none"


def _target(stored: Row | None) -> TargetDate | None:
    return TargetDate.model_validate(stored) if stored else None
