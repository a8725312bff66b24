"""The read model "series": how often what happened in each month, for the charts.

The key is the month, `2025-03`, in which something became true in London, also when it was told
later. Only what begins, ends or moves something is counted; a count that is missing is 0.
"""

from __future__ import annotations

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
from projections.projection import Projection, Rows

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
    month = true_on(recorded)[:7]
    counts = rows.get(month) or {}
    name = COUNTED[type(event)]
    rows.put(month, {**counts, name: counts.get(name, 0) + 1})
