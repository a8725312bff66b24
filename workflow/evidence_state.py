"""What decisions need to know of a file that is evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from events.evidence import EvidenceAdded, EvidenceWithdrawn

EvidenceEvent: TypeAlias = EvidenceAdded | EvidenceWithdrawn


class EvidenceStatus(StrEnum):
    """Whether a file counts as evidence."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """A file that is evidence; its status is None before it was handed in."""

    ref: str
    status: EvidenceStatus | None = None


def evolve(state: EvidenceState, event: EvidenceEvent, _actor: str) -> EvidenceState:
    """Return the file after one more event."""
    match event:
        case EvidenceAdded():
            return replace(state, status=EvidenceStatus.STANDING)
        case EvidenceWithdrawn():
            return replace(state, status=EvidenceStatus.WITHDRAWN)
