"""Whom the directory means on a later day is the same, however much is remembered on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.rules import Recipient
from notifications.subject import Audience
from tests.notifications.directories import CHAIR, LEAD, office_holders, person
from workflow.circumstances import Tenure

DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2024, 12, 9))
LED = Audience(("role-1",), ("subgroup-1",))
NEWCOMER = person(9)

ends = st.none() | DAYS
times = st.lists(st.builds(Tenure, st.sampled_from([LEAD, CHAIR, NEWCOMER.ref]), DAYS, ends))


@st.composite
def houses(draw: st.DrawFn) -> Directory:
    house = office_holders()
    people = {**house.people, NEWCOMER.ref: NEWCOMER}
    leaver = people[LEAD]
    role = replace(house.roles["role-1"], tenures=tuple(draw(times)), covers=tuple(draw(times)))
    return replace(
        house,
        people={**people, LEAD: replace(leaver, last_day_on=draw(ends))},
        roles={**house.roles, "role-1": role},
    )


@given(houses(), DAYS, DAYS)
def test_another_day_finds_whom_it_would_find_afresh(
    house: Directory, day: dt.date, other: dt.date
) -> None:
    audiences = Audiences(house, day)
    for recipient in Recipient:
        audiences.told(LED, recipient)

    then, afresh = audiences.on(other), Audiences(house, other)

    assert [then.told(LED, one) for one in Recipient] == [
        afresh.told(LED, one) for one in Recipient
    ]


def test_days_are_alike_until_somebody_begins_ends_or_leaves() -> None:
    house = office_holders()
    first, last = dt.date(2024, 12, 3), dt.date(2024, 12, 5)
    role = replace(house.roles["role-1"], tenures=(Tenure(LEAD, first, last),))
    house = replace(house, roles={**house.roles, "role-1": role})
    day = dt.timedelta(days=1)

    assert house.is_alike_on(first, last)
    assert house.is_alike_on(last, first)
    assert not house.is_alike_on(first - day, first)
    assert not house.is_alike_on(last, last + day)
    assert house.is_alike_on(last + day, last + 40 * day)
