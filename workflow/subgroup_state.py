"""What decisions need to know of a subgroup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from events.directory import (
    SubgroupChairRoleSet,
    SubgroupDissolved,
    SubgroupFormed,
    SubgroupRenamed,
)
from workflow.directory_standing import Standing

SubgroupEvent: TypeAlias = (
    SubgroupFormed | SubgroupRenamed | SubgroupChairRoleSet | SubgroupDissolved
)


@dataclass(frozen=True, slots=True)
class SubgroupState:
    """A subgroup; its standing is None before it was formed."""

    ref: str
    standing: Standing | None = None
    name: str = ""
    chair_role: str | None = None


def evolve(state: SubgroupState, event: SubgroupEvent, actor: str) -> SubgroupState:
    """Return the subgroup after one more event."""
    del actor
    match event:
        case SubgroupFormed():
            return replace(
                state,
                standing=Standing.CURRENT,
                name=event.name,
                chair_role=event.chair_role,
            )
        case SubgroupRenamed():
            return replace(state, name=event.name)
        case SubgroupChairRoleSet():
            return replace(state, chair_role=event.chair_role)
        case SubgroupDissolved():
            return replace(state, standing=Standing.ENDED)
