from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.documents.document import Document, Severity
from tests.interfaces.documents.made import only_problem, only_rows, read_text

HEADER = "Action\tTarget Date\tLead"
ROW = "Renew the strategy.\tDecember 2024\tBusiness Manager"


def report(folder: Path, *lines: str) -> Document:
    return read_text(folder, "report.txt", *lines)


def test_trailing_tabs_tags_and_marks_are_left_out(tmp_path: Path) -> None:
    document = report(
        tmp_path,
        "Business Plan",
        "",
        "Priority 1: Neglect\t\t\t",
        "**Action**\t<u>Target Date</u>\tLead\t\t",
        "<p>Renew  the **strategy**.</p>\tDecember 2024\t<b>Business Manager</b>\t\t",
    )
    [row] = only_rows(document)
    assert (row.text, row.leads) == ("Renew the strategy.", ("Business Manager",))
    assert document.plans[0].title == "Business Plan"
    assert document.problems == ()


def test_a_blank_line_between_priority_header_and_rows_matters_to_nobody(tmp_path: Path) -> None:
    document = report(tmp_path, "Plan", "", "Priority 2: SYV", "", HEADER, "", ROW)
    assert only_rows(document)[0].priority_number == 2
    assert document.problems == ()


def test_a_header_repeated_on_a_new_page_goes_on_with_the_plan(tmp_path: Path) -> None:
    document = report(
        tmp_path, "Plan", "", "Priority 1: Neglect", HEADER, ROW, "", "Page 12", "", HEADER, ROW
    )
    assert [(row.line, row.priority) for row in only_rows(document)] == [
        (5, "Neglect"),
        (10, "Neglect"),
    ]
    assert document.problems == ()


def test_a_page_number_inside_the_table_is_no_row(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, ROW, "", "41", "", ROW)
    assert [row.line for row in only_rows(document)] == [2, 6]
    assert only_problem(document).severity is Severity.MENDED


@pytest.mark.parametrize(
    ("torn", "line"),
    [
        (["Renew the", "strategy.\tDecember 2024\tBusiness Manager"], 2),
        (["Renew the strategy.", "December 2024\tBusiness Manager"], 2),
        (["Renew the strategy.\tDecember 2024\tBusiness", "\t\tManager"], 2),
        (["Renew the\tDecember 2024\tBusiness Manager", ""], 2),
        (["Renew the strategy. December 2024\tBusiness Manager"], 2),
        (["Renew the strategy.\tDecember 2024 Business Manager"], 2),
    ],
)
def test_a_torn_row_is_mended_where_only_one_way_fits(
    tmp_path: Path, torn: list[str], line: int
) -> None:
    document = report(tmp_path, HEADER, *torn, ROW)
    first, second = only_rows(document)
    assert (first.line, first.target_date_words) == (line, "December 2024")
    assert (first.leads, first.text.split()[0]) == (("Business Manager",), "Renew")
    assert first.storable
    assert second.text == "Renew the strategy."
    assert {problem.severity for problem in document.problems} == {Severity.MENDED}


def test_the_end_of_a_lead_on_a_line_of_its_own_is_joined(tmp_path: Path) -> None:
    document = report(
        tmp_path, HEADER, "Renew it.\tJune 2025\tChair of Audit", "and Performance", ROW
    )
    assert only_rows(document)[0].leads == ("Chair of Audit and Performance",)
    assert only_problem(document).severity is Severity.MENDED


def test_a_line_that_fits_nowhere_is_a_bad_row_and_never_lost(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, ROW, "Promote the toolkit.", ROW)
    rows = only_rows(document)
    assert [row.storable for row in rows] == [True, False, True]
    assert [(problem.line, problem.field) for problem in document.problems] == [
        (3, "target date"),
        (3, "lead"),
    ]


def test_rows_with_dates_under_no_header_are_pointed_out(tmp_path: Path) -> None:
    document = report(tmp_path, "Plan", "", ROW, ROW)
    assert document.plans == ()
    assert "no header" in document.problems[-1].what


def test_a_paragraph_after_the_table_ends_it(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, ROW, "", "The partnership is resolute in its aim.")
    assert len(only_rows(document)) == 1
    assert document.problems == ()


def test_two_plans_under_two_headings_are_two_plans(tmp_path: Path) -> None:
    document = report(tmp_path, "First", "", HEADER, ROW, "", "Second", "", HEADER, ROW)
    assert [plan.title for plan in document.plans] == ["First", "Second"]


def test_a_plan_whose_columns_ran_together_is_never_guessed(tmp_path: Path) -> None:
    document = report(tmp_path, "Action Target Date Lead Renew December Business the 2024 Manager")
    assert {problem.severity for problem in document.problems} == {Severity.UNREAD}
    assert document.plans == ()


def test_a_text_without_any_table_says_what_was_looked_for(tmp_path: Path) -> None:
    assert "No plan" in only_problem(report(tmp_path, "Dear all,", "", "See you soon.")).what
