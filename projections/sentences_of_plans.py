"""Sentences about plans."""

from __future__ import annotations

from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)
from projections.sentence_parts import day
from workflow.plan_state import PlanEvent


def plan_sentence(event: PlanEvent, _ref: str) -> str:
    """Return what an event about a plan says."""
    match event:
        case PlanAdopted():
            begins = f" from {day(event.from_on)}" if event.from_on else ""
            ends = f" until {day(event.until_on)}" if event.until_on else ""
            return f"took up the plan{begins}{ends}"
        case PlanRetitled():
            return "changed the title of the plan"
        case PriorityAdded():
            return f"added priority {event.number}"
        case PriorityRetitled():
            return f"changed the title of priority {event.number}"
        case DocumentImported():
            rows = "1 row" if event.rows == 1 else f"{event.rows} rows"
            return f"read a document of {rows} into the plan (SHA-256 {event.sha256[:12]}…)"
        case PlanClosed():
            return "closed the plan"
