"""All read models, and the fold that keeps them together."""

from __future__ import annotations

from typing import Final

from projections.actions import ACTIONS
from projections.audits import AUDITS
from projections.directory import DIRECTORY
from projections.evidence import EVIDENCE, EVIDENCE_OF
from projections.late import LATE
from projections.meetings import MEETINGS
from projections.plans import PLANS
from projections.projection import Fold, Projection
from projections.recommendations import RECOMMENDATIONS
from projections.remarks import REMARKS, REMARKS_OF
from projections.reminder_keys import REMINDER_KEYS
from projections.reminders import REMINDERS
from projections.reminders_of import REMINDERS_OF
from projections.series import SERIES
from projections.themes import THEMES
from projections.told_dates import TOLD_DATES

PROJECTIONS: Final[tuple[Projection, ...]] = (
    ACTIONS,
    AUDITS,
    DIRECTORY,
    EVIDENCE,
    EVIDENCE_OF,
    LATE,
    MEETINGS,
    PLANS,
    RECOMMENDATIONS,
    REMARKS,
    REMARKS_OF,
    REMINDER_KEYS,
    REMINDERS,
    REMINDERS_OF,
    SERIES,
    THEMES,
    TOLD_DATES,
)
"""Every read model. Raise a projection's version with every change of what its rows say."""

FOLD: Final = Fold(PROJECTIONS)
"""Hands every event to the read models that want it."""
