"""Decisions about what an action is: its words, its place, who leads it, what it answers."""

from __future__ import annotations

from typing import Final

from events.action import (
    ActionCreated,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionRecommendationAnswered,
    ActionReworded,
    ActionSuccessMeasureSet,
)
from events.refs import quoted
from workflow.action_commands import (
    ActionWordingCommand,
    AnswerRecommendation,
    ChangeActionLeads,
    CreateAction,
    MoveActionToPriority,
    RewordAction,
    SetSuccessMeasure,
)
from workflow.action_state import ActionEvent, ActionState, ActionStatus
from workflow.action_status import require_open, require_status
from workflow.circumstances import Circumstances
from workflow.date_given import date_given
from workflow.recommendation_state import RecommendationStatus
from workflow.refusals import Incomplete
from workflow.role_in_use import require_role_in_use

_UNANSWERABLE: Final = frozenset(
    {
        RecommendationStatus.REJECTED,
        RecommendationStatus.SUPERSEDED,
        RecommendationStatus.CLOSED_NOT_IMPLEMENTED,
    }
)


def create(command: CreateAction, circumstances: Circumstances) -> list[ActionEvent]:
    """Take an action on; it belongs to a plan or answers recommendations, or both."""
    if command.plan is None and not command.answers:
        message = (
            "An action stands in a plan or answers a recommendation. Name the plan, such as P1,"
            " or the recommendation, such as R7."
        )
        raise Incomplete("plan", message)
    lead_roles = _leads(command.lead_roles, circumstances)
    _require_place_in_plan(command, circumstances)
    answers = tuple(dict.fromkeys(command.answers))
    for recommendation in answers:
        _require_answerable(recommendation, "answers", circumstances)
    return [
        ActionCreated(
            text=command.text,
            lead_roles=lead_roles,
            target=date_given(command.target, field="target"),
            plan=command.plan,
            priority=command.priority,
            answers=answers,
            success_measure=command.success_measure,
        )
    ]


def reword(
    command: ActionWordingCommand, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    """Change what an action says, who leads it, what it answers, its measure or its place."""
    match command:
        case RewordAction():
            return _reword(command, state)
        case ChangeActionLeads():
            return _change_leads(command, state, circumstances)
        case AnswerRecommendation():
            return _answer(command, state, circumstances)
        case SetSuccessMeasure():
            return _set_success_measure(command, state)
        case MoveActionToPriority():
            return _move_to_priority(command, state, circumstances)


def _reword(command: RewordAction, state: ActionState) -> list[ActionEvent]:
    require_open(state, what="reword it")
    if command.text == state.text:
        return []
    return [ActionReworded(text=command.text, reason=command.reason)]


def _change_leads(
    command: ChangeActionLeads, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    require_open(state, what="change who leads it")
    if set(command.lead_roles) == set(state.lead_roles):
        return []
    lead_roles = _leads(command.lead_roles, circumstances)
    return [ActionLeadsChanged(lead_roles=lead_roles, reason=command.reason)]


def _answer(
    command: AnswerRecommendation, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    # What is complete may be found later to answer a recommendation; what was given up cannot.
    alive = frozenset(ActionStatus) - {ActionStatus.CANCELLED}
    require_status(state, alive, what="let it answer a recommendation")
    if command.recommendation in state.answers:
        return []
    _require_answerable(command.recommendation, "recommendation", circumstances)
    return [ActionRecommendationAnswered(recommendation=command.recommendation)]


def _set_success_measure(command: SetSuccessMeasure, state: ActionState) -> list[ActionEvent]:
    require_open(state, what="settle how success will be known")
    if command.success_measure == state.success_measure:
        return []
    return [ActionSuccessMeasureSet(success_measure=command.success_measure)]


def _move_to_priority(
    command: MoveActionToPriority, state: ActionState, circumstances: Circumstances
) -> list[ActionEvent]:
    require_open(state, what="move it to another priority")
    if state.plan is None:
        message = (
            f"{quoted(state.ref)} stands in no plan, so it has no priority. It answers"
            " recommendations, and moves with them."
        )
        raise Incomplete("priority", message)
    if command.priority == state.priority:
        return []
    _require_place(state.plan, command.priority, circumstances)
    return [ActionMovedToPriority(priority=command.priority, reason=command.reason)]


def _leads(roles: tuple[str, ...], circumstances: Circumstances) -> tuple[str, ...]:
    if not roles:
        message = "Every action needs somebody to lead it. Name at least one role, such as RO4."
        raise Incomplete("lead_roles", message)
    for role in roles:
        require_role_in_use(role, circumstances, field="lead_roles")
    return tuple(dict.fromkeys(roles))


def _require_place_in_plan(command: CreateAction, circumstances: Circumstances) -> None:
    if command.plan is None:
        if command.priority is not None:
            message = "A priority belongs to a plan. Name the plan too, or leave the priority out."
            raise Incomplete("plan", message)
        return
    _require_place(command.plan, command.priority, circumstances)


def _require_place(plan: str, priority: int | None, circumstances: Circumstances) -> None:
    circumstances.require_current(plan, field="plan")
    priorities = circumstances.known.priorities_of(plan)
    if priority is None and not priorities:
        return
    if priority not in priorities:
        numbers = ", ".join(map(str, sorted(priorities))) or "none yet"
        message = (
            f"Name the priority of {quoted(plan)} under which the action stands. Its"
            f" priorities are: {numbers}."
        )
        raise Incomplete("priority", message)


def _require_answerable(ref: str, field: str, circumstances: Circumstances) -> None:
    standing = circumstances.require(ref, field=field)
    if standing in _UNANSWERABLE:
        message = (
            f"{quoted(ref)} is {standing.replace('_', ' ')}, so nothing answers it any more."
            " Name another recommendation, or leave it out."
        )
        raise Incomplete(field, message)
