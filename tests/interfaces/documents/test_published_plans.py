from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from interfaces.documents.document import Document, PlanRow, Severity
from tests.interfaces.documents.published import (
    ANNUAL_REPORT,
    BOARD_PACK,
    lines_of,
    problem_at,
    published,
)

BUSINESS_MANAGER = "Business Manager"
CSCP_BUSINESS_MANAGER = "CSCP Business Manager"
AUDIT = "Chair of Audit and Performance"
AUDIT_SUBGROUP = "Chair of Audit and Performance Subgroup"
IMPLEMENTATION = "Chair of Implementation Subgroup"
EXPLOITATION = "Chair of Exploitation Subgroup"

# Month and leads of the 28 actions, typed off the documents by hand, in order.
DATES_AND_LEADS = [
    ("December 2024", [CSCP_BUSINESS_MANAGER]),
    ("June 2024", [AUDIT]),
    ("September 2024", [IMPLEMENTATION]),
    ("December 2024", [CSCP_BUSINESS_MANAGER]),
    ("December 2024", [CSCP_BUSINESS_MANAGER]),
    ("December 2024", [CSCP_BUSINESS_MANAGER]),
    ("December 2024", [CSCP_BUSINESS_MANAGER]),
    ("March 2025", [AUDIT_SUBGROUP]),
    ("June 2025", [IMPLEMENTATION]),
    ("July 2024", [CSCP_BUSINESS_MANAGER]),
    ("June 2024", [AUDIT_SUBGROUP]),
    ("December 2024", [IMPLEMENTATION]),
    ("December 2024", [IMPLEMENTATION]),
    ("June 2025", [EXPLOITATION]),
    ("December 2024", [EXPLOITATION]),
    ("December 2024", ["Delegated Safeguarding Partners."]),
    ("March 2025", [IMPLEMENTATION]),
    ("September 2024", [AUDIT]),
    ("June 2025", [AUDIT]),
    ("September 2024", ["Lead Safeguarding Partners"]),
    ("September 2024", ["Chair of Safeguarding Practice Review Subgroup"]),
    ("September 2024", [BUSINESS_MANAGER]),
    ("December 2024", ["Chair of MASH/EH"]),
    ("June 2025", [BUSINESS_MANAGER, IMPLEMENTATION]),
    ("June 2025", [BUSINESS_MANAGER]),
    ("June 2025", [BUSINESS_MANAGER]),
    ("June 2025", [AUDIT]),
    ("June 2025", [IMPLEMENTATION]),
]


@pytest.fixture(params=[ANNUAL_REPORT, BOARD_PACK])
def document(request: pytest.FixtureRequest) -> Document:
    return published(request.param)


def rows_of(document: Document) -> tuple[PlanRow, ...]:
    [plan] = document.plans
    return plan.rows


def test_each_document_holds_one_plan_of_nine_ten_and_nine_actions(document: Document) -> None:
    counts = Counter((row.priority_number, row.priority) for row in rows_of(document))
    assert counts == {
        (1, "Neglect"): 9,
        (2, "Exploitation / SYV"): 10,
        (3, "Making the system work"): 9,
    }


def test_every_date_and_every_lead_is_read_as_written(document: Document) -> None:
    read = [(row.target_date_words, list(row.leads)) for row in rows_of(document)]
    assert read == DATES_AND_LEADS


def test_every_action_can_be_stored_and_says_something(document: Document) -> None:
    assert all(row.storable and len(row.text) > 40 for row in rows_of(document))
    assert lines_of(document, Severity.BAD) == []


def test_a_month_is_due_on_its_last_day(document: Document) -> None:
    dates = [row.target_date for row in rows_of(document)]
    dues = Counter(date.due for date in dates if date is not None)
    assert dues == {
        dt.date(2024, 6, 30): 2,
        dt.date(2024, 7, 31): 1,
        dt.date(2024, 9, 30): 5,
        dt.date(2024, 12, 31): 10,
        dt.date(2025, 3, 31): 2,
        dt.date(2025, 6, 30): 8,
    }


def test_no_action_keeps_a_tag_a_tab_or_a_mark(document: Document) -> None:
    assert not [row for row in rows_of(document) if set(row.text) & set("<>\t*_\n")]


def test_one_action_stands_twice_with_different_leads(document: Document) -> None:
    twice = [
        row for row in rows_of(document)
        if [other.text for other in rows_of(document)].count(row.text) > 1
    ]  # fmt: skip
    assert [row.leads for row in twice] == [(BUSINESS_MANAGER,), (AUDIT,)]


def test_both_years_hold_the_same_rows_but_for_four_spellings() -> None:
    this_year, year_before = (rows_of(published(name)) for name in (ANNUAL_REPORT, BOARD_PACK))
    differing = [
        place
        for place, (now, then) in enumerate(zip(this_year, year_before, strict=True), start=1)
        if now.text != then.text
    ]
    assert differing == [3, 6, 15, 28]
    for place in differing:
        now, then = this_year[place - 1].text, year_before[place - 1].text
        assert _letters(now) == _letters(then)


def test_the_lines_are_those_of_the_file() -> None:
    assert [row.line for row in rows_of(published(ANNUAL_REPORT))] == [
        *range(765, 774), *range(778, 788), *range(791, 800),
    ]  # fmt: skip


def test_a_table_parted_by_a_page_break_is_read_on_and_the_mend_is_told() -> None:
    pack = published(BOARD_PACK)
    assert [row.line for row in rows_of(pack)][:9] == [*range(1178, 1184), *range(1185, 1188)]
    assert problem_at(pack, 1185).severity is Severity.MENDED


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
