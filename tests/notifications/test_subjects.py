from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from events.action import (
    ActionCancelled,
    ActionCompleted,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionRecommendationAnswered,
    ActionResumed,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
)
from events.audit import AuditKind, AuditPlanned, FindingDrafted, FindingKind
from events.catalogue import Event
from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationRejected,
    RecommendationVerified,
)
from notifications.rules import Occasion
from notifications.subject import Audience, Subject
from projections.civil_days import civil_day
from tests.notifications.gathering import subjects
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    new_record,
    target,
)

DECEMBER = dt.date(2024, 12, 31)
SUBMITTED = ActionSubmitted(what_we_did="All schools have it.", no_evidence_reason="Too soon.")
IMPLEMENTED = RecommendationImplemented(what_we_did="Done.", no_evidence_reason="Too soon.")
VERIFIED = RecommendationVerified(verified_by=CHAIR)
IMPACT_DUE = RecommendationImpactDue(target=target("June 2025"))


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def subject(house: House, item: str) -> Subject | None:
    """Return the one subject of an item, or None."""
    found = subjects(house, item)
    assert len(found) <= 1
    return found[0] if found else None


def recommend(house: House, *events: Event, **changes: Any) -> None:  # noqa: ANN401 - any field
    proposed = RecommendationProposed(
        text="Share the pathway",
        **{"addressed_to": (LEAD_ROLE,), "target": target("December 2024"), **changes},
    )
    house.tell("recommendation-1", proposed, *events)


def test_an_open_action_is_followed_to_its_target_date(house: House) -> None:
    add_action(house, 1, "December 2024")

    assert subject(house, "action-1") == Subject(
        "action-1", DECEMBER, Occasion.TARGET, Audience((LEAD_ROLE,)), ("plan-1",)
    )


@pytest.mark.parametrize(
    "end", [ActionCompleted(confirmed_by=CHAIR), ActionCancelled(reason="Not needed.")]
)
def test_what_has_ended_is_followed_no_more(house: House, end: Event) -> None:
    add_action(house, 1, "December 2024")
    house.tell("action-1", end)

    assert subject(house, "action-1") is None


def test_an_ongoing_action_is_reviewed_so_many_days_after_its_last_update(house: House) -> None:
    add_action(house, 1, "ongoing")
    begun = subject(house, "action-1")
    house.clock.goes_on(days=30)
    house.tell("action-1", ActionProgressNoted(note="Going well."))
    updated = subject(house, "action-1")

    assert begun is not None
    assert updated is not None
    assert (begun.occasion, begun.target_on) == (
        Occasion.REVIEW,
        CALENDAR.add(dt.date(2024, 12, 2), 60),
    )
    assert updated.target_on == CALENDAR.add(dt.date(2025, 1, 1), 60)


def put_on_hold(house: House, review_on: dt.date) -> None:
    on_hold = ActionPutOnHold(reason="New guidance.", review_on=review_on)
    house.tell("action-1", ActionStarted(), on_hold)


def test_an_action_on_hold_has_its_review_besides_its_target_date(house: House) -> None:
    add_action(house, 1, "December 2024")
    review_on = dt.date(2025, 2, 3)
    put_on_hold(house, review_on)

    assert [(one.occasion, one.target_on) for one in subjects(house, "action-1")] == [
        (Occasion.TARGET, DECEMBER),
        (Occasion.REVIEW, review_on),
    ]
    house.tell("action-1", ActionResumed())
    assert [one.occasion for one in subjects(house, "action-1")] == [Occasion.TARGET]


def test_a_review_on_the_target_date_itself_is_told_of_once(house: House) -> None:
    add_action(house, 1, "December 2024")
    put_on_hold(house, DECEMBER)

    assert [one.occasion for one in subjects(house, "action-1")] == [Occasion.TARGET]


def test_ongoing_work_on_hold_has_the_day_that_was_named(house: House) -> None:
    add_action(house, 1, "ongoing")
    put_on_hold(house, DECEMBER)

    (only,) = subjects(house, "action-1")
    assert (only.occasion, only.target_on) == (Occasion.REVIEW, DECEMBER)


def test_a_claim_waits_for_somebody_else_to_confirm_it(house: House) -> None:
    add_action(house, 1, "December 2024")
    house.tell("action-1", SUBMITTED, actor=MANAGER)
    recommend(house, RecommendationAccepted())
    house.tell("recommendation-1", IMPLEMENTED, actor=MANAGER)

    for item in ("action-1", "recommendation-1"):
        found = subject(house, item)
        assert found is not None
        assert found.audience.awaits_confirmation
        assert found.audience.asked_by == MANAGER
        assert found.target_on == DECEMBER


def test_a_claim_after_the_date_or_without_one_counts_from_the_day_on_which_it_was_told(
    house: House,
) -> None:
    add_action(house, 1, "October 2024")
    add_action(house, 2, "ongoing")
    recommend(house, RecommendationAccepted(), target=target("October 2024"))
    house.tell("action-1", SUBMITTED, actor=MANAGER)
    house.tell("action-2", SUBMITTED, actor=MANAGER)
    house.tell("recommendation-1", IMPLEMENTED, actor=MANAGER)

    for item in ("action-1", "action-2", "recommendation-1"):
        found = subject(house, item)
        assert found is not None
        assert (found.target_on, found.occasion) == (civil_day(house.clock.now), Occasion.TARGET)
        assert found.is_claim


def test_who_reported_it_done_is_barred_from_nothing_once_it_came_back(house: House) -> None:
    add_action(house, 1, "December 2024")
    house.tell("action-1", SUBMITTED, ActionReturned(returned_by=CHAIR, reason="Not yet"))

    found = subject(house, "action-1")

    assert found is not None
    assert (found.audience.awaits_confirmation, found.audience.asked_by) == (False, None)


def test_a_recommendation_goes_to_its_addressees_and_the_subgroup_of_its_audit(
    house: House,
) -> None:
    house.tell(
        "audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Neglect", subgroup="subgroup-1")
    )
    recommend(house, audit="audit-1", addressed_to=(LEAD_ROLE, "agency-1"))

    found = subject(house, "recommendation-1")

    assert found is not None
    assert found.audience == Audience((LEAD_ROLE,), ("subgroup-1",), ("agency-1",))


def test_a_recommendation_whose_impact_is_due_is_followed_to_that_date(house: House) -> None:
    recommend(house, RecommendationAccepted(), IMPLEMENTED, VERIFIED)
    assert subject(house, "recommendation-1") is None

    house.tell("recommendation-1", IMPACT_DUE)
    found = subject(house, "recommendation-1")

    assert found is not None
    assert (found.occasion, found.target_on) == (Occasion.IMPACT, dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    "events",
    [
        [RecommendationRejected(decided_by="role-6", reason="Not ours.")],
        [
            RecommendationAccepted(),
            IMPLEMENTED,
            VERIFIED,
            IMPACT_DUE,
            RecommendationImpactShown(difference_made="It helped.", evidence="A survey."),
        ],
    ],
)
def test_a_recommendation_that_has_ended_is_followed_no_more(
    house: House, events: list[Event]
) -> None:
    recommend(house, *events)

    assert subject(house, "recommendation-1") is None


def test_a_recommendation_without_a_date_is_not_followed(house: House) -> None:
    recommend(house, target=None)

    assert subject(house, "recommendation-1") is None


def test_a_re_audit_that_was_planned_for_want_of_impact_is_followed(house: House) -> None:
    none_shown = RecommendationImpactNotShown(
        reason="No change.", then=AfterNoImpact.RE_AUDIT, re_audit=target("March 2026")
    )
    recommend(house, RecommendationAccepted(), IMPLEMENTED, VERIFIED, IMPACT_DUE, none_shown)

    found = subject(house, "recommendation-1")

    assert found is not None
    assert (found.occasion, found.target_on) == (Occasion.RE_AUDIT, dt.date(2026, 3, 31))


def test_an_item_belongs_to_its_plan_and_to_the_audits_it_goes_back_to(house: House) -> None:
    for number in (1, 2):
        house.tell(f"audit-{number}", AuditPlanned(kind=AuditKind.AUDIT, title="Neglect"))
        drafted = FindingDrafted(finding=1, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Slow.")
        house.tell(f"audit-{number}", drafted)
    recommend(house, audit="audit-2", findings=("audit-1/finding-1", "audit-2/finding-1"))
    add_action(house, 1, "December 2024")
    house.tell("action-1", ActionRecommendationAnswered(recommendation="recommendation-1"))

    (followed,), (worked_on,) = subjects(house, "recommendation-1"), subjects(house, "action-1")

    assert followed.within == ("audit-2", "audit-1")
    assert worked_on.within == ("plan-1", "audit-2", "audit-1")


def test_other_things_have_no_subject(house: House) -> None:
    assert subject(house, "plan-1") is None
    assert subject(house, "action-99") is None
