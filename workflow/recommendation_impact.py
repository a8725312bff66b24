"""The difference that a verified recommendation made: by when to show it, and whether it was."""

from __future__ import annotations

from events.recommendation import (
    AfterNoImpact,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationReopened,
)
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.date_given import date_ahead_given
from workflow.order_of_days import require_in_order
from workflow.recommendation_later_commands import (
    ImpactCommand,
    RecordNoImpact,
    SetImpactDate,
    ShowImpact,
)
from workflow.recommendation_standing import require_status, require_verifier
from workflow.recommendation_state import (
    RecommendationEvent,
    RecommendationState,
    RecommendationStatus,
)
from workflow.refusals import Incomplete

_DATABLE = frozenset({RecommendationStatus.VERIFIED, RecommendationStatus.IMPACT_DUE})
# A planned re-audit may show what the first look did not.
_SHOWABLE = frozenset({RecommendationStatus.IMPACT_DUE, RecommendationStatus.IMPACT_NOT_SHOWN})


def decide_impact(
    command: ImpactCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about the impact of a recommendation."""
    match command:
        case SetImpactDate():
            return _set_date(command, state, circumstances)
        case ShowImpact():
            _require_due(state, what="show its impact")
            require_verifier(state, circumstances, what=f"show the impact of {quoted(state.ref)}")
            what = "shown to have made a difference"
            require_in_order(state.ref, state.turn, command, circumstances, what=what)
            shown = RecommendationImpactShown(
                difference_made=command.difference_made, evidence=command.evidence
            )
            return [shown]
        case RecordNoImpact():
            return _record_none(command, state, circumstances)


def _set_date(
    command: SetImpactDate, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    mend = "An impact date is set once the work is verified, until the impact is known."
    require_status(state, _DATABLE, what="set its impact date", mend=mend)
    told_on = command.effective_on or circumstances.today
    target = date_ahead_given(command.target, field="target", told_on=told_on)
    return [] if target == state.impact_target else [RecommendationImpactDue(target=target)]


def _require_due(state: RecommendationState, *, what: str) -> None:
    mend = "Settle first by when its impact is to be shown, once it is verified."
    require_status(state, _SHOWABLE, what=what, mend=mend)


def _record_none(
    command: RecordNoImpact, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_due(state, what="record that no impact was shown")
    what = "found to show no impact"
    require_in_order(state.ref, state.turn, command, circumstances, what=what)
    if command.then is AfterNoImpact.REOPEN:
        return _reopen(command)
    if command.re_audit is None:
        message = "Say by when it is audited again, such as March 2026, or reopen it instead."
        raise Incomplete(field="re_audit", message=message)
    told_on = command.effective_on or circumstances.today
    re_audit = date_ahead_given(command.re_audit, field="re_audit", told_on=told_on)
    return [
        RecommendationImpactNotShown(reason=command.reason, then=command.then, re_audit=re_audit)
    ]


def _reopen(command: RecordNoImpact) -> list[RecommendationEvent]:
    if command.re_audit is not None:
        message = "A date for a re-audit goes with a planned re-audit, not with work going on."
        raise Incomplete(field="re_audit", message=message)
    return [
        RecommendationImpactNotShown(reason=command.reason, then=command.then),
        RecommendationReopened(reason=command.reason),
    ]
