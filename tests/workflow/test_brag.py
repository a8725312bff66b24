from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.recommendation import Colour
from workflow.brag import SHAPES, Brag, BragFacts, Override, UnknownStatus, assess
from workflow.working_days import england

ENGLAND = england()
DUE = dt.date(2025, 10, 31)  # a Friday
ON_TRACK = BragFacts(
    kind="action",
    status="in_progress",
    due=DUE,
    original_due=DUE,
    extensions=0,
    last_update_on=dt.date(2025, 6, 16),
    started=True,
    blocked=False,
)
JULY = dt.date(2025, 7, 1)  # far from the date, and soon after the update
NOT_STARTED = replace(ON_TRACK, status="not_started", started=False, last_update_on=None)
RECOMMENDATION = replace(ON_TRACK, kind="recommendation")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def colour(facts: BragFacts, on: dt.date | str, cadence_days: int = 60) -> Colour:
    return assess(facts, day(on) if isinstance(on, str) else on, ENGLAND, cadence_days).colour


def moved(due: str, **changes: object) -> BragFacts:
    return replace(ON_TRACK, due=day(due), original_due=day(due), **changes)  # type: ignore[arg-type]


# ------------------------------------------------------------------ each colour


def test_blue_is_a_complete_action() -> None:
    brag = assess(replace(ON_TRACK, status="complete"), JULY, ENGLAND)
    assert brag == Brag(Colour.BLUE, "It is complete.", "Done", "■")


def test_blue_is_a_recommendation_whose_impact_was_shown() -> None:
    brag = assess(replace(RECOMMENDATION, status="impact_shown"), JULY, ENGLAND)
    assert brag == Brag(Colour.BLUE, "It is verified; impact was shown.", "Done", "■")


@pytest.mark.parametrize("status", ["implemented", "verified", "impact_due", "impact_not_shown"])
def test_a_recommendation_is_not_blue_before_its_impact_was_shown(status: str) -> None:
    facts = replace(RECOMMENDATION, status=status, impact_due_on=day("2026-03-31"))
    assert colour(facts, JULY) is not Colour.BLUE


@pytest.mark.parametrize(
    ("kind", "status", "spoken"),
    [
        ("action", "cancelled", "cancelled"),
        ("recommendation", "rejected", "rejected"),
        ("recommendation", "superseded", "superseded"),
        ("recommendation", "closed_not_implemented", "closed not implemented"),
    ],
)
def test_grey_is_an_item_that_ended_without_being_done(
    kind: Literal["action", "recommendation"], status: str, spoken: str
) -> None:
    facts = replace(ON_TRACK, kind=kind, status=status, extensions=3)
    brag = assess(facts, day("2027-01-04"), ENGLAND)
    assert brag == Brag(Colour.GREY, f"It has ended: {spoken}.", "Ended", "○")


def test_green_is_under_way_and_updated_within_the_cadence() -> None:
    brag = assess(ON_TRACK, JULY, ENGLAND)
    assert brag == Brag(
        Colour.GREEN, "It is under way. It was last updated on 16 June 2025.", "On track", "●"
    )


def test_red_is_past_its_current_date() -> None:
    brag = assess(ON_TRACK, day("2025-11-04"), ENGLAND)
    assert brag == Brag(
        Colour.RED, "It was due on 31 October 2025, 2 working days ago.", "Overdue", "◆"
    )


def test_red_is_given_more_time_twice_or_oftener() -> None:
    twice = assess(replace(ON_TRACK, extensions=2), JULY, ENGLAND)
    assert twice == Brag(Colour.RED, "It has been given more time twice.", "Off track", "◆")
    thrice = assess(replace(ON_TRACK, extensions=3), JULY, ENGLAND)
    assert thrice.reason == "It has been given more time 3 times."


def test_red_is_60_working_days_past_the_original_date() -> None:
    facts = replace(ON_TRACK, original_due=day("2025-03-31"), extensions=1)
    brag = assess(facts, JULY, ENGLAND)
    assert brag.colour is Colour.RED
    assert brag.reason == "It is 62 working days past its original date, 31 March 2025."


def test_amber_is_given_more_time_once() -> None:
    brag = assess(replace(ON_TRACK, extensions=1), JULY, ENGLAND)
    assert brag == Brag(Colour.AMBER, "It has been given more time once.", "At risk", "▲")


def test_amber_is_blocked_whether_by_fact_or_by_status() -> None:
    by_fact = assess(replace(ON_TRACK, blocked=True), JULY, ENGLAND)
    assert by_fact == Brag(Colour.AMBER, "Something stands in its way.", "Blocked", "▲")
    assert assess(replace(ON_TRACK, status="blocked"), JULY, ENGLAND) == by_fact


def test_amber_is_on_hold() -> None:
    brag = assess(replace(ON_TRACK, status="on_hold"), JULY, ENGLAND)
    assert brag == Brag(Colour.AMBER, "It has been put on hold.", "On hold", "▲")


def test_amber_is_near_its_date_without_a_recent_update() -> None:
    brag = assess(replace(ON_TRACK, last_update_on=day("2025-09-01")), day("2025-10-06"), ENGLAND)
    assert brag.colour is Colour.AMBER
    assert brag.reason == "It is due on 31 October 2025. It was last updated on 1 September 2025."


def test_amber_is_near_its_date_and_not_started_even_if_somebody_wrote_lately() -> None:
    facts = replace(NOT_STARTED, last_update_on=day("2025-10-20"))
    brag = assess(facts, day("2025-10-21"), ENGLAND)
    assert brag.colour is Colour.AMBER
    assert brag.reason == "It is due on 31 October 2025 and not started."


def test_amber_is_in_progress_without_an_update_within_the_cadence() -> None:
    facts = replace(ON_TRACK, last_update_on=None)
    brag = assess(facts, JULY, ENGLAND, 40)
    assert brag.colour is Colour.AMBER
    assert brag.reason == "It has no update yet. One is wanted every 40 working days."


def test_grey_is_not_started_and_not_near() -> None:
    brag = assess(NOT_STARTED, JULY, ENGLAND)
    assert brag == Brag(Colour.GREY, "It is not started and not due soon.", "Not started", "○")


@pytest.mark.parametrize("started", [True, False])
def test_grey_is_without_a_date(started: bool) -> None:  # noqa: FBT001 - both cases
    facts = replace(ON_TRACK, due=None, original_due=None, started=started)
    brag = assess(facts, day("2027-01-04"), ENGLAND)
    assert brag.colour is Colour.GREY
    assert brag.word == "No date"
    assert brag.reason == "It has no target date. It was last updated on 16 June 2025."


# ------------------------------------------------------------------ edges


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        ("2025-10-30", "2025-10-29", Colour.GREEN),
        ("2025-10-30", "2025-10-30", Colour.GREEN),
        ("2025-10-30", "2025-10-31", Colour.RED),
        ("2025-10-31", "2025-10-31", Colour.GREEN),
        ("2025-10-31", "2025-11-01", Colour.GREEN),
        ("2025-10-31", "2025-11-02", Colour.GREEN),
        ("2025-10-31", "2025-11-03", Colour.RED),
        ("2025-08-31", "2025-08-31", Colour.GREEN),
        ("2025-08-31", "2025-09-01", Colour.RED),
        ("2025-04-17", "2025-04-17", Colour.GREEN),
        ("2025-04-17", "2025-04-18", Colour.GREEN),
        ("2025-04-17", "2025-04-21", Colour.GREEN),
        ("2025-04-17", "2025-04-22", Colour.RED),
        ("2025-12-25", "2025-12-26", Colour.GREEN),
        ("2025-12-25", "2025-12-28", Colour.GREEN),
        ("2025-12-25", "2025-12-29", Colour.RED),
    ],
)
def test_red_begins_on_the_next_working_day_after_the_date(
    due: str, on: str, expected: Colour
) -> None:
    facts = moved(due, last_update_on=day(due) - dt.timedelta(3))
    assert colour(facts, on) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-10-02", Colour.GREEN),  # 21 working days before
        ("2025-10-03", Colour.AMBER),  # 20
        ("2025-10-31", Colour.AMBER),  # the day itself
    ],
)
def test_near_begins_20_working_days_before_the_date(on: str, expected: Colour) -> None:
    facts = replace(ON_TRACK, last_update_on=day("2025-08-20"))
    assert colour(facts, on) is expected
    assert colour(NOT_STARTED, on) is (Colour.GREY if expected is Colour.GREEN else Colour.AMBER)


@pytest.mark.parametrize(
    ("last_update_on", "expected"),
    [("2025-09-22", Colour.AMBER), ("2025-09-23", Colour.GREEN)],  # 21 and 20 working days ago
)
def test_an_update_is_recent_for_20_working_days(last_update_on: str, expected: Colour) -> None:
    facts = replace(ON_TRACK, last_update_on=day(last_update_on))
    assert colour(facts, "2025-10-21") is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-07-28", Colour.GREEN), ("2025-07-29", Colour.AMBER)],  # 20 and 21 days since
)
def test_the_cadence_can_be_set(on: str, expected: Colour) -> None:
    facts = replace(ON_TRACK, last_update_on=day("2025-06-30"))
    assert colour(facts, on, cadence_days=20) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-09-09", Colour.GREEN), ("2025-09-10", Colour.AMBER)],  # 60 and 61 days since
)
def test_the_cadence_is_60_working_days_unless_set(on: str, expected: Colour) -> None:
    facts = replace(ON_TRACK, due=day("2026-03-31"), original_due=day("2026-03-31"))
    assert colour(facts, on) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-06-26", Colour.GREEN), ("2025-06-27", Colour.RED)],  # 59 and 60 working days past
)
def test_red_begins_60_working_days_past_the_original_date(on: str, expected: Colour) -> None:
    assert colour(replace(ON_TRACK, original_due=day("2025-03-31")), on) is expected


# ------------------------------------------------------------------ what comes first


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # blue before everything
        (replace(ON_TRACK, status="complete", extensions=3, blocked=True), Colour.BLUE),
        # red before amber
        (replace(ON_TRACK, extensions=2, blocked=True), Colour.RED),
        (moved("2025-06-02", extensions=1, blocked=True), Colour.RED),
        (moved("2025-06-02", status="on_hold"), Colour.RED),
        (moved("2025-06-02", status="not_started", started=False), Colour.RED),
        # red even where the date was taken away
        (replace(ON_TRACK, due=None, original_due=dt.date(2025, 1, 31)), Colour.RED),
        # amber before grey
        (replace(NOT_STARTED, extensions=1), Colour.AMBER),
        (replace(NOT_STARTED, blocked=True), Colour.AMBER),
        (replace(ON_TRACK, due=None, original_due=None, blocked=True), Colour.AMBER),
        # grey before the cadence
        (replace(ON_TRACK, due=None, original_due=None, last_update_on=None), Colour.GREY),
        (replace(NOT_STARTED, last_update_on=dt.date(2024, 1, 2)), Colour.GREY),
    ],
)
def test_the_first_rule_that_holds_decides(facts: BragFacts, expected: Colour) -> None:
    assert colour(facts, JULY) is expected


@pytest.mark.parametrize(
    ("kind", "status"), [("action", "submitted"), ("recommendation", "implemented")]
)
def test_a_claim_does_not_stop_the_clock_and_the_reason_says_what_it_waits_for(
    kind: Literal["action", "recommendation"], status: str
) -> None:
    facts = replace(ON_TRACK, kind=kind, status=status)
    assert colour(facts, JULY) is Colour.GREEN
    late = assess(facts, day("2025-11-03"), ENGLAND)
    assert late.colour is Colour.RED
    assert late.reason == (
        "It was due on 31 October 2025, 1 working day ago. "
        "It is said to be done and waits to be confirmed."
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [("action", "completed"), ("action", "impact_shown"), ("recommendation", "complete")],
)
def test_a_status_of_no_such_item_is_refused(
    kind: Literal["action", "recommendation"], status: str
) -> None:
    with pytest.raises(UnknownStatus, match=f'no status "{status}"') as refused:
        assess(replace(ON_TRACK, kind=kind, status=status), JULY, ENGLAND)
    assert (refused.value.kind, refused.value.status) == (kind, status)


# ------------------------------------------------------------------ after verification

VERIFIED = replace(
    RECOMMENDATION,
    status="impact_due",
    due=dt.date(2025, 3, 31),
    original_due=dt.date(2024, 9, 30),
    extensions=2,
    impact_due_on=DUE,
)


@pytest.mark.parametrize("status", ["verified", "impact_due"])
def test_a_verified_recommendation_is_judged_by_the_day_for_its_impact(status: str) -> None:
    facts = replace(VERIFIED, status=status)
    brag = assess(facts, JULY, ENGLAND)
    assert brag.colour is Colour.GREEN
    assert brag.reason == "It is verified. Its impact is to be shown by 31 October 2025."
    assert colour(facts, "2025-10-21") is Colour.AMBER
    assert colour(replace(facts, last_update_on=day("2025-10-20")), "2025-10-21") is Colour.GREEN
    assert colour(facts, "2025-11-02") is Colour.AMBER
    late = assess(facts, day("2025-11-03"), ENGLAND)
    assert late.colour is Colour.RED
    assert late.reason == "Its impact was to be shown by 31 October 2025, 1 working day ago."


def test_a_verified_recommendation_without_a_day_for_its_impact_is_grey() -> None:
    brag = assess(replace(VERIFIED, status="verified", impact_due_on=None), JULY, ENGLAND)
    assert (brag.colour, brag.word) == (Colour.GREY, "No date")


def test_a_recommendation_without_impact_is_amber_until_its_re_audit_is_late() -> None:
    facts = replace(VERIFIED, status="impact_not_shown")
    assert colour(facts, JULY) is Colour.AMBER
    assert colour(replace(facts, impact_due_on=None), JULY) is Colour.AMBER
    assert colour(facts, "2025-11-03") is Colour.RED


# ------------------------------------------------------------------ overrides


def overridden(
    to: Colour, until: str = "2025-07-31", reason: str = "The inspector waits"
) -> BragFacts:
    return replace(ON_TRACK, override=Override(to, reason, day(until)))


def test_an_override_shows_its_reason_its_end_and_the_colour_beneath() -> None:
    brag = assess(overridden(Colour.RED, reason="The inspector waits."), JULY, ENGLAND)
    assert brag == Brag(
        Colour.RED,
        "Set to red by hand until 31 July 2025: The inspector waits. Otherwise green: It is under "
        "way. It was last updated on 16 June 2025.",
        "Off track",
        "◆",
    )


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-07-31", Colour.AMBER), ("2025-08-01", Colour.GREEN)]
)
def test_an_override_counts_up_to_and_on_its_last_day(on: str, expected: Colour) -> None:
    assert colour(overridden(Colour.AMBER), on) is expected


def test_an_override_can_make_a_late_item_green() -> None:
    assert colour(overridden(Colour.GREEN, "2025-11-30"), "2025-11-10") is Colour.GREEN


def test_an_override_to_grey_has_a_word_of_its_own() -> None:
    assert assess(overridden(Colour.GREY), JULY, ENGLAND).word == "Not rated"


def test_an_override_to_blue_does_not_count_for_only_verification_makes_blue() -> None:
    assert colour(overridden(Colour.BLUE), JULY) is Colour.GREEN


@pytest.mark.parametrize(
    ("status", "expected"), [("complete", Colour.BLUE), ("cancelled", Colour.GREY)]
)
def test_an_override_does_not_count_once_an_item_has_ended(status: str, expected: Colour) -> None:
    assert colour(replace(overridden(Colour.RED), status=status), JULY) is expected


# ------------------------------------------------------------------ laws

STATUSES = {
    "action": [
        "not_started",
        "in_progress",
        "submitted",
        "complete",
        "returned",
        "blocked",
        "on_hold",
        "cancelled",
    ],
    "recommendation": [
        "proposed",
        "accepted",
        "partly_accepted",
        "rejected",
        "in_progress",
        "implemented",
        "verified",
        "impact_due",
        "impact_shown",
        "impact_not_shown",
        "superseded",
        "closed_not_implemented",
    ],
}
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
OVERRIDES = st.builds(Override, st.sampled_from(Colour), st.just("A reason"), DATES)


@st.composite
def some_facts(draw: st.DrawFn) -> BragFacts:
    kind: Literal["action", "recommendation"] = draw(st.sampled_from(["action", "recommendation"]))
    return BragFacts(
        kind=kind,
        status=draw(st.sampled_from(STATUSES[kind])),
        due=draw(st.none() | DATES),
        original_due=draw(st.none() | DATES),
        extensions=draw(st.integers(0, 3)),
        last_update_on=draw(st.none() | DATES),
        started=draw(st.booleans()),
        blocked=draw(st.booleans()),
        override=draw(st.none() | OVERRIDES),
        impact_due_on=draw(st.none() | DATES),
    )


@given(some_facts(), DATES)
def test_every_item_has_a_colour_a_word_a_shape_and_a_sentence(
    facts: BragFacts, on: dt.date
) -> None:
    brag = assess(facts, on, ENGLAND)
    assert brag.shape == SHAPES[brag.colour]
    assert brag.reason.endswith(".")
    assert brag.reason[0].isupper()
    assert brag.word


def test_every_colour_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(Colour)
    assert len(set(SHAPES.values())) == len(Colour)


@given(st.lists(st.tuples(some_facts(), DATES), min_size=2, max_size=12))
def test_no_word_stands_for_two_colours(items: list[tuple[BragFacts, dt.date]]) -> None:
    meant: dict[str, Colour] = {}
    for facts, on in items:
        brag = assess(facts, on, ENGLAND)
        assert meant.setdefault(brag.word, brag.colour) is brag.colour


@given(some_facts(), DATES)
def test_what_is_red_without_an_override_stays_red_until_somebody_acts(
    facts: BragFacts, on: dt.date
) -> None:
    bare = replace(facts, override=None)
    if colour(bare, on) is Colour.RED:
        assert colour(bare, on + dt.timedelta(1)) is Colour.RED
