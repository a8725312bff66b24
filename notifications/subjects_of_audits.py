"""What of an audit has a date: the re-audit of a closed one, and the clocks that run for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from events.audit import AuditStage
from notifications.rules import Occasion
from notifications.subject import Audience, Subject
from projections.projection import Row
from workflow.clock_state import ClockStatus, clock_ref


def of_audit(audit: str, row: Row) -> Iterator[Subject]:
    """Yield the subjects of an audit's row: its re-audit, and the review of its impact."""
    if row["stage"] != AuditStage.CLOSED.value or row["followed_up_on"]:
        return
    re_audit, review = _due(row["re_audit"]), _due(row["impact_review"])
    audience = audience_of_audit(row)
    if re_audit is not None:
        yield Subject(audit, re_audit, Occasion.RE_AUDIT, audience, (audit,))
    # Auditing again on that day looks at its impact too: one day is told of once.
    if review is not None and review != re_audit:
        yield Subject(audit, review, Occasion.IMPACT, audience, (audit,))


def of_clocks(audit: str, row: Row) -> Iterator[Subject]:
    """Yield the clocks of an audit's row that run, whatever its stage: none stops by itself."""
    for number, clock in row["clocks"].items():
        if clock["status"] == ClockStatus.RUNNING.value:
            due_on = dt.date.fromisoformat(clock["due_on"])
            ref = clock_ref(audit, int(number))
            yield Subject(ref, due_on, Occasion.CLOCK, audience_of_audit(row), (audit,))


def audience_of_audit(row: Row) -> Audience:
    """Return to whom an audit matters: the role that leads it, and who commissioned it."""
    leads = (row["lead_role"],) if row["lead_role"] else ()
    return Audience(leads, (row["subgroup"],) if row["subgroup"] else ())


def _due(target: Row | None) -> dt.date | None:
    due = target.get("due") if target else None
    return dt.date.fromisoformat(due) if due else None
