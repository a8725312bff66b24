"""What decisions need to know of a remark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from events.remark import RemarkAdded, RemarkWithdrawn

RemarkEvent: TypeAlias = RemarkAdded | RemarkWithdrawn


class RemarkStatus(StrEnum):
    """Whether who made a remark holds to it."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RemarkState:
    """A remark; its status is None before it was made. `by` is who made it."""

    ref: str
    status: RemarkStatus | None = None
    by: str | None = None


def evolve(state: RemarkState, event: RemarkEvent, actor: str) -> RemarkState:
    """Return the remark after one more event."""
    match event:
        case RemarkAdded():
            return replace(state, status=RemarkStatus.STANDING, by=actor)
        case RemarkWithdrawn():
            return replace(state, status=RemarkStatus.WITHDRAWN)
