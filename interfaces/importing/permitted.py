"""Who may import: whoever may give, over the whole partnership, every command that it comes to."""

from __future__ import annotations

from typing import Final

from workflow.action_commands import (
    ChangeActionLeads,
    CreateAction,
    MoveActionTargetDate,
    MoveActionToPriority,
    RewordAction,
    SetSuccessMeasure,
)
from workflow.action_work_commands import CancelAction, NoteActionProgress
from workflow.circumstances import Circumstances
from workflow.command import Command
from workflow.permissions import SubjectFacts, may
from workflow.plan_commands import AddPriority, AdoptPlan, RecordDocument, RetitlePriority
from workflow.recommendation_commands import (
    AcceptRecommendation,
    NoteRecommendationProgress,
    ProposeRecommendation,
)
from workflow.role_commands import AddAlias, CreateRole
from workflow.subgroup_commands import FormSubgroup, SetChairRole

GIVEN: Final[tuple[type[Command], ...]] = (
    AcceptRecommendation,
    AddAlias,
    AddPriority,
    AdoptPlan,
    CancelAction,
    ChangeActionLeads,
    CreateAction,
    CreateRole,
    FormSubgroup,
    MoveActionTargetDate,
    MoveActionToPriority,
    NoteActionProgress,
    NoteRecommendationProgress,
    ProposeRecommendation,
    RecordDocument,
    RetitlePriority,
    RewordAction,
    SetChairRole,
    SetSuccessMeasure,
)
"""Every command that an import may come to."""


def may_import(circumstances: Circumstances) -> bool:
    """Tell whether who asks may give all of them, on whatever a document may name."""
    return all(may(kind, SubjectFacts(), circumstances) for kind in GIVEN)
