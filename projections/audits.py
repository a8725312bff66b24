"""The read model "audits": each audit with its findings and what was recommended from them.

`findings` and `clocks` are by number (a string, as JSON wants); `reached` tells on which day each
stage was reached last; `recommendations` are those that came from the audit, in order.
"""

from __future__ import annotations

from typing import Any, Final

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
from events.recommendation import RecommendationProposed
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.more_time import row_of, stored_target
from projections.projection import Projection, Row, Rows, change

AUDITS: Final = Projection("audits", version=2)


@AUDITS.on(AuditPlanned)
def _planned(rows: Rows, event: AuditPlanned, recorded: Recorded) -> None:
    on = true_on(recorded)
    rows.add(
        recorded.stream,
        {
            "kind": event.kind.value,
            "title": event.title,
            "themes": list(event.themes),
            "subgroup": event.subgroup,
            "lead_role": event.lead_role,
            "fieldwork_by": stored_target(event.fieldwork_by),
            "stage": "planned",
            "resumes_to": None,
            "reached": {"planned": on},
            "stage_reason": None,
            "terms_of_reference": None,
            "key_lines_of_enquiry": None,
            "agencies": [],
            "sample": None,
            "findings": {},
            "recommendations": [],
            "re_audit": None,
            "impact_review": None,
            "no_re_audit_reason": None,
            "followed_up_on": None,
            "follow_up": None,
            "followed_up_by": None,
            "clocks": {},
        },
    )


@AUDITS.on(AuditRetitled)
def _retitled(rows: Rows, event: AuditRetitled, recorded: Recorded) -> None:
    change(rows, recorded.stream, title=event.title)


@AUDITS.on(AuditThemesSet)
def _themes_set(rows: Rows, event: AuditThemesSet, recorded: Recorded) -> None:
    change(rows, recorded.stream, themes=list(event.themes))


@AUDITS.on(AuditHandedOver)
def _handed_over(rows: Rows, event: AuditHandedOver, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    subgroup = event.subgroup or row["subgroup"]
    lead_role = event.lead_role or row["lead_role"]
    rows.put(recorded.stream, {**row, "subgroup": subgroup, "lead_role": lead_role})


@AUDITS.on(AuditScoped)
def _scoped(rows: Rows, event: AuditScoped, recorded: Recorded) -> None:
    _reach(
        rows,
        recorded,
        "scoped",
        terms_of_reference=event.terms_of_reference,
        key_lines_of_enquiry=event.key_lines_of_enquiry,
        agencies=list(event.agencies),
        sample=event.sample,
    )


@AUDITS.on(FieldworkStarted)
def _fieldwork_started(rows: Rows, _event: FieldworkStarted, recorded: Recorded) -> None:
    _reach(rows, recorded, "fieldwork")


@AUDITS.on(AnalysisStarted)
def _analysis_started(rows: Rows, _event: AnalysisStarted, recorded: Recorded) -> None:
    _reach(rows, recorded, "analysis")


@AUDITS.on(ModerationStarted)
def _moderation_started(rows: Rows, _event: ModerationStarted, recorded: Recorded) -> None:
    _reach(rows, recorded, "moderation")


@AUDITS.on(AuditApproved)
def _approved(rows: Rows, event: AuditApproved, recorded: Recorded) -> None:
    _reach(rows, recorded, "approved", stage_reason=event.note)


@AUDITS.on(MonitoringStarted)
def _monitoring_started(rows: Rows, _event: MonitoringStarted, recorded: Recorded) -> None:
    _reach(rows, recorded, "monitoring")


@AUDITS.on(AuditPaused)
def _paused(rows: Rows, event: AuditPaused, recorded: Recorded) -> None:
    stopped_at = row_of(rows, recorded.stream)["stage"]
    _reach(rows, recorded, "paused", resumes_to=stopped_at, stage_reason=event.reason)


@AUDITS.on(AuditResumed)
def _resumed(rows: Rows, _event: AuditResumed, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    resumed = {"stage": row["resumes_to"], "resumes_to": None, "stage_reason": None}
    rows.put(recorded.stream, {**row, **resumed})


@AUDITS.on(AuditCancelled)
def _cancelled(rows: Rows, event: AuditCancelled, recorded: Recorded) -> None:
    _reach(rows, recorded, "cancelled", stage_reason=event.reason)


@AUDITS.on(AuditClosed)
def _closed(rows: Rows, event: AuditClosed, recorded: Recorded) -> None:
    _reach(
        rows,
        recorded,
        "closed",
        re_audit=stored_target(event.re_audit),
        impact_review=stored_target(event.impact_review),
        no_re_audit_reason=event.no_re_audit_reason,
    )


@AUDITS.on(FindingDrafted)
def _finding_drafted(rows: Rows, event: FindingDrafted, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    drafted: Row = {
        "kind": event.kind.value,
        "text": event.text,
        "status": "draft",
        "reason": None,
        "no_recommendation_reason": None,
        "recommendations": [],
    }
    findings = {**row["findings"], str(event.finding): drafted}
    rows.put(recorded.stream, {**row, "findings": findings})


@AUDITS.on(FindingReworded)
def _finding_reworded(rows: Rows, event: FindingReworded, recorded: Recorded) -> None:
    _finding(rows, recorded.stream, event.finding, text=event.text)


@AUDITS.on(FindingAgreed)
def _finding_agreed(rows: Rows, event: FindingAgreed, recorded: Recorded) -> None:
    _finding(rows, recorded.stream, event.finding, status="agreed", reason=None)


@AUDITS.on(FindingDisputed)
def _finding_disputed(rows: Rows, event: FindingDisputed, recorded: Recorded) -> None:
    _finding(rows, recorded.stream, event.finding, status="disputed", reason=event.reason)


@AUDITS.on(FindingWithdrawn)
def _finding_withdrawn(rows: Rows, event: FindingWithdrawn, recorded: Recorded) -> None:
    _finding(rows, recorded.stream, event.finding, status="withdrawn", reason=event.reason)


@AUDITS.on(FindingLeftWithoutRecommendation)
def _finding_left(rows: Rows, event: FindingLeftWithoutRecommendation, recorded: Recorded) -> None:
    _finding(rows, recorded.stream, event.finding, no_recommendation_reason=event.reason)


@AUDITS.on(AuditFollowedUp)
def _followed_up(rows: Rows, event: AuditFollowedUp, recorded: Recorded) -> None:
    on = true_on(recorded)
    change(
        rows,
        recorded.stream,
        followed_up_on=on,
        follow_up=event.note,
        followed_up_by=event.audit,
    )


@AUDITS.on(AuditClockStarted)
def _clock_started(rows: Rows, event: AuditClockStarted, recorded: Recorded) -> None:
    started = event.model_dump(mode="json", exclude={"clock"})
    _clock(rows, recorded, event.clock, **started, status="running", ended_on=None, reason=None)


@AUDITS.on(AuditClockMet)
def _clock_met(rows: Rows, event: AuditClockMet, recorded: Recorded) -> None:
    _clock(rows, recorded, event.clock, status="met", ended_on=event.met_on.isoformat())


@AUDITS.on(AuditClockStopped)
def _clock_stopped(rows: Rows, event: AuditClockStopped, recorded: Recorded) -> None:
    on = true_on(recorded)
    _clock(rows, recorded, event.clock, status="stopped", ended_on=on, reason=event.reason)


@AUDITS.on(RecommendationProposed)
def _recommendation_proposed(rows: Rows, event: RecommendationProposed, recorded: Recorded) -> None:
    audits = [] if event.audit is None else [event.audit]
    for finding in event.findings:
        audit, _, name = finding.partition("/")
        number = int(name.rpartition("-")[2])
        before = row_of(rows, audit)["findings"][str(number)]["recommendations"]
        _finding(rows, audit, number, recommendations=[*before, recorded.stream])
        audits.append(audit)
    for audit in dict.fromkeys(audits):
        before = row_of(rows, audit)["recommendations"]
        change(rows, audit, recommendations=[*before, recorded.stream])


def _reach(rows: Rows, recorded: Recorded, stage: str, **fields: Any) -> None:  # noqa: ANN401
    row = row_of(rows, recorded.stream)
    reached = {**row["reached"], stage: true_on(recorded)}
    rows.put(
        recorded.stream,
        {**row, "stage": stage, "reached": reached, "stage_reason": None, **fields},
    )


def _clock(rows: Rows, recorded: Recorded, number: int, **fields: Any) -> None:  # noqa: ANN401
    clocks = row_of(rows, recorded.stream)["clocks"]
    changed = {**clocks.get(str(number), {}), **fields}
    change(rows, recorded.stream, clocks={**clocks, str(number): changed})


def _finding(rows: Rows, audit: str, number: int, **fields: Any) -> None:  # noqa: ANN401
    row = row_of(rows, audit)
    findings = row["findings"]
    changed = {**findings[str(number)], **fields}
    rows.put(audit, {**row, "findings": {**findings, str(number): changed}})
