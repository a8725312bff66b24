"""Commands about a recommendation's dates, its colour, and the difference that it made."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.recommendation import AfterNoImpact, Colour
from workflow.command import Slip, Words, command
from workflow.given_values import Day
from workflow.recommendation_commands import AboutARecommendation

Target = Annotated[Slip, Field(description="The target date, such as March 2026 or 31.3.26.")]


@command("recommendation", "set-target-date")
class SetRecommendationTargetDate(AboutARecommendation):
    """Give a recommendation its first target date."""

    target: Target


@command("recommendation", "move-target-date")
class MoveRecommendationTargetDate(AboutARecommendation):
    """Move the target date without a request for more time, for a reason that everybody sees."""

    target: Target
    reason: Annotated[Words, Field(description="Why the date moves.")]


@command("recommendation", "correct-target-date")
class CorrectRecommendationTargetDate(AboutARecommendation):
    """Put right a target date that was recorded wrongly; it does not count as moved."""

    target: Target
    reason: Annotated[Words, Field(description="How it came to be recorded wrongly.")]


@command("recommendation", "override-brag")
class OverrideRecommendationBrag(AboutARecommendation):
    """Show another colour than the computed one, for a time."""

    colour: Annotated[Colour, Field(description="The colour to show instead.")]
    reason: Annotated[Words, Field(description="Why the computed colour misleads.")]
    expires_on: Annotated[Day, Field(description="The last day on which it is shown.")]


@command("recommendation", "end-brag-override")
class EndRecommendationBragOverride(AboutARecommendation):
    """Show the computed colour again."""


@command("recommendation", "set-impact-date")
class SetImpactDate(AboutARecommendation):
    """Settle by when the impact of a verified recommendation is to be shown."""

    target: Annotated[Slip, Field(description="By when its impact is to be shown.")]


@command("recommendation", "show-impact")
class ShowImpact(AboutARecommendation):
    """Record the difference that a recommendation made."""

    difference_made: Annotated[Words, Field(description="What is different for children now.")]
    evidence: Annotated[Words, Field(description="What shows it.")]


@command("recommendation", "record-no-impact")
class RecordNoImpact(AboutARecommendation):
    """Record that no difference can be shown: work begins again, or a re-audit is planned."""

    reason: Annotated[Words, Field(description="What was looked at, and what was missing.")]
    then: Annotated[AfterNoImpact, Field(description="What follows.")]
    re_audit: Annotated[
        Slip | None, Field(description="By when it is audited again, if a re-audit follows.")
    ] = None


DateCommand: TypeAlias = (
    SetRecommendationTargetDate | MoveRecommendationTargetDate | CorrectRecommendationTargetDate
)
ColourCommand: TypeAlias = OverrideRecommendationBrag | EndRecommendationBragOverride
ImpactCommand: TypeAlias = SetImpactDate | ShowImpact | RecordNoImpact
