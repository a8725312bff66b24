"""What decisions need to know of an audit, and how each event changes it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeAlias

from events.audit import (
    AnalysisStarted,
    AuditApproved,
    AuditCancelled,
    AuditClosed,
    AuditHandedOver,
    AuditPaused,
    AuditPlanned,
    AuditResumed,
    AuditRetitled,
    AuditScoped,
    AuditStage,
    AuditThemesSet,
    FieldworkStarted,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
    ModerationStarted,
    MonitoringStarted,
)
from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    AuditFollowedUp,
)
from workflow.clock_state import ClockEvent, StartedClock, evolve_clocks
from workflow.finding_state import Finding, FindingEvent, evolve_findings
from workflow.refusals import NotFound, NotNow

StageEvent: TypeAlias = (
    FieldworkStarted
    | AnalysisStarted
    | ModerationStarted
    | AuditApproved
    | MonitoringStarted
    | AuditPaused
    | AuditResumed
    | AuditCancelled
    | AuditClosed
)
AuditEvent: TypeAlias = (
    AuditPlanned
    | AuditRetitled
    | AuditThemesSet
    | AuditHandedOver
    | AuditScoped
    | AuditFollowedUp
    | StageEvent
    | FindingEvent
    | ClockEvent
)

OVER = frozenset({AuditStage.CLOSED, AuditStage.CANCELLED})
"""The stages that an audit never leaves."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """An audit as decisions see it; `stage` is None before it was planned.

    `resumes_to` is the stage at which a paused audit stopped. `scope` is the last event that
    settled it. The finding numbered n stands at n - 1 in `findings`, and so do the `clocks`.
    `is_followed_up`: the look that was to follow the closed audit was taken.
    """

    ref: str
    stage: AuditStage | None = None
    resumes_to: AuditStage | None = None
    title: str = ""
    themes: tuple[str, ...] = ()
    subgroup: str | None = None
    lead_role: str | None = None
    scope: AuditScoped | None = None
    findings: tuple[Finding, ...] = ()
    clocks: tuple[StartedClock, ...] = ()
    is_followed_up: bool = False


def require_stage(
    state: AuditState, stages: AbstractSet[AuditStage], *, what: str, mend: str
) -> None:
    """Check that an audit was planned and is at one of some stages.

    Raises `NotFound` or `NotNow`, which says that one cannot do `what`, and `mend`.
    """
    if state.stage is None:
        raise NotFound(state.ref)
    if state.stage not in stages:
        first = "Resume it first." if state.stage is AuditStage.PAUSED else mend
        raise NotNow(state.ref, what, state.stage, first)


def evolve(state: AuditState, event: AuditEvent, _actor: str) -> AuditState:
    """Return the audit after an event; who caused it does not matter here."""
    match event:
        case AuditPlanned():
            return _planned(state, event)
        case AuditRetitled():
            return replace(state, title=event.title)
        case AuditThemesSet():
            return replace(state, themes=event.themes)
        case AuditHandedOver():
            return replace(
                state,
                subgroup=event.subgroup or state.subgroup,
                lead_role=event.lead_role or state.lead_role,
            )
        case AuditScoped():
            return replace(state, stage=AuditStage.SCOPED, scope=event)
        case (
            FieldworkStarted()
            | AnalysisStarted()
            | ModerationStarted()
            | AuditApproved()
            | MonitoringStarted()
            | AuditPaused()
            | AuditResumed()
            | AuditCancelled()
            | AuditClosed()
        ):
            return _staged(state, event)
        case (
            FindingDrafted()
            | FindingReworded()
            | FindingAgreed()
            | FindingDisputed()
            | FindingWithdrawn()
            | FindingLeftWithoutRecommendation()
        ):
            findings = evolve_findings(state.ref, state.findings, event)
            return replace(state, findings=findings)
        case AuditClockStarted() | AuditClockMet() | AuditClockStopped():
            return replace(state, clocks=evolve_clocks(state.ref, state.clocks, event))
        case AuditFollowedUp():
            return replace(state, is_followed_up=True)


def _planned(state: AuditState, event: AuditPlanned) -> AuditState:
    return replace(
        state,
        stage=AuditStage.PLANNED,
        title=event.title,
        themes=event.themes,
        subgroup=event.subgroup,
        lead_role=event.lead_role,
    )


def _staged(state: AuditState, event: StageEvent) -> AuditState:
    match event:
        case FieldworkStarted():
            return replace(state, stage=AuditStage.FIELDWORK)
        case AnalysisStarted():
            return replace(state, stage=AuditStage.ANALYSIS)
        case ModerationStarted():
            return replace(state, stage=AuditStage.MODERATION)
        case AuditApproved():
            return replace(state, stage=AuditStage.APPROVED)
        case MonitoringStarted():
            return replace(state, stage=AuditStage.MONITORING)
        case AuditPaused():
            return replace(state, stage=AuditStage.PAUSED, resumes_to=state.stage)
        case AuditResumed():
            return replace(state, stage=state.resumes_to, resumes_to=None)
        case AuditCancelled():
            return replace(state, stage=AuditStage.CANCELLED)
        case AuditClosed():
            return replace(state, stage=AuditStage.CLOSED)
