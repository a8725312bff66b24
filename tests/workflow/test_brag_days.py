from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from events.recommendation import Colour
from workflow.brag import BragFacts, Override, assess, colour_on
from workflow.brag_days import turns
from workflow.working_days import england

CALENDAR = england()
FIRST = dt.date(2024, 11, 1)
DAYS = st.dates(FIRST, dt.date(2025, 9, 1))
MAYBE = st.none() | DAYS
OPEN = ("not_started", "in_progress", "submitted", "blocked", "on_hold")
OVERRIDES = st.builds(
    Override, st.sampled_from([Colour.RED, Colour.GREEN]), st.just("Why not"), DAYS
)
VERIFIED = ("verified", "impact_due", "impact_not_shown", "accepted")
KINDS = st.tuples(st.just("action"), st.sampled_from(OPEN)) | st.tuples(
    st.just("recommendation"), st.sampled_from(VERIFIED)
)
FACTS = st.builds(
    lambda kind, **more: BragFacts(kind[0], kind[1], **more),
    KINDS,
    due=MAYBE,
    original_due=MAYBE,
    extensions=st.integers(0, 2),
    last_update_on=MAYBE,
    started=st.booleans(),
    blocked=st.booleans(),
    override=st.none() | OVERRIDES,
    impact_due_on=MAYBE,
)


def facts(**more: Any) -> BragFacts:  # noqa: ANN401 - whatever the facts hold
    plain: dict[str, Any] = {
        "due": None,
        "original_due": None,
        "extensions": 0,
        "last_update_on": None,
        "started": True,
        "blocked": False,
    }
    return BragFacts("action", "in_progress", **{**plain, **more})


@given(FACTS, DAYS, st.sampled_from([30, 60]))
def test_between_its_turns_an_item_keeps_its_colour(
    item: BragFacts, on: dt.date, cadence_days: int
) -> None:
    expected = set(turns(item, CALENDAR, cadence_days))
    before = colour_on(item, on, CALENDAR, cadence_days)
    day = on
    for _ in range(120):
        day += dt.timedelta(days=1)
        colour = colour_on(item, day, CALENDAR, cadence_days)
        assert colour == before or day in expected
        before = colour
    assert before == assess(item, day, CALENDAR, cadence_days).colour


def test_what_is_due_turns_when_it_is_near_and_when_it_is_late() -> None:
    due = facts(due=dt.date(2025, 6, 30))
    assert turns(due, CALENDAR)[1:] == (dt.date(2025, 6, 2), dt.date(2025, 7, 1))


def test_what_has_no_day_never_turns_by_itself() -> None:
    assert turns(facts(), CALENDAR) == ()


def test_what_lies_past_the_calendar_does_not_turn() -> None:
    assert turns(facts(original_due=CALENDAR.last), CALENDAR) == ()
