"""The read model "series": how often what happened in each month, for the charts.

The key is `<month>/<name>`, such as `2025-03/dates_moved`: the month in which something became true
in London, also when it was told later. Only what begins, ends or moves something is counted; a
count that is missing is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from events.action import (
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionSubmitted,
    TargetDateMoved,
)
from events.audit import AuditApproved, AuditClosed, AuditPlanned
from events.catalogue import Event
from events.email import EmailFailed, EmailSent, EmailUncertain
from events.recommendation import (
    RecommendationAccepted,
    RecommendationClosedNotImplemented,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationPartlyAccepted,
    RecommendationProposed,
    RecommendationRejected,
    RecommendationTargetDateMoved,
    RecommendationVerified,
)
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.projection import Projection, Row, Rows

SERIES: Final = Projection("series", version=1)

COUNTED: Final[dict[type[Event], str]] = {
    ActionCreated: "actions_created",
    ActionSubmitted: "actions_submitted",
    ActionCompleted: "actions_completed",
    ActionCancelled: "actions_cancelled",
    AuditPlanned: "audits_planned",
    AuditApproved: "audits_approved",
    AuditClosed: "audits_closed",
    RecommendationProposed: "recommendations_made",
    RecommendationAccepted: "recommendations_accepted",
    RecommendationPartlyAccepted: "recommendations_partly_accepted",
    RecommendationRejected: "recommendations_rejected",
    RecommendationImplemented: "recommendations_implemented",
    RecommendationVerified: "recommendations_verified",
    RecommendationImpactShown: "impacts_shown",
    RecommendationImpactNotShown: "impacts_not_shown",
    RecommendationClosedNotImplemented: "recommendations_closed_not_implemented",
    TargetDateMoved: "dates_moved",
    RecommendationTargetDateMoved: "dates_moved",
    ActionExtensionRequested: "extensions_requested",
    RecommendationExtensionRequested: "extensions_requested",
    ActionExtensionApproved: "extensions_approved",
    RecommendationExtensionApproved: "extensions_approved",
    ActionExtensionDeclined: "extensions_declined",
    RecommendationExtensionDeclined: "extensions_declined",
    EmailSent: "reminders_sent",
    EmailFailed: "reminders_failed",
    EmailUncertain: "reminders_uncertain",
}
"""Which event counts as what."""


@SERIES.on(*COUNTED)
def _counted(rows: Rows, event: Event, recorded: Recorded) -> None:
    month, name = true_on(recorded)[:7], COUNTED[type(event)]
    key = f"{month}/{name}"
    before = rows.get(key)
    rows.put(key, {"count": 1 if before is None else before["count"] + 1})


def by_month(rows: Mapping[str, Row]) -> dict[str, dict[str, int]]:
    """Return the counts of each month by name, from the rows of this read model."""
    months: dict[str, dict[str, int]] = {}
    for key, row in sorted(rows.items()):
        month, _, name = key.partition("/")
        months.setdefault(month, {})[name] = row["count"]
    return months
