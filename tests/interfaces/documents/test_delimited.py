from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.documents.document import ResponseKind, Severity
from interfaces.documents.unreadable import UnreadableDocument
from tests.interfaces.documents.made import only_problem, only_rows, read_bytes, read_text

HEADER = "Priority,Action,Target Date,Lead"
ROW = "1: Neglect,Renew the strategy,December 2024,Business Manager"


@pytest.mark.parametrize(
    ("name", "delimiter"), [("plan.csv", ","), ("plan.csv", ";"), ("plan.tsv", "\t")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings_are_found_out(
    tmp_path: Path, name: str, delimiter: str, encoding: str
) -> None:
    text = f"{HEADER}\r\n{ROW}–café\r\n".replace(",", delimiter)
    [row] = only_rows(read_bytes(tmp_path, name, text.encode(encoding)))
    assert (row.line, row.priority, row.priority_number) == (2, "Neglect", 1)
    assert row.leads == ("Business Manager–café",)
    assert row.target_date is not None
    assert row.storable


def test_every_column_may_be_there_under_another_name(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "plan.csv",
        "Ref,Theme,Recommendation,What,By when,Lead officer,Outcome,RAG,Progress update",
        "A1,Neglect,R7,Renew it,31.12.24,Business Manager,Fewer repeats,Green,Begun",
    )
    [row] = only_rows(document)
    assert (row.reference, row.priority, row.recommendation) == ("A1", "Neglect", "R7")
    assert (row.text, row.target_date_words) == ("Renew it", "31.12.24")
    assert (row.measure, row.status, row.progress) == ("Fewer repeats", "Green", "Begun")
    assert document.problems == ()


def test_the_row_number_is_that_of_a_spreadsheet_also_after_a_cell_of_two_lines(
    tmp_path: Path,
) -> None:
    document = read_text(
        tmp_path,
        "plan.csv",
        "Action,Due,Lead",
        '"Renew the',
        'strategy",June 2025,Business Manager',
        "",
        "Promote it,July 2025,Business Manager",
    )
    assert [(row.line, row.text) for row in only_rows(document)] == [
        (2, "Renew the strategy"),
        (4, "Promote it"),
    ]


def test_a_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "sep=;", "Action;Due;Lead", "Renew, then train;June 2025;Manager"
    )
    [row] = only_rows(document)
    assert (row.line, row.text) == (2, "Renew, then train")


def test_title_rows_above_the_header_name_the_plan(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Business Plan 2024-2026,,", ",,", "Action,Due,Lead", "A,June 2025,B"
    )
    [plan] = document.plans
    assert plan.title == "Business Plan 2024-2026"
    assert [row.line for row in plan.rows] == [4]


def test_without_a_title_the_plan_is_named_after_the_file(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Business plan.csv", "Action,Due,Lead", "A,June 2025,B")
    assert document.plans[0].title == "Business plan"


def test_a_priority_row_in_the_middle_holds_for_the_rows_below(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "plan.csv",
        "Priority 1: Neglect,,",
        "Action,Due,Lead",
        "A,June 2025,B",
        "Priority 2 – Exploitation,,",
        "C,June 2025,D",
    )
    assert [(row.priority, row.priority_number) for row in only_rows(document)] == [
        ("Neglect", 1),
        ("Exploitation", 2),
    ]


def test_a_blank_priority_is_that_of_the_row_above_and_the_mend_is_told(tmp_path: Path) -> None:
    document = read_text(tmp_path, "plan.csv", HEADER, ROW, ",B,June 2025,C", ",D,June 2025,E")
    assert [row.priority for row in only_rows(document)] == ["Neglect"] * 3
    problem = only_problem(document)
    assert problem.severity is Severity.MENDED
    assert "row 3, 4" in problem.what


@pytest.mark.parametrize("words", ["31 February 2025", "ASAP", "", "soon"])
def test_a_date_that_cannot_be_read_is_named_with_its_line_and_a_mend(
    tmp_path: Path, words: str
) -> None:
    document = read_text(tmp_path, "plan.csv", HEADER, ROW, f",Train,{words},Manager")
    assert [row.storable for row in only_rows(document)] == [True, False]
    [problem] = [each for each in document.problems if each.severity is Severity.BAD]
    assert (problem.line, problem.field, problem.value) == (3, "target date", words)
    assert problem.mend


def test_a_row_without_text_or_lead_is_bad(tmp_path: Path) -> None:
    document = read_text(tmp_path, "plan.csv", "Action,Due,Lead", ",June 2025,B", "A,June 2025,")
    assert [(problem.line, problem.field) for problem in document.problems] == [
        (2, "action"),
        (3, "lead"),
    ]
    assert [row.storable for row in only_rows(document)] == [False, False]


def test_an_unknown_column_is_named_with_the_known_ones_and_the_nearest(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Action,Target Date,Lead,Statsu", "A,June 2025,B,Green"
    )
    problem = only_problem(document)
    assert (problem.line, problem.field, problem.value) == (1, "column", "Statsu")
    assert "success measure" in problem.what
    assert "“status”" in problem.mend
    assert only_rows(document)[0].storable


def test_a_misspelt_column_that_must_be_there_makes_every_row_bad_once(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Acton,Target Date,Lead", "A,June 2025,B", "C,June 2025,D"
    )
    assert [(problem.line, problem.field) for problem in document.problems] == [
        (1, "column"),
        (1, "action"),
    ]
    assert [row.storable for row in only_rows(document)] == [False, False]


def test_a_second_column_of_one_meaning_is_not_read(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Action,Due,Lead,Owner", "A,June 2025,Manager,Somebody"
    )
    assert only_rows(document)[0].leads == ("Manager",)
    assert only_problem(document).value == "Owner"


def test_a_cell_under_no_heading_makes_its_row_bad(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Action,Due,Lead", "Renew, train,June 2025,Business Manager"
    )
    assert not only_rows(document)[0].storable
    assert "column" in [problem.field for problem in document.problems]


def test_a_table_without_a_header_is_reported_with_the_nearest_names(tmp_path: Path) -> None:
    document = read_text(tmp_path, "plan.csv", "Aktion,Dates,Leed", "A,June 2025,B")
    problem = only_problem(document)
    assert problem.severity is Severity.UNREAD
    assert "“Aktion” may be the action" in problem.what


def test_a_header_without_rows_is_reported(tmp_path: Path) -> None:
    document = read_text(tmp_path, "plan.csv", "Action,Due,Lead", ",,")
    assert only_problem(document).severity is Severity.UNREAD


def test_two_tables_of_a_file_are_two_plans_where_a_title_parts_them(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "plan.csv",
        "First plan,,",
        "Action,Due,Lead",
        "A,June 2025,B",
        "Second plan,,",
        "Action,Due,Lead",
        "C,June 2025,D",
    )
    assert [(plan.title, len(plan.rows)) for plan in document.plans] == [
        ("First plan", 1),
        ("Second plan", 1),
    ]


def test_a_table_of_responses_is_read_with_its_impact(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "audit.csv",
        "Early Help audit,",
        "Area for development,What we did?",
        "Voice of the child,Wrote a guide.",
        ",Trained with it.",
        "What difference has it made?,More children are heard.",
    )
    [table] = document.responses
    assert (table.kind, table.heading) == (
        ResponseKind.AREA_FOR_DEVELOPMENT,
        "Early Help audit",
    )
    assert table.impact == "More children are heard."
    [row] = table.rows
    assert row.narrative == "Wrote a guide.\nTrained with it."


def test_a_quotation_mark_that_is_never_closed_is_refused_and_swallows_nothing(
    tmp_path: Path,
) -> None:
    with pytest.raises(UnreadableDocument, match="quotation mark"):
        read_text(tmp_path, "p.csv", "Action;Due;Lead", '"Renew;June 2025;B', "C;June 2025;D")


def test_a_file_of_tabs_may_have_quotation_marks_as_words(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "p.tsv", "Action\tDue\tLead", '"Think family" guide\tJune 2025\tB'
    )
    assert only_rows(document)[0].text == '"Think family" guide'


def test_a_csv_that_was_named_txt_is_read_as_one(tmp_path: Path) -> None:
    document = read_text(tmp_path, "plan.txt", "Action,Due,Lead", '"A, B",June 2025,C')
    assert only_rows(document)[0].text == "A, B"


def test_a_comma_that_may_belong_to_a_lead_is_asked_about_and_shown_in_one_line(
    tmp_path: Path,
) -> None:
    document = read_text(
        tmp_path, "plan.csv", "Action;Due;Lead", "A;June 2025;Chair of Learning, Training"
    )
    assert only_rows(document)[0].leads == ("Chair of Learning, Training",)
    problem = only_problem(document)
    assert problem.severity is Severity.MENDED
    assert str(problem).startswith("line 2, lead “Chair of Learning, Training”: The comma")
