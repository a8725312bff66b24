"""Decisions about plans."""

from __future__ import annotations

from collections.abc import Sequence

from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.command import Decider
from workflow.plan_commands import (
    AddPriority,
    AdoptPlan,
    ClosePlan,
    PlanCommand,
    RecordDocument,
    RetitlePlan,
    RetitlePriority,
)
from workflow.plan_state import PlanEvent, PlanState, PlanStatus, evolve
from workflow.refusals import Incomplete, NotFound, NotNow


def decide(
    command: PlanCommand, state: PlanState, circumstances: Circumstances
) -> Sequence[PlanEvent]:
    """Return what follows from a command about a plan. Raises a `Refusal`."""
    del circumstances
    match command:
        case AdoptPlan():
            return _adopt(command)
        case RetitlePlan():
            return _retitle(command, state)
        case AddPriority():
            return _add_priority(command, state)
        case RetitlePriority():
            return _retitle_priority(command, state)
        case RecordDocument():
            return _record_document(command, state)
        case ClosePlan():
            return _close(command, state)


DECIDER = Decider("plan", PlanState, decide, evolve)
"""How plans decide and evolve."""


def _adopt(command: AdoptPlan) -> list[PlanEvent]:
    first, last = command.from_on, command.until_on
    if first is not None and last is not None and last < first:
        message = (
            f"The plan's last day, {format_date(last)}, lies before its first,"
            f" {format_date(first)}. Check which of them is wrong."
        )
        raise Incomplete("until_on", message)
    return [PlanAdopted(title=command.title, from_on=first, until_on=last)]


def _retitle(command: RetitlePlan, state: PlanState) -> list[PlanEvent]:
    _require_current(state, "retitle it")
    return [] if command.title == state.title else [PlanRetitled(title=command.title)]


def _add_priority(command: AddPriority, state: PlanState) -> list[PlanEvent]:
    _require_current(state, "add a priority to it")
    number = command.number or max(state.priorities, default=0) + 1
    standing = state.priorities.get(number)
    if standing is None:
        return [PriorityAdded(number=number, title=command.title)]
    if standing == command.title:
        return []
    message = (
        f"{quoted(state.ref)} has a priority {number} already. Leave the number out for the next"
        " free one, or retitle the one that is there."
    )
    raise Incomplete("number", message)


def _retitle_priority(command: RetitlePriority, state: PlanState) -> list[PlanEvent]:
    _require_current(state, "retitle its priorities")
    if command.number not in state.priorities:
        numbers = ", ".join(map(str, sorted(state.priorities))) or "none"
        message = (
            f"{quoted(state.ref)} has no priority {command.number}. Its priorities are: {numbers}."
        )
        raise Incomplete("number", message)
    if command.title == state.priorities[command.number]:
        return []
    return [PriorityRetitled(number=command.number, title=command.title)]


def _record_document(command: RecordDocument, state: PlanState) -> list[PlanEvent]:
    # The same document again adds nothing, whatever became of the plan since.
    if command.sha256 in state.documents:
        return []
    _require_current(state, "read a document into it")
    return [DocumentImported(document=command.document, sha256=command.sha256, rows=command.rows)]


def _close(command: ClosePlan, state: PlanState) -> list[PlanEvent]:
    if state.status is PlanStatus.CLOSED:
        return []
    _require_current(state, "close it")
    return [PlanClosed(reason=command.reason)]


def _require_current(state: PlanState, what: str) -> None:
    match state.status:
        case None:
            raise NotFound(state.ref)
        case PlanStatus.CLOSED:
            raise NotNow(state.ref, what, "closed", "Adopt the plan that follows it instead.")
        case PlanStatus.CURRENT:
            return
