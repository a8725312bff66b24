from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.audit import AuditClosed, AuditKind, AuditPlanned
from notifications.rules import Occasion
from notifications.subject import Audience
from tests.notifications.gathering import subjects
from tests.notifications.records import LEAD_ROLE, House, new_record, target

PLANNED = AuditPlanned(
    kind=AuditKind.AUDIT, title="Neglect", subgroup="subgroup-1", lead_role=LEAD_ROLE
)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def test_an_audit_that_goes_on_has_no_date(house: House) -> None:
    house.tell("audit-1", PLANNED)

    assert subjects(house, "audit-1") == ()


def test_a_closed_audit_is_followed_to_its_re_audit_and_the_review_of_its_impact(
    house: House,
) -> None:
    closed = AuditClosed(re_audit=target("March 2026"), impact_review=target("June 2025"))
    house.tell("audit-1", PLANNED, closed)

    found = subjects(house, "audit-1")

    assert [(one.occasion, one.target_on) for one in found] == [
        (Occasion.RE_AUDIT, dt.date(2026, 3, 31)),
        (Occasion.IMPACT, dt.date(2025, 6, 30)),
    ]
    assert {one.audience for one in found} == {Audience((LEAD_ROLE,), ("subgroup-1",))}
    assert {one.within for one in found} == {("audit-1",)}


def test_both_on_one_day_are_told_of_once(house: House) -> None:
    closed = AuditClosed(re_audit=target("March 2026"), impact_review=target("March 2026"))
    house.tell("audit-1", PLANNED, closed)

    assert [one.occasion for one in subjects(house, "audit-1")] == [Occasion.RE_AUDIT]


def test_an_audit_that_needs_no_other_look_has_no_date(house: House) -> None:
    house.tell("audit-1", PLANNED, AuditClosed(no_re_audit_reason="The pathway ends."))

    assert subjects(house, "audit-1") == ()
