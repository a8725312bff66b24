from __future__ import annotations

import datetime as dt

import pytest

from notifications.letter_item import Section
from notifications.letter_standing import section_of, standing
from notifications.rules import Occasion
from tests.notifications.directories import CALENDAR, subject

TODAY = dt.date(2024, 12, 2)


@pytest.mark.parametrize(
    ("target_on", "occasion", "said"),
    [
        (TODAY, Occasion.TARGET, "due today"),
        (TODAY, Occasion.REVIEW, "to be reviewed today"),
        (TODAY, Occasion.CLOCK, "runs out today"),
        (dt.date(2024, 12, 3), Occasion.TARGET, "due in 1 working day"),
        (dt.date(2024, 12, 3), Occasion.CLOCK, "runs out in 1 working day"),
        (dt.date(2024, 12, 9), Occasion.IMPACT, "due in 5 working days"),
        (dt.date(2024, 12, 9), Occasion.RE_AUDIT, "due in 5 working days"),
        (dt.date(2024, 12, 1), Occasion.TARGET, "overdue by 1 working day"),
        (dt.date(2024, 11, 25), Occasion.TARGET, "overdue by 5 working days"),
        (dt.date(2024, 11, 25), Occasion.REVIEW, "review overdue by 5 working days"),
        (dt.date(2024, 11, 29), Occasion.CLOCK, "ran out 1 working day ago"),
        (TODAY, Occasion.DECISION, "a request for more time waits for a decision"),
        (TODAY, Occasion.ADDRESS, "no email reaches this address"),
        (TODAY, Occasion.VACANCY, "nobody holds this role"),
    ],
)
def test_how_far_away_a_date_is(target_on: dt.date, occasion: Occasion, said: str) -> None:
    assert standing(subject(target_on=target_on, occasion=occasion), TODAY, CALENDAR) == said


def test_a_date_on_the_coming_weekend_is_named() -> None:
    saturday = subject(target_on=dt.date(2024, 12, 7))

    assert standing(saturday, dt.date(2024, 12, 6), CALENDAR) == "due on 7 December 2024"


@pytest.mark.parametrize(
    ("occasion", "section"),
    [(Occasion.TARGET, Section.SOON), (Occasion.CLOCK, Section.OVERDUE)],
)
def test_work_due_on_a_weekend_is_in_time_until_monday_and_a_clock_is_not(
    occasion: Occasion, section: Section
) -> None:
    saturday = subject(target_on=dt.date(2024, 11, 30), occasion=occasion)

    assert section_of(saturday, dt.date(2024, 12, 1), CALENDAR) is section


@pytest.mark.parametrize(
    ("occasion", "section"),
    [
        (Occasion.DECISION, Section.ATTENTION),
        (Occasion.ADDRESS, Section.ATTENTION),
        (Occasion.VACANCY, Section.ATTENTION),
    ],
)
def test_what_waits_or_is_amiss_is_never_overdue(occasion: Occasion, section: Section) -> None:
    old = subject(target_on=dt.date(2024, 6, 3), occasion=occasion)

    assert section_of(old, TODAY, CALENDAR) is section


def test_a_request_stands_with_the_decisions_of_whoever_can_decide() -> None:
    waiting = subject(occasion=Occasion.DECISION)

    assert section_of(waiting, TODAY, CALENDAR, decides=True) is Section.DECISION
    assert standing(waiting, TODAY, CALENDAR, decides=True) == (
        "a request for more time waits for your decision"
    )
