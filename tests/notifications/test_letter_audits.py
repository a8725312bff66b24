from __future__ import annotations

from collections.abc import Iterator

import pytest

from events.audit import AuditClosed, AuditKind, AuditPlanned
from notifications.letter_item import Section
from notifications.rules import Occasion
from tests.notifications.records import LEAD_ROLE, House, new_record, target
from tests.notifications.told_items import facts_of, told_of


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        planned = AuditPlanned(
            kind=AuditKind.RAPID_REVIEW, title="Neglect", lead_role=LEAD_ROLE, subgroup="subgroup-1"
        )
        begun.tell("audit-1", planned)
        yield begun


def test_a_re_audit_says_what_was_looked_at_and_when(house: House) -> None:
    house.tell("audit-1", AuditClosed(re_audit=target("December 2024")))
    told = told_of(house, "audit-1")

    assert (told.section, told.kind, told.ref) == (Section.UPCOMING, "re-audit", "AU1")
    assert told.text == "Neglect"
    said = facts_of(told)
    assert said["From"] == "AU1, a rapid review"
    assert said["Look again by"] == "December 2024 (due 31 December 2024)"
    assert said["Your role"] == "Lead for practice"
    assert said["Last update"] == "2 December 2024: closed."
    assert said["Still needed"].startswith("Plan the audit that looks again")
    assert told.why == "you hold the role of Lead for practice, which leads it"


def test_a_look_at_an_audits_impact_is_no_re_audit(house: House) -> None:
    house.tell("audit-1", AuditClosed(impact_review=target("December 2024")))
    told = told_of(house, "audit-1")

    assert (told.kind, told.occasion) == ("impact review", Occasion.IMPACT)
    assert facts_of(told)["Impact to be shown by"] == "December 2024 (due 31 December 2024)"
    assert facts_of(told)["Still needed"].startswith("Say what difference the audit made")
