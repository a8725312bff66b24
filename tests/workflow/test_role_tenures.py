from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from events.directory import HolderAppointed, Office, RoleCreated
from tests.workflow.known import FakeKnown
from tests.workflow.scenario import Scenario
from workflow.circumstances import Tenure
from workflow.refusals import Refusal
from workflow.role import DECIDER
from workflow.role_commands import AppointHolder, RetireRole, StandDownHolder
from workflow.role_tenures import after_standing_down, came_to_be, overlap

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2025, 2, 28))
PEOPLE = st.sampled_from(["person-11", "person-12"])
KNOWN = FakeKnown({"person-11": "current", "person-12": "current"})
ROLE = Scenario(DECIDER, "role-4", KNOWN).given(RoleCreated(title="Chair", office=Office.LEAD))


@st.composite
def times(draw: st.DrawFn) -> Tenure:
    first = draw(DAYS)
    days = draw(st.none() | st.integers(0, 20))
    last = None if days is None else first + dt.timedelta(days=days)
    return Tenure(draw(PEOPLE), first, last)


@given(times(), times(), DAYS)
def test_two_times_overlap_exactly_when_they_share_a_day(
    one: Tenure, other: Tenure, day: dt.date
) -> None:
    shared = one.holds_on(day) and other.holds_on(day)
    assert overlap(one, other) == overlap(other, one)
    if shared:
        assert overlap(one, other)
    if overlap(one, other):
        first = max(one.from_on, other.from_on)
        assert one.holds_on(first)
        assert other.holds_on(first)


@given(st.lists(st.tuples(st.booleans(), times(), DAYS), max_size=8), DAYS)
def test_nobody_ever_holds_a_role_twice_on_one_day(
    steps: list[tuple[bool, Tenure, dt.date]], day: dt.date
) -> None:
    story = ROLE
    for appoints, time, last_day_on in steps:
        asked = (
            AppointHolder(
                role="role-4",
                person=time.person,
                from_on=time.from_on,
                last_day_on=time.last_day_on,
            )
            if appoints
            else StandDownHolder(role="role-4", person=time.person, last_day_on=last_day_on)
        )
        try:
            story = story.given(*story.when(asked).decide())
        except Refusal:
            continue
    for person in ("person-11", "person-12"):
        held = [one for one in story.state.tenures if one.person == person and one.holds_on(day)]
        assert len(held) <= 1
    assert all(came_to_be(one) for one in story.state.tenures)


@given(st.lists(times(), max_size=6), DAYS)
def test_nobody_holds_a_retired_role_after_its_last_day(held: list[Tenure], day: dt.date) -> None:
    assume(
        not any(
            one.person == other.person and overlap(one, other)
            for at, one in enumerate(held)
            for other in held[at + 1 :]
        )
    )
    appointed = [
        HolderAppointed(person=one.person, from_on=one.from_on, last_day_on=one.last_day_on)
        for one in held
    ]
    story = ROLE.on(day).given(*appointed)
    after = story.given(*story.when(RetireRole(role="role-4", reason="Merged.")).decide())
    kept = [one for one in held if one.from_on <= day]
    assert len(after.state.tenures) == len(kept)
    assert all(
        one.last_day_on is not None and one.last_day_on <= day for one in after.state.tenures
    )


def test_a_standing_down_that_ends_nothing_leaves_the_times_as_they_are() -> None:
    held = (Tenure("person-11", dt.date(2025, 4, 1)),)
    assert after_standing_down(held, "person-12", dt.date(2025, 4, 30)) == held
