from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from interfaces.documents.document import Severity
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.documents.workbook_safety import MOST_UNPACKED_BYTES
from tests.interfaces.documents.made import (
    HEADER,
    first_sheet,
    only_problem,
    only_rows,
    read_bytes,
    read_workbook,
    with_part,
    workbook,
    workbook_bytes,
)

ROW = ("1: Neglect", "Renew the strategy", "December 2024", "Business Manager")
SHEET_PART = "xl/worksheets/sheet1.xml"


def test_a_sheet_is_a_plan_named_after_its_title_row(tmp_path: Path) -> None:
    document = read_workbook(tmp_path, workbook([("Business Plan",), (), HEADER, ROW]))
    [plan] = document.plans
    assert (plan.title, plan.sheet) == ("Business Plan", "Plan")
    assert [(row.line, row.text, row.priority) for row in plan.rows] == [
        (4, "Renew the strategy", "Neglect")
    ]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("shown_as", "words"),
    [
        ("dd/mm/yyyy", "31 December 2024"),
        ("[$-809]dd mmmm yyyy;@", "31 December 2024"),
        ("mmm-yy", "December 2024"),
        ('"by "mmmm yyyy', "December 2024"),
        ("yyyy", "2024"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_shows_it(
    tmp_path: Path, shown_as: str, words: str
) -> None:
    book = workbook([HEADER, ("Neglect", "Renew", dt.datetime(2024, 12, 31), "B")])  # noqa: DTZ001
    first_sheet(book)["C2"].number_format = shown_as
    [row] = only_rows(read_workbook(tmp_path, book))
    assert row.target_date_words == words


def test_a_date_shown_without_its_year_is_told(tmp_path: Path) -> None:
    book = workbook([HEADER, ("Neglect", "Renew", dt.date(2024, 12, 24), "B")])
    first_sheet(book)["C2"].number_format = "d-mmm"
    document = read_workbook(tmp_path, book)
    assert only_rows(document)[0].target_date_words == "24 December 2024"
    assert only_problem(document).severity is Severity.MENDED


def test_a_merged_priority_holds_for_every_row_beside_it(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW, (None, *ROW[1:]), (None, *ROW[1:])])
    first_sheet(book).merge_cells("A2:A4")
    document = read_workbook(tmp_path, book)
    assert [row.priority for row in only_rows(document)] == ["Neglect"] * 3
    assert document.problems == ()


def test_a_merged_lead_is_taken_for_every_row_and_told(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW, ("2: Exploitation", "Train", "June 2025", None)])
    first_sheet(book).merge_cells("D2:D3")
    document = read_workbook(tmp_path, book)
    assert only_rows(document)[1].leads == ("Business Manager",)
    assert (only_problem(document).line, only_problem(document).field) == (3, "lead")


def test_every_sheet_with_a_header_is_a_plan_and_the_others_are_named(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW], "Neglect")
    for name, rows in (("Exploitation", [HEADER, ROW]), ("Key", [("Red", "late")]), ("Empty", [])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    document = read_workbook(tmp_path, book)
    assert [plan.sheet for plan in document.plans] == ["Neglect", "Exploitation"]
    problem = only_problem(document)
    assert (problem.severity, problem.sheet) == (Severity.UNREAD, "Key")


def test_a_hidden_sheet_is_not_read_but_named(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW])
    hidden = book.create_sheet("Old plan")
    hidden.append(list(HEADER))
    hidden.sheet_state = "hidden"
    problem = only_problem(read_workbook(tmp_path, book))
    assert (problem.severity, problem.sheet) == (Severity.UNREAD, "Old plan")


def test_a_formula_gives_what_it_last_came_to(tmp_path: Path) -> None:
    written = workbook_bytes(workbook([HEADER, ("Neglect", "=A2", "June 2025", "B")]))
    saved = with_part(
        written, SHEET_PART, b'"B2"><f>A2</f><v />', b'"B2" t="str"><f>A2</f><v>Renew</v>'
    )
    document = read_bytes(tmp_path, "plan.xlsx", saved)
    assert only_rows(document)[0].text == "Renew"
    assert document.problems == ()


def test_a_formula_without_a_result_and_an_error_are_bad(tmp_path: Path) -> None:
    book = workbook([HEADER, ("Neglect", "=A2", "June 2025", "B"), ("Neglect", "C", "#REF!", "D")])
    document = read_workbook(tmp_path, book)
    assert [row.storable for row in only_rows(document)] == [False, False]
    assert "formula" in document.problems[0].what
    assert any("error of Excel" in problem.what for problem in document.problems)


def test_numbers_and_percentages_are_read_as_shown(tmp_path: Path) -> None:
    book = workbook([(*HEADER, "Ref", "Status"), (*ROW, 7.0, 0.5)])
    first_sheet(book)["F2"].number_format = "0%"
    [row] = only_rows(read_workbook(tmp_path, book))
    assert (row.reference, row.status) == ("7", "50%")


def test_a_stray_cell_far_down_costs_nothing(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW])
    first_sheet(book)["A1048576"] = "x"
    document = read_workbook(tmp_path, book)
    assert [row.line for row in only_rows(document)] == [2, 1_048_576]


def test_a_sheet_wider_than_any_plan_is_refused(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW])
    first_sheet(book)["XFD1"] = "x"
    with pytest.raises(UnreadableDocument, match="wider"):
        read_workbook(tmp_path, book)


def test_a_merged_area_that_openpyxl_would_fill_cell_by_cell_is_refused(tmp_path: Path) -> None:
    book = workbook([HEADER, ROW])
    first_sheet(book).merge_cells("A2:A3")
    content = with_part(workbook_bytes(book), SHEET_PART, b"A2:A3", b"A2:XFD1048576")
    with pytest.raises(UnreadableDocument, match="too large"):
        read_bytes(tmp_path, "plan.xlsx", content)


def test_a_workbook_that_unpacks_to_far_more_than_a_plan_is_refused(tmp_path: Path) -> None:
    content = workbook_bytes(workbook([HEADER, ROW]))
    bomb = with_part(content, SHEET_PART, b"</worksheet>", b" " * MOST_UNPACKED_BYTES)
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableDocument, match="too large"):
        read_bytes(tmp_path, "plan.xlsx", bomb)


def test_entities_are_refused_before_they_can_multiply(tmp_path: Path) -> None:
    content = with_part(
        workbook_bytes(workbook([HEADER, ROW])),
        SHEET_PART,
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet',
    )
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_bytes(tmp_path, "plan.xlsx", content)
