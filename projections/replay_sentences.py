"""Telling events on the way of a replay: a moved target date with the date before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from events.recorded import Recorded
from events.values import TargetDate
from projections.replay_colours import Ahead
from projections.sentence_parts import MOVED_TO
from projections.timeline import Told, tell
from workflow.target_dates import describe


class DatesBefore:
    """Tells events; `ahead` knows the target dates that stand before each of them."""

    def __init__(self, ahead: Ahead) -> None:
        self._ahead: Final = ahead

    def told(self, recorded: Recorded) -> Told:
        """Tell an event that is about to be folded."""
        told = tell(recorded)
        if not told.sentence.startswith(MOVED_TO):
            return told
        stored = self._ahead.target_of(recorded.stream)
        if stored is None:
            return told
        before = describe(TargetDate.model_validate(stored))
        onwards = told.sentence.removeprefix(MOVED_TO)
        return replace(told, sentence=f"moved the target date from {before} to{onwards}")
