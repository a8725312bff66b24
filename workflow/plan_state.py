"""What decisions need to know of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)

PlanEvent: TypeAlias = (
    PlanAdopted | PlanRetitled | PriorityAdded | PriorityRetitled | DocumentImported | PlanClosed
)


class PlanStatus(StrEnum):
    """Whether a plan is still followed."""

    CURRENT = "current"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan; its status is None before it was adopted.

    `priorities` gives titles by number; `documents` the SHA-256, in hexadecimal, of every
    document that was read into it.
    """

    ref: str
    status: PlanStatus | None = None
    title: str = ""
    priorities: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    documents: frozenset[str] = frozenset()


def evolve(state: PlanState, event: PlanEvent, actor: str) -> PlanState:
    """Return the plan after one more event."""
    del actor
    match event:
        case PlanAdopted():
            return replace(state, status=PlanStatus.CURRENT, title=event.title)
        case PlanRetitled():
            return replace(state, title=event.title)
        case PriorityAdded() | PriorityRetitled():
            priorities = {**state.priorities, event.number: event.title}
            return replace(state, priorities=MappingProxyType(priorities))
        case DocumentImported():
            return replace(state, documents=state.documents | {event.sha256})
        case PlanClosed():
            return replace(state, status=PlanStatus.CLOSED)
