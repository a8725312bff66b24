from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import ActionCreated, ActionPutOnHold, ActionStarted, TargetDateMoved
from events.audit import AuditKind, AuditPlanned
from events.email import ReminderItem
from events.recommendation import (
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationVerified,
)
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.letter_facts import Desk, LetterItem, Section, letter_items
from notifications.looking import Looked, StillDue
from notifications.rules import DEFAULT_RULES, Recipient
from notifications.subjects import subjects_of_item
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    LEAD_ROLE,
    House,
    add_action,
    new_record,
    target,
)

DAY = dt.date(2024, 12, 2)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def told_of(house: House, item: str, day: dt.date = DAY, web: str | None = None) -> LetterItem:
    """Return what a lead would be told of an item."""
    view = house.view
    audiences = Audiences(Directory.of(view), day)
    subject = subjects_of_item(view, item, CALENDAR)[-1]
    (told, *_) = audiences.told(subject.audience, Recipient.LEAD)
    reminder = ReminderItem(item=item, target_on=subject.target_on, rule="after-1")
    looked = Looked(None, (StillDue(reminder, subject, told),), (), audiences)
    (found,) = letter_items(looked, view, Desk(DEFAULT_RULES, day, CALENDAR, web))
    return found


def recommend(house: House, **changes: object) -> None:
    fields = {"text": "Share it", "addressed_to": (LEAD_ROLE,), "target": target("December 2024")}
    house.tell("recommendation-1", RecommendationProposed.model_validate(fields | changes))


@pytest.mark.parametrize(
    ("day", "section"),
    [
        (dt.date(2025, 1, 2), Section.OVERDUE),
        (dt.date(2024, 12, 31), Section.SOON),
        (dt.date(2024, 12, 20), Section.SOON),
        (dt.date(2024, 12, 19), Section.UPCOMING),
    ],
)
def test_each_thing_stands_in_the_section_of_its_urgency(
    house: House, day: dt.date, section: Section
) -> None:
    add_action(house, 1, "December 2024")

    assert told_of(house, "action-1", day).section is section


def test_where_an_action_comes_from(house: House) -> None:
    for number, plan, priority in ((1, "plan-1", 1), (2, "plan-1", None), (3, None, None)):
        created = ActionCreated(
            text="Share it",
            lead_roles=(LEAD_ROLE,),
            target=target("December 2024"),
            plan=plan,
            priority=priority,
            answers=() if plan else ("recommendation-7", "recommendation-8"),
        )
        recommended = RecommendationProposed(text="Share it")
        if plan is None:
            house.tell("recommendation-7", recommended)
            house.tell("recommendation-8", recommended)
        house.tell(f"action-{number}", created)

    assert [told_of(house, f"action-{number}").source for number in (1, 2, 3)] == [
        "Plan for 2024, priority 1: Everybody knows the pathway",
        "Plan for 2024",
        "in answer to R7, R8",
    ]


def test_where_a_recommendation_comes_from(house: House) -> None:
    house.tell("audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Neglect"))
    recommend(house, audit="audit-1")

    assert told_of(house, "recommendation-1").source == "AU1, Neglect"


def test_a_recommendation_from_outside_names_its_source(house: House) -> None:
    recommend(house, source="A national review")

    assert told_of(house, "recommendation-1").source == "A national review"


def test_dates_are_told_as_written_beside_what_they_mean(house: House) -> None:
    add_action(house, 1, "Q3 2024/25")
    add_action(house, 2, "ongoing")
    add_action(house, 3, "December 2024")
    on_hold = ActionPutOnHold(reason="New guidance.", review_on=dt.date(2025, 2, 3))
    house.tell("action-3", ActionStarted(), on_hold)

    assert [told_of(house, f"action-{number}").date for number in (1, 2, 3)] == [
        "Q3 2024/25 (due 31 December 2024)",
        "ongoing (reviewed every 60 working days), next on 27 February 2025",
        "on hold, to be looked at again on 3 February 2025",
    ]


def test_an_impact_date_says_what_it_is(house: House) -> None:
    recommend(house)
    house.tell(
        "recommendation-1",
        RecommendationAccepted(),
        RecommendationImplemented(what_we_did="Shared.", no_evidence_reason="Too soon."),
        RecommendationVerified(verified_by=CHAIR),
        RecommendationImpactDue(target=target("June 2025")),
    )

    assert told_of(house, "recommendation-1").date == (
        "impact to be shown by June 2025 (due 30 June 2025)"
    )


@pytest.mark.parametrize(
    ("first", "moves", "said"),
    [
        ("December 2024", [], None),
        (
            "December 2024",
            ["30 November 2024"],
            "first December 2024 (due 31 December 2024); moved once, 31 days earlier in all",
        ),
        (
            "December 2024",
            ["January 2025", "December 2024"],
            "first December 2024 (due 31 December 2024); moved twice",
        ),
        (
            "30.12.2024",
            ["January 2025", "February 2025", "31.12.2024"],
            "first 30.12.2024 (due 30 December 2024); moved 3 times, 1 day later in all",
        ),
        (
            "ongoing",
            ["December 2024"],
            "first ongoing (reviewed every 60 working days); moved once",
        ),
    ],
)
def test_how_far_a_date_slipped_stands_beside_it(
    house: House, first: str, moves: list[str], said: str | None
) -> None:
    add_action(house, 1, first)
    for written in moves:
        house.tell("action-1", TargetDateMoved(target=target(written), reason="Because."))

    assert told_of(house, "action-1").moved == said


def test_a_link_leads_to_the_page_of_the_item(house: House) -> None:
    add_action(house, 1, "December 2024")

    assert told_of(house, "action-1").link is None
    found = told_of(house, "action-1", web="https://record.example.org/")
    assert found.link == "https://record.example.org/action-1"


def test_where_no_subgroup_is_named_the_letter_names_who_is_really_told(house: House) -> None:
    add_action(house, 1, "November 2024", lead_roles=("role-5",))

    assert told_of(house, "action-1").next_steps == (
        "If nothing changes, you and the business manager are told on 6 December 2024."
        " After that the business manager is told on 20 December 2024."
    )
