"""What decisions need to know of one finding within its audit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from events.audit import (
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingKind,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
)


class FindingStatus(StrEnum):
    """Where a finding stands between the first draft and the agencies' agreement."""

    DRAFT = "draft"
    AGREED = "agreed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


UNSETTLED = frozenset({FindingStatus.DRAFT, FindingStatus.DISPUTED})
"""The statuses in which a finding keeps its audit from being approved."""

FindingEvent: TypeAlias = (
    FindingDrafted
    | FindingReworded
    | FindingAgreed
    | FindingDisputed
    | FindingWithdrawn
    | FindingLeftWithoutRecommendation
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `ref` is `audit-3/finding-2`.

    `no_recommendation_reason` says why no recommendation answers it, where that was settled.
    """

    ref: str
    kind: FindingKind
    text: str
    status: FindingStatus = FindingStatus.DRAFT
    no_recommendation_reason: str | None = None

    @property
    def asks_for_change(self) -> bool:
        """Tell whether the agencies agreed that something has to become better."""
        agreed = self.status is FindingStatus.AGREED
        return agreed and self.kind is FindingKind.AREA_FOR_DEVELOPMENT


def finding_ref(audit: str, number: int) -> str:
    """Return the reference of a finding: number 2 of `audit-3` is `audit-3/finding-2`."""
    return f"{audit}/finding-{number}"


def evolve_findings(
    audit: str, findings: tuple[Finding, ...], event: FindingEvent
) -> tuple[Finding, ...]:
    """Return an audit's findings after an event about one of them; finding 1 stands first."""
    if isinstance(event, FindingDrafted):
        drafted = Finding(finding_ref(audit, event.finding), event.kind, event.text)
        return (*findings, drafted)
    at = event.finding - 1
    return (*findings[:at], _evolve(findings[at], event), *findings[at + 1 :])


def _evolve(
    finding: Finding,
    event: FindingReworded
    | FindingAgreed
    | FindingDisputed
    | FindingWithdrawn
    | FindingLeftWithoutRecommendation,
) -> Finding:
    match event:
        case FindingReworded():
            return replace(finding, text=event.text)
        case FindingAgreed():
            return replace(finding, status=FindingStatus.AGREED)
        case FindingDisputed():
            return replace(finding, status=FindingStatus.DISPUTED)
        case FindingWithdrawn():
            return replace(finding, status=FindingStatus.WITHDRAWN)
        case FindingLeftWithoutRecommendation():
            return replace(finding, no_recommendation_reason=event.reason)
