from __future__ import annotations

import datetime as dt

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import (
    ActionBragOverridden,
    ActionCancelled,
    ActionCompleted,
    ActionExtensionRequested,
    TargetDateMoved,
)
from events.recommendation import (
    Colour,
    RecommendationImpactDue,
    RecommendationImplemented,
    RecommendationVerified,
)
from projections.board import Board, board
from projections.board_filter import BoardFilter, NothingCalled
from projections.board_lines import is_past
from tests.projections.example_board import covered, partnership, under_way
from tests.projections.folds import CALENDAR, Folded, Tale, target
from tests.projections.stories import recorded_story


def seen(tale: Tale, on: str, filters: BoardFilter | None = None) -> Board:
    return board(tale.view(), dt.date.fromisoformat(on), CALENDAR, filters)


def refs(found: Board) -> list[str]:
    return [line.quoted for line in found.lines]


def test_lines_come_by_plan_priority_and_number_and_recommendations_last() -> None:
    assert refs(seen(partnership(), "2024-09-02")) == ["A2", "A1", "A3", "R1"]


def test_a_line_shows_the_date_as_written_beside_what_it_means() -> None:
    line = seen(under_way(), "2024-11-05").lines[1]
    assert (line.target, line.due) == ("December 2024", dt.date(2024, 12, 31))
    assert (line.plan_title, line.priority, line.priority_title) == (
        "Business plan 2024-25",
        2,
        "Learning",
    )
    assert [(lead.title, lead.holders) for lead in line.leads] == [
        ("Head of Learning", ("Pat Example",))
    ]
    assert (line.status, line.notes, line.latest_note) == ("in_progress", 1, "Drafted.")
    assert line.brag.colour is Colour.GREEN


def test_the_colour_is_worked_out_for_the_day_asked_about() -> None:
    colours = [
        seen(under_way(), on).lines[1].brag.colour
        for on in ("2024-11-05", "2024-12-10", "2024-12-31", "2025-01-02")
    ]
    assert colours == [Colour.GREEN, Colour.AMBER, Colour.AMBER, Colour.RED]


def test_slippage_stands_beside_the_original_date_in_days_and_in_working_days() -> None:
    moved = under_way().tell("action-1", TargetDateMoved(target=target("31 January 2025")))
    line = seen(moved, "2024-11-05").lines[1]
    assert (line.original_target, line.original_due) == ("December 2024", dt.date(2024, 12, 31))
    # January 2025 has 23 weekdays, and New Year's Day was a bank holiday.
    assert (line.slippage_days, line.slippage_working_days, line.moves) == (31, 22, 1)


def test_a_date_moved_without_being_asked_for_counts_as_more_time() -> None:
    tale = under_way()
    colours = []
    for day in ("31 January 2026", "28 February 2026"):
        tale = tale.tell("action-1", TargetDateMoved(target=target(day)))
        colours.append(seen(tale, "2024-11-05").lines[1].brag.colour)
    assert colours == [Colour.AMBER, Colour.RED]


def test_without_a_day_there_is_no_slippage() -> None:
    line = seen(partnership(), "2024-09-02").lines[2]
    assert (line.target, line.due, line.slippage_days) == ("Ongoing", None, None)
    assert line.slippage_working_days is None


def test_an_open_request_for_more_time_is_shown_until_the_item_ends() -> None:
    asked = ActionExtensionRequested(
        extension=1, target=target("June 2025"), reason="x", progress="y"
    )
    tale = under_way().tell("action-1", asked)
    line = seen(tale, "2024-11-05").lines[1]
    assert (line.extension_asked, line.extensions) == ("June 2025", 0)
    tale.tell("action-1", ActionCompleted(confirmed_by="person-2"))
    assert seen(tale, "2024-11-05").lines[1].extension_asked is None


def test_who_covers_a_role_is_shown_while_the_cover_lasts() -> None:
    during, after = seen(covered(), "2024-10-15").lines[1], seen(covered(), "2024-11-01").lines[1]
    assert during.leads[0].holders == ("Pat Example", "Sam Sample")
    assert after.leads[0].holders == ("Pat Example",)


def test_a_subgroup_is_shown_with_its_chair() -> None:
    line = seen(partnership(), "2024-09-02").lines[3]
    assert [(lead.title, lead.holders) for lead in line.leads] == [
        ("Quality and Learning", ("Sam Sample",))
    ]


def test_leads_of_open_items_without_a_holder_are_named() -> None:
    assert seen(partnership(), "2024-09-02").without_holder == ("Designated Nurse",)
    only_learning = BoardFilter(lead="Head of Learning")
    assert seen(partnership(), "2024-09-02", only_learning).without_holder == ()


def test_a_verified_recommendation_shows_by_when_its_impact_is_due() -> None:
    tale = partnership().tell(
        "recommendation-1",
        RecommendationImplemented(what_we_did="We ask.", evidence="Survey"),
        RecommendationVerified(verified_by="person-2"),
        RecommendationImpactDue(target=target("March 2025")),
    )
    line = seen(tale, "2024-10-01").lines[3]
    assert (line.impact_due, line.brag.colour) == (dt.date(2025, 3, 31), Colour.GREEN)
    assert line.next_due == line.impact_due


def test_past_begins_on_the_working_day_after_the_day_that_is_looked_to() -> None:
    line = next(one for one in seen(partnership(), "2024-09-02").lines if one.due)
    saturday, calendar = dt.date(2024, 9, 7), CALENDAR
    asked = line._replace(due=saturday)
    assert not is_past(asked, dt.date(2024, 9, 8), calendar)
    assert is_past(asked, dt.date(2024, 9, 9), calendar)
    verified = asked._replace(status="verified", impact_due=dt.date(2025, 3, 31))
    assert not is_past(verified, dt.date(2024, 9, 9), calendar)
    assert not is_past(line._replace(due=None), saturday, calendar)


def test_an_override_shows_until_its_last_day() -> None:
    override = ActionBragOverridden(
        colour=Colour.RED, reason="No money.", expires_on=dt.date(2024, 11, 15)
    )
    tale = under_way().tell("action-1", override)
    assert seen(tale, "2024-11-15").lines[1].brag.colour is Colour.RED
    assert seen(tale, "2024-11-16").lines[1].brag.colour is Colour.GREEN


FILTERS: list[tuple[BoardFilter, list[str]]] = [
    (BoardFilter(kind="recommendation"), ["R1"]),
    (BoardFilter(kind="action"), ["A2", "A1", "A3"]),
    (BoardFilter(plan="P1"), ["A2", "A1"]),
    (BoardFilter(plan="business PLAN"), ["A2", "A1"]),
    (BoardFilter(lead="RO3"), ["A2", "A3"]),
    (BoardFilter(lead="role-3"), ["A2", "A3"]),
    (BoardFilter(lead="designated  nurse"), ["A2", "A3"]),
    (BoardFilter(lead="learning lead"), ["A1"]),
    (BoardFilter(lead="PE1"), ["A1"]),
    (BoardFilter(lead="Sam"), ["A2", "R1"]),
    (BoardFilter(subgroup="S1"), ["A2", "A1", "R1"]),
    (BoardFilter(subgroup="quality"), ["A2", "A1", "R1"]),
    (BoardFilter(brag=Colour.GREEN), ["A1"]),
    (BoardFilter(brag=Colour.GREY, lead="RO3"), ["A2", "A3"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
def test_a_filter_shows_what_it_names(filters: BoardFilter, expected: list[str]) -> None:
    assert refs(seen(under_way(), "2024-11-05", filters)) == expected


def test_a_whole_title_goes_before_part_of_another() -> None:
    tale = under_way()
    assert refs(seen(tale, "2024-11-05", BoardFilter(lead="Quality and Learning"))) == ["R1"]
    # Part of three titles: the head of learning, their other spelling, and the subgroup.
    assert refs(seen(tale, "2024-11-05", BoardFilter(lead="learning"))) == ["A1", "R1"]


@pytest.mark.parametrize(
    "filters",
    [BoardFilter(lead="RO9"), BoardFilter(subgroup="Finance"), BoardFilter(plan=" ")],
    ids=str,
)
def test_a_filter_that_names_nothing_says_what_is_known(filters: BoardFilter) -> None:
    with pytest.raises(NothingCalled, match=r"Those known are: (Business|Designated|Quality)"):
        seen(under_way(), "2024-11-05", filters)


def test_counts_go_over_all_colours_also_when_one_is_asked_for() -> None:
    found = seen(under_way(), "2024-11-05", BoardFilter(brag=Colour.GREEN, kind="action"))
    assert found.counts == {
        Colour.BLUE: 0,
        Colour.RED: 0,
        Colour.AMBER: 0,
        Colour.GREEN: 1,
        Colour.GREY: 2,
    }


def test_an_empty_record_has_an_empty_board() -> None:
    found = seen(Tale(), "2024-11-05")
    assert (found.lines, found.position, found.warnings) == ((), 0, ())


def test_a_day_past_the_announced_bank_holidays_comes_with_a_warning() -> None:
    (warning,) = seen(partnership(), "2040-01-03").warnings
    assert "Bank holidays are announced up to" in warning


def test_a_target_date_past_the_announced_bank_holidays_comes_with_a_warning() -> None:
    tale = partnership().tell("action-1", TargetDateMoved(target=target("June 2040")))
    (warning,) = seen(tale, "2024-11-05").warnings
    assert "For 30 June 2040 the standing rules were used" in warning
    only_others = BoardFilter(plan="plan-1", lead="role-2")
    assert seen(tale, "2024-11-05", only_others).warnings == ()


def test_the_date_of_what_has_ended_needs_no_warning() -> None:
    tale = partnership().tell("action-1", TargetDateMoved(target=target("June 2040")))
    tale.tell("action-1", ActionCancelled(reason="Given up."))
    assert seen(tale, "2024-11-05").warnings == ()


def test_a_board_can_be_written_as_json() -> None:
    found = orjson.loads(orjson.dumps(seen(under_way(), "2024-11-05").as_json()))
    assert found["on"] == "2024-11-05"
    assert found["counts"]["green"] == 1
    line = found["lines"][1]
    assert (line["ref"], line["due"], line["colour"], line["shape"]) == (
        "A1",
        "2024-12-31",
        "green",
        "●",
    )
    assert line["leads"] == [
        {"ref": "RO1", "title": "Head of Learning", "holders": ["Pat Example"]}
    ]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**32), st.integers(0, 800), st.integers(-400, 800))
def test_every_story_has_a_board_on_every_day(seed: int, size: int, days: int) -> None:
    events = recorded_story(seed, size)
    on = dt.date(2022, 6, 1) + dt.timedelta(days)
    found = board(Folded(events).view(), on, CALENDAR)
    assert sum(found.counts.values()) == len(found.lines)
    assert orjson.loads(orjson.dumps(found.as_json()))["position"] == len(events)
