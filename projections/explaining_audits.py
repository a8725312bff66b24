"""Why an audit stands where it stands: how it came there, and what the next step waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from events.audit import AuditStage
from events.refs import quoted
from projections.audits import AUDITS
from projections.deciding import Deciding
from projections.explaining import Explained, Explanation, Link
from projections.history import line_of
from projections.names import Names
from projections.projection import Fold, Row
from projections.sentence_parts import listed, spoken
from projections.store import View
from projections.timeline import tell
from projections.versions import MemoryRows
from workflow.audit_commands import (
    ApproveAudit,
    CloseAudit,
    ResumeAudit,
    StageCommand,
    StartAnalysis,
    StartFieldwork,
    StartModeration,
    StartMonitoring,
)
from workflow.finding_state import finding_ref
from workflow.refusals import NotFound
from workflow.working_days import WorkingDays

_NEXT: Final[dict[AuditStage, tuple[str, Callable[..., StageCommand]]]] = {
    AuditStage.SCOPED: ("start its fieldwork", StartFieldwork),
    AuditStage.FIELDWORK: ("start its analysis", StartAnalysis),
    AuditStage.ANALYSIS: ("start moderation", StartModeration),
    AuditStage.MODERATION: ("approve its report", ApproveAudit),
    AuditStage.APPROVED: ("start monitoring", StartMonitoring),
    AuditStage.MONITORING: ("close it", CloseAudit),
    AuditStage.PAUSED: ("resume it", ResumeAudit),
}
"""What follows a stage, by the command that does it."""


def explain_audit(
    view: View, ref: str, field: Explained, on: dt.date, calendar: WorkingDays
) -> Explanation:
    """Return the chain behind an audit's stage (its status), lead or title. Raises `NotFound`.

    Of its stage also what the next step is on a day, and what stands in its way.
    """
    row = view.get("audits", ref)
    if row is None:
        raise NotFound(ref)
    names = Names(view, on)
    value_of = _VALUES[field]
    is_stage = field is Explained.STATUS
    return Explanation(
        quoted(ref),
        field,
        value_of(row, names),
        _next_step(ref, row, Deciding(view, on, calendar)) if is_stage else None,
        tuple(_facts(ref, row, view)) if is_stage else (),
        tuple(_links(view, ref, value_of, names)),
    )


def _links(
    view: View, ref: str, value_of: Callable[[Row, Names], str], names: Names
) -> Iterator[Link]:
    rows, fold = MemoryRows(AUDITS.model), Fold([AUDITS])
    before: str | None = None
    for recorded in view.events_of(ref):
        fold.apply(recorded, {AUDITS.model: rows})
        row = rows.get(ref)
        value = None if row is None else value_of(row, names)
        if value is not None and value != before:
            yield Link(line_of(tell(recorded), names), value, None)
            before = value


def _stage(row: Row, _names: Names) -> str:
    return spoken(row["stage"])


def _lead(row: Row, names: Names) -> str:
    return names.called(row["lead_role"]) if row["lead_role"] else "nobody"


def _title(row: Row, _names: Names) -> str:
    return str(row["title"])


_VALUES: Final[dict[Explained, Callable[[Row, Names], str]]] = {
    Explained.STATUS: _stage,
    Explained.LEAD: _lead,
    Explained.TEXT: _title,
}


def _next_step(ref: str, row: Row, deciding: Deciding) -> str:
    """Say what follows, and what the workflow itself would say to whoever tried it now."""
    stage = AuditStage(row["stage"])
    if stage is AuditStage.PLANNED:
        return "The next step is to record its scope."
    if stage not in _NEXT:
        return f"It is {spoken(stage)}: no step follows."
    what, command = _NEXT[stage]
    refusal = deciding.refusal_of(command(audit=ref), deciding.state_of(ref))
    if refusal is None:
        return f"The next step is to {what}; nothing stands in its way."
    return f"The next step is to {what}. What stands in its way: {refusal}"


def _facts(ref: str, row: Row, view: View) -> Iterator[tuple[str, str]]:
    if row["stage_reason"]:
        yield "Why it stands so", row["stage_reason"]
    for number, finding in row["findings"].items():
        kind, status = spoken(finding["kind"]), spoken(finding["status"])
        yield quoted(finding_ref(ref, int(number))), f"{kind}, {status}"
    found = ((one, view.get("recommendations", one)) for one in row["recommendations"])
    stand = [f"{quoted(one)} {spoken(stands['status'])}" for one, stands in found if stands]
    if stand:
        yield "Recommendations", listed(stand)
