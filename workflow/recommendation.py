"""What may happen to a recommendation, from the proposal to the difference that it made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.extension_commands import ExtensionCommand
from workflow.recommendation_commands import ProposeRecommendation, WordingCommand, WorkCommand
from workflow.recommendation_dates import decide_colour, decide_date, decide_extension
from workflow.recommendation_impact import decide_impact
from workflow.recommendation_later_commands import ColourCommand, DateCommand, ImpactCommand
from workflow.recommendation_proposal import propose
from workflow.recommendation_state import (
    WITH_DAYS,
    RecommendationEvent,
    RecommendationState,
    dated,
    evolve,
)
from workflow.recommendation_wording import decide_wording
from workflow.recommendation_work import decide_work
from workflow.refusals import NotFound

RecommendationCommand: TypeAlias = (
    ProposeRecommendation
    | WordingCommand
    | WorkCommand
    | DateCommand
    | ColourCommand
    | ExtensionCommand
    | ImpactCommand
)


def decide(
    command: RecommendationCommand, state: RecommendationState, circumstances: Circumstances
) -> Sequence[RecommendationEvent]:
    """Return what follows from a command about a recommendation. Raises a `Refusal`."""
    if isinstance(command, ProposeRecommendation):
        return [propose(command, circumstances)]
    if state.status is None:
        raise NotFound(state.ref)
    if isinstance(command, WordingCommand):
        return decide_wording(command, state, circumstances)
    if isinstance(command, WorkCommand):
        return decide_work(command, state, circumstances)
    if isinstance(command, DateCommand):
        return decide_date(command, state, circumstances)
    if isinstance(command, ColourCommand):
        return decide_colour(command, state, circumstances)
    if isinstance(command, ExtensionCommand):
        return decide_extension(command, state, circumstances)
    return decide_impact(command, state, circumstances)


DECIDER = Decider("recommendation", RecommendationState, decide, evolve, dated, WITH_DAYS)
