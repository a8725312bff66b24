"""What decisions need to know of an agency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from events.directory import AgencyClosed, AgencyRegistered, AgencyRenamed
from workflow.directory_standing import Standing

AgencyEvent: TypeAlias = AgencyRegistered | AgencyRenamed | AgencyClosed


@dataclass(frozen=True, slots=True)
class AgencyState:
    """An agency; its standing is None before it was registered."""

    ref: str
    standing: Standing | None = None
    name: str = ""


def evolve(state: AgencyState, event: AgencyEvent, actor: str) -> AgencyState:
    """Return the agency after one more event."""
    del actor
    match event:
        case AgencyRegistered():
            return replace(state, standing=Standing.CURRENT, name=event.name)
        case AgencyRenamed():
            return replace(state, name=event.name)
        case AgencyClosed():
            return replace(state, standing=Standing.ENDED)
