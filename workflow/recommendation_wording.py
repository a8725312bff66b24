"""What is recommended, to whom, whether that is taken on, and what may take its place."""

from __future__ import annotations

from events.recommendation import (
    RecommendationAccepted,
    RecommendationClosedNotImplemented,
    RecommendationPartlyAccepted,
    RecommendationReaddressed,
    RecommendationRejected,
    RecommendationReworded,
    RecommendationSuperseded,
)
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.recommendation_commands import (
    AcceptRecommendation,
    AcceptRecommendationPartly,
    CloseNotImplemented,
    ReaddressRecommendation,
    RejectRecommendation,
    RewordRecommendation,
    SupersedeRecommendation,
    WordingCommand,
)
from workflow.recommendation_standing import require_status
from workflow.recommendation_state import (
    BEFORE_WORK,
    ENDED,
    OPEN,
    TAKEN_ON,
    RecommendationEvent,
    RecommendationState,
    RecommendationStatus,
)
from workflow.refusals import Incomplete, NotNow

_NO_SUCCESSOR = frozenset(
    {
        RecommendationStatus.REJECTED,
        RecommendationStatus.SUPERSEDED,
        RecommendationStatus.CLOSED_NOT_IMPLEMENTED,
    }
)


def decide_wording(
    command: WordingCommand, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    """Return what follows from a command about a recommendation's words or fate."""
    match command:
        case RewordRecommendation():
            return _reword(command, state)
        case ReaddressRecommendation():
            return _readdress(command, state, circumstances)
        case AcceptRecommendation():
            return _accept(command, state, circumstances)
        case AcceptRecommendationPartly():
            return _accept_partly(command, state, circumstances)
        case RejectRecommendation():
            return _reject(command, state, circumstances)
        case SupersedeRecommendation():
            return _supersede(command, state, circumstances)
        case CloseNotImplemented():
            return _close(command, state, circumstances)


def _reword(command: RewordRecommendation, state: RecommendationState) -> list[RecommendationEvent]:
    mend = "Its words stand once it was reported done or has ended: propose another that follows."
    require_status(state, OPEN, what="reword it", mend=mend)
    if command.text == state.text:
        return []
    return [RecommendationReworded(text=command.text, reason=command.reason)]


def _readdress(
    command: ReaddressRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    mend = "Others cannot take it over once it was reported done or has ended."
    require_status(state, OPEN, what="address it to others", mend=mend)
    for addressee in command.addressed_to:
        circumstances.require_current(addressee, field="addressed_to")
    addressed_to = tuple(dict.fromkeys(command.addressed_to))
    if addressed_to == state.addressed_to:
        return []
    return [RecommendationReaddressed(addressed_to=addressed_to, reason=command.reason)]


def _require_undecided(state: RecommendationState, *, what: str) -> None:
    mend = (
        "A decision can be changed until work begins. Afterwards, close it with who accepts the"
        " risk, or reopen it."
    )
    require_status(state, BEFORE_WORK, what=what, mend=mend)


def _accept(
    command: AcceptRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_undecided(state, what="accept it")
    if command.decided_by is not None:
        circumstances.require_current(command.decided_by, field="decided_by")
    if state.status is RecommendationStatus.ACCEPTED:
        return []
    return [RecommendationAccepted(decided_by=command.decided_by)]


def _accept_partly(
    command: AcceptRecommendationPartly, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_undecided(state, what="accept it in part")
    circumstances.require_current(command.decided_by, field="decided_by")
    return [RecommendationPartlyAccepted(decided_by=command.decided_by, reason=command.reason)]


def _reject(
    command: RejectRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    _require_undecided(state, what="reject it")
    circumstances.require_current(command.decided_by, field="decided_by")
    if state.status is RecommendationStatus.REJECTED:
        mend = "Look at its history for the decision and its reason."
        raise NotNow(state.ref, "reject it again", state.status, mend)
    return [RecommendationRejected(decided_by=command.decided_by, reason=command.reason)]


def _supersede(
    command: SupersedeRecommendation, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    what = "let another take its place"
    going_on = frozenset(RecommendationStatus) - ENDED
    require_status(state, going_on, what=what, mend="It has come to its own end.")
    if command.by == state.ref:
        message = f"{quoted(state.ref)} cannot take its own place. Name the one that replaces it."
        raise Incomplete(field="by", message=message)
    standing = circumstances.require(command.by, field="by")
    if standing in _NO_SUCCESSOR:
        mend = "Name a recommendation that goes on."
        raise NotNow(command.by, f"let it take the place of {quoted(state.ref)}", standing, mend)
    return [RecommendationSuperseded(by=command.by, reason=command.reason)]


def _close(
    command: CloseNotImplemented, state: RecommendationState, circumstances: Circumstances
) -> list[RecommendationEvent]:
    mend = (
        "Only what was taken on and is not verified can be closed as not done; reject what was"
        " never taken on."
    )
    require_status(state, TAKEN_ON, what="close it as not done", mend=mend)
    circumstances.require_current(command.risk_accepted_by, field="risk_accepted_by")
    closed = RecommendationClosedNotImplemented(
        risk_accepted_by=command.risk_accepted_by, reason=command.reason
    )
    return [closed]
