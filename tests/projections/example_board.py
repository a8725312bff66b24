"""A small partnership for the tests of the board: one plan, three roles, four items."""

from __future__ import annotations

import datetime as dt

from events.action import ActionCreated, ActionProgressNoted, ActionStarted
from events.audit import AuditKind, AuditPlanned
from events.directory import (
    CoverArranged,
    HolderAppointed,
    PersonRegistered,
    RoleAliasAdded,
    RoleCreated,
    SubgroupFormed,
)
from events.plan import PlanAdopted, PriorityAdded
from events.recommendation import RecommendationProposed
from tests.projections.folds import Tale, target


def partnership() -> Tale:
    """Return the tale up to 2 September 2024.

    A1 is led by the head of learning (Pat) under priority 2, A2 by two roles under priority 1, A3
    stands in no plan, and R1 is addressed to the quality subgroup, chaired by Sam.
    """
    begins = dt.date(2024, 9, 2)
    return (
        Tale("2024-09-02")
        .tell("subgroup-1", SubgroupFormed(name="Quality and Learning", chair_role="role-2"))
        .tell("person-1", PersonRegistered(name="Pat Example", email="pat@example.org"))
        .tell("person-2", PersonRegistered(name="Sam Sample"))
        .tell("role-1", RoleCreated(title="Head of Learning", subgroup="subgroup-1"))
        .tell("role-1", RoleAliasAdded(number=1, alias="Learning lead"))
        .tell("role-1", HolderAppointed(person="person-1", from_on=begins))
        .tell("role-2", RoleCreated(title="Quality Chair"))
        .tell("role-2", HolderAppointed(person="person-2", from_on=begins))
        .tell("role-3", RoleCreated(title="Designated Nurse"))
        .tell("plan-1", PlanAdopted(title="Business plan 2024-25"))
        .tell("plan-1", PriorityAdded(number=1, title="Neglect"))
        .tell("plan-1", PriorityAdded(number=2, title="Learning"))
        .tell("action-1", _action("Agree one referral form", "December 2024", 2, "role-1"))
        .tell("action-2", _action("Audit strategy meetings", "31.3.25", 1, "role-2", "role-3"))
        .tell("action-3", _action("Keep the website current", "Ongoing", None, "role-3"))
        .tell("audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Neglect"))
        .tell(
            "recommendation-1",
            RecommendationProposed(text="Ask every child", addressed_to=("subgroup-1",)),
        )
    )


def under_way() -> Tale:
    """Return the tale in which A1 is started and was updated on 4 November 2024."""
    tale = partnership().on("2024-10-01").tell("action-1", ActionStarted())
    return tale.on("2024-11-04").tell("action-1", ActionProgressNoted(note="Drafted."))


def covered() -> Tale:
    """Return the tale in which Sam covers the head of learning in October 2024."""
    first, last = dt.date(2024, 10, 1), dt.date(2024, 10, 31)
    cover = CoverArranged(number=1, person="person-2", from_on=first, last_day_on=last)
    return partnership().tell("role-1", cover)


def _action(text: str, by: str, priority: int | None, *roles: str) -> ActionCreated:
    plan = "plan-1" if priority else None
    return ActionCreated(
        text=text, lead_roles=roles, target=target(by), plan=plan, priority=priority
    )
