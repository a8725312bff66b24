"""Which stream is decided by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflow import (
    action,
    agency,
    audit,
    evidence,
    meeting,
    person,
    plan,
    recommendation,
    remark,
    role,
    subgroup,
)
from workflow.command import Decider

DECIDERS: Final[Mapping[str, Decider]] = {
    decider.category: decider
    for decider in (
        action.DECIDER,
        agency.DECIDER,
        audit.DECIDER,
        evidence.DECIDER,
        meeting.DECIDER,
        person.DECIDER,
        plan.DECIDER,
        recommendation.DECIDER,
        remark.DECIDER,
        role.DECIDER,
        subgroup.DECIDER,
    )
}
"""The decider of each category of stream."""
