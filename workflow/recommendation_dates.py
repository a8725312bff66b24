"""The target date of a recommendation, more time for it, and its overruled colour."""

from __future__ import annotations

from events.recommendation import (
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
    RecommendationTargetDateSet,
)
from events.refs import quoted
from workflow.brag_overrides import new_override, require_override
from workflow.circumstances import Circumstances
from workflow.date_given import date_given
from workflow.extension_commands import (
    ApproveExtension,
    DeclineExtension,
    ExtensionCommand,
    RequestExtension,
    WithdrawExtension,
)
from workflow.extensions import approve, decline, request, withdraw
from workflow.recommendation_later_commands import (
    ColourCommand,
    CorrectRecommendationTargetDate,
    DateCommand,
    EndRecommendationBragOverride,
    MoveRecommendationTargetDate,
    OverrideRecommendationBrag,
    SetRecommendationTargetDate,
)
from workflow.recommendation_standing import require_outsider, require_status
from workflow.recommendation_state import (
    ACCEPTED,
    ENDED,
    OPEN,
    RecommendationEvent,
    RecommendationState,
    RecommendationStatus,
)
from workflow.refusals import NotNow

_GOING_ON = frozenset(RecommendationStatus) - ENDED


def decide_date(
    command: DateCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about the target date."""
    target = date_given(command.target, field="target")
    if isinstance(command, CorrectRecommendationTargetDate):
        _require_dated(state, what="correct its target date")
    else:
        mend = "Its target date stands once it was reported done or has ended; it can be corrected."
        require_status(state, OPEN, what="change its target date", mend=mend)
    if target == state.target:
        return []
    match command:
        case SetRecommendationTargetDate():
            if state.target is not None:
                mend = "Move it with a reason, correct it, or ask for more time."
                raise NotNow(state.ref, "set its first target date", "dated already", mend)
            return [RecommendationTargetDateSet(target=target)]
        case MoveRecommendationTargetDate():
            _require_dated(state, what="move its target date")
            what = f"move the target date of {quoted(state.ref)}"
            require_outsider(state, circumstances, what=what)
            return [RecommendationTargetDateMoved(target=target, reason=command.reason)]
        case CorrectRecommendationTargetDate():
            return [RecommendationTargetDateCorrected(target=target, reason=command.reason)]


def _require_dated(state: RecommendationState, *, what: str) -> None:
    if state.target is None:
        raise NotNow(state.ref, what, "without a target date", "Set its first target date instead.")


def decide_extension(
    command: ExtensionCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about more time."""
    mend = "Only what was accepted and is not reported done can be given more time."
    match command:
        case RequestExtension():
            require_status(state, ACCEPTED, what="ask for more time", mend=mend)
            asked = request(state, command, circumstances)
            return [
                RecommendationExtensionRequested(
                    extension=asked.number,
                    target=asked.target,
                    reason=command.reason,
                    progress=command.progress,
                )
            ]
        case ApproveExtension():
            require_status(state, ACCEPTED, what="approve an extension", mend=mend)
            asked = approve(state, circumstances)
            return [
                RecommendationExtensionApproved(extension=asked.number, note=command.note),
                RecommendationTargetDateMoved(target=asked.target, extension=asked.number),
            ]
        case DeclineExtension():
            asked = decline(state, circumstances)
            return [RecommendationExtensionDeclined(extension=asked.number, reason=command.reason)]
        case WithdrawExtension():
            asked = withdraw(state, circumstances)
            return [RecommendationExtensionWithdrawn(extension=asked.number)]


def decide_colour(
    command: ColourCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about an overruled colour."""
    match command:
        case OverrideRecommendationBrag():
            mend = "The colour of what has ended says how it ended."
            require_status(state, _GOING_ON, what="overrule its colour", mend=mend)
            what = f"overrule the colour of {quoted(state.ref)}"
            require_outsider(state, circumstances, what=what)
            override = new_override(command.colour, command.expires_on, circumstances)
            return [
                RecommendationBragOverridden(
                    colour=override.colour, reason=command.reason, expires_on=override.expires_on
                )
            ]
        case EndRecommendationBragOverride():
            require_override(state.ref, state.brag_override, circumstances)
            return [RecommendationBragOverrideEnded()]
