from __future__ import annotations

import datetime as dt

import orjson
import pytest

from events.action import (
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionRequested,
    ActionLeadsChanged,
    ActionProgressNoted,
    ActionReworded,
    TargetDateMoved,
)
from events.recommendation import (
    RecommendationImpactDue,
    RecommendationImplemented,
    RecommendationTargetDateSet,
    RecommendationVerified,
)
from projections.board import board
from projections.differences import Change, Difference, differences, distance
from tests.projections.example_board import partnership, under_way
from tests.projections.folds import CALENDAR, Tale, target


def between(before: Tale, first: str, after: Tale, last: str) -> tuple[Difference, ...]:
    one = board(before.view(), dt.date.fromisoformat(first), CALENDAR)
    other = board(after.view(), dt.date.fromisoformat(last), CALENDAR)
    return differences(one, other)


def sentences(before: Tale, first: str, after: Tale, last: str) -> list[str]:
    return [one.sentence for one in between(before, first, after, last)]


def test_two_boards_of_the_same_day_do_not_differ() -> None:
    assert between(under_way(), "2024-11-05", under_way(), "2024-11-05") == ()


def test_a_moved_date_and_a_changed_colour_are_told_in_one_line() -> None:
    moved = under_way().on("2024-12-02")
    moved.tell(
        "action-1",
        ActionExtensionRequested(
            extension=1, target=target("30 June 2025"), reason="x", progress="y"
        ),
        ActionExtensionApproved(extension=1),
        TargetDateMoved(target=target("30 June 2025"), extension=1),
    )
    assert sentences(under_way(), "2024-11-05", moved, "2024-12-03") == [
        (
            "A1: target date moved from December 2024 to 30 June 2025 (+6 months); green → amber;"
            " extensions given: 0 → 1"
        )
    ]


def test_only_time_passing_changes_the_colour_alone() -> None:
    assert sentences(under_way(), "2024-11-05", under_way(), "2025-01-02") == ["A1: green → red"]


def test_what_was_told_meanwhile_is_told() -> None:
    after = under_way().on("2024-11-18")
    after.tell(
        "action-1",
        ActionProgressNoted(note="With schools."),
        ActionProgressNoted(note="Agreed."),
        ActionReworded(text="Agree one form", reason="Plainer."),
        ActionLeadsChanged(lead_roles=("role-2",), reason="Handed over."),
    )
    assert sentences(under_way(), "2024-11-05", after, "2024-11-18") == [
        (
            "A1: now reads “Agree one form”, before “Agree one referral form”;"
            " leads changed from Head of Learning to Quality Chair;"
            " 2 progress notes, the latest: “Agreed.”"
        )
    ]


def test_more_time_that_was_asked_for_is_told() -> None:
    asked = ActionExtensionRequested(
        extension=1, target=target("June 2025"), reason="x", progress="y"
    )
    after = under_way().tell("action-1", asked)
    assert sentences(under_way(), "2024-11-05", after, "2024-11-05") == [
        "A1: more time asked for, until June 2025"
    ]


def test_a_first_date_is_set_and_impact_gets_its_day() -> None:
    after = partnership().tell(
        "recommendation-1", RecommendationTargetDateSet(target=target("May 2025"))
    )
    assert sentences(partnership(), "2024-09-03", after, "2024-09-03") == [
        "R1: target date set to May 2025"
    ]
    shown = after.tell(
        "recommendation-1",
        RecommendationImplemented(what_we_did="x", evidence="y"),
        RecommendationVerified(verified_by="person-2"),
        RecommendationImpactDue(target=target("May 2026")),
    )
    (told,) = sentences(partnership(), "2024-09-03", shown, "2024-09-03")
    assert told.endswith("grey → green; impact to be shown by 31 May 2026")


def test_new_items_and_items_that_are_gone_are_told() -> None:
    created = ActionCreated(text="Write it down", lead_roles=(), target=target("May 2025"))
    after = partnership().tell("action-4", created)
    assert sentences(partnership(), "2024-09-03", after, "2024-09-03") == ["A4: new: Write it down"]
    (gone,) = between(after, "2024-09-03", partnership(), "2024-09-03")
    assert (gone.change, gone.sentence) == (Change.GONE, "A4: gone: Write it down")


def test_a_difference_can_be_written_as_json() -> None:
    (told,) = between(under_way(), "2024-11-05", under_way(), "2025-01-02")
    assert orjson.loads(orjson.dumps(told.as_json())) == {
        "ref": "A1",
        "change": "changed",
        "text": "Agree one referral form",
        "fields": [{"field": "colour", "before": "green", "after": "red", "words": "green → red"}],
        "sentence": "A1: green → red",
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2024-12-31", "2025-06-30", "+6 months"),
        ("2025-06-30", "2024-12-31", "−6 months"),
        ("2024-12-31", "2025-01-31", "+1 month"),
        ("2025-01-15", "2025-03-15", "+2 months"),
        ("2025-01-15", "2025-01-16", "+1 day"),
        ("2024-12-31", "2025-02-14", "+45 days"),
        ("2024-12-31", "2024-12-31", None),
    ],
)
def test_how_far_a_date_moved_is_told_in_months_where_they_are_whole(
    before: str, after: str, told: str | None
) -> None:
    assert distance(dt.date.fromisoformat(before), dt.date.fromisoformat(after)) == told
