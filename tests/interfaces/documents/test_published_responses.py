from __future__ import annotations

from interfaces.documents.document import ResponseKind, Severity
from tests.interfaces.documents.published import (
    ANNUAL_REPORT,
    BOARD_PACK,
    lines_of,
    problem_at,
    published,
    responses_under,
)

RECOMMENDATION = ResponseKind.RECOMMENDATION
AREA = ResponseKind.AREA_FOR_DEVELOPMENT


def test_the_annual_report_holds_two_audits_and_a_review() -> None:
    tables = published(ANNUAL_REPORT).responses
    assert [(table.kind, table.heading, len(table.rows)) for table in tables] == [
        (AREA, "Child Sexual Abuse", 3),
        (AREA, "Working Together 2023 Self-Assessment Health Check", 5),
        (RECOMMENDATION, "Serious Youth Violence Thematic Learning Review", 4),
    ]


def test_the_board_pack_holds_two_reviews() -> None:
    # Each stands under one word, the name that its review gave to a child.
    reviews = published(BOARD_PACK).responses[:2]
    assert [(table.kind, table.rows[0].line, len(table.rows)) for table in reviews] == [
        (RECOMMENDATION, 934, 14),
        (RECOMMENDATION, 1013, 5),
    ]
    assert [len(table.heading.split()) for table in reviews] == [1, 1]
    assert reviews[0].heading != reviews[1].heading


def test_the_board_pack_holds_three_audits_an_inspection_and_the_themes() -> None:
    tables = published(BOARD_PACK).responses[2:]
    assert [(table.kind, table.heading, len(table.rows)) for table in tables] == [
        (AREA, "Early Help", 4),
        (AREA, "Domestic Abuse", 8),
        (AREA, "Serious Youth Violence", 7),
        (AREA, "Joint Targeted Area Inspection", 5),
        (AREA, "Key themes", 6),
    ]


def test_what_difference_it_made_belongs_to_the_table_above() -> None:
    with_impact = {
        table.heading: table.impact for table in published(ANNUAL_REPORT).responses if table.impact
    }
    assert list(with_impact) == [
        "Child Sexual Abuse",
        "Working Together 2023 Self-Assessment Health Check",
    ]
    assert "<p>" not in "".join(with_impact.values())
    assert with_impact["Child Sexual Abuse"].endswith("appropriately.")


def test_paragraph_tags_part_the_paragraphs_of_an_answer() -> None:
    table = responses_under(published(ANNUAL_REPORT), "Child Sexual Abuse")
    assert [row.narrative.count("\n") + 1 for row in table.rows] == [3, 2, 1]
    assert not [row for row in table.rows if "<" in row.narrative]


def test_a_numbered_list_of_recommendations_has_no_answers_and_no_numbers() -> None:
    table = responses_under(
        published(ANNUAL_REPORT), "Serious Youth Violence Thematic Learning Review"
    )
    assert [row.line for row in table.rows] == [512, 513, 514, 515]
    assert [row.narrative for row in table.rows] == ["", "", "", ""]
    assert all(row.text.startswith("The Coventry") for row in table.rows)


def test_lines_that_begin_with_a_tab_go_on_with_the_answer_above() -> None:
    pack = published(BOARD_PACK)
    table = responses_under(pack, "Serious Youth Violence")
    [curious] = [row for row in table.rows if row.line == 1097]
    assert curious.narrative.count("\n") == 4
    assert "Lines 1098 to 1101" in problem_at(pack, 1097).what


def test_a_table_under_an_unreadable_header_is_read_by_its_rows() -> None:
    pack = published(BOARD_PACK)
    rows = {row.line: row for row in pack.responses[0].rows}
    assert all(rows[line].narrative for line in (934, 935, 936))
    assert problem_at(pack, 933).severity is Severity.MENDED


def test_loose_paragraphs_become_rows_where_labels_and_sentences_leave_no_doubt() -> None:
    pack = published(BOARD_PACK)
    rows = {row.line: row for row in pack.responses[0].rows}
    paragraphs = {line: len(rows[line].narrative.split("\n")) for line in rows if 938 < line < 1000}
    assert paragraphs == {942: 1, 948: 1, 954: 3, 972: 4, 986: 2, 992: 1, 996: 1}
    assert {problem_at(pack, line).severity for line in paragraphs} == {Severity.MENDED}


def test_the_torn_off_end_of_a_recommendation_is_put_back() -> None:
    pack = published(BOARD_PACK)
    [row] = [row for row in pack.responses[0].rows if row.line == 942]
    assert row.text.endswith("support and challenge.")
    assert "lines 940 to 946" in problem_at(pack, 942).what


def test_doubtful_paragraphs_and_interleaved_columns_are_reported_and_never_guessed() -> None:
    pack = published(BOARD_PACK)
    assert lines_of(pack, Severity.UNREAD) == [964, 1018, 1020]
    assert "Lines 964 to 970" in problem_at(pack, 964).what
    assert "Lines 1020 to 1022" in problem_at(pack, 1020).what
    read = {row.line for table in pack.responses for row in table.rows}
    assert not read & {964, 966, 968, 970, 1018, 1020, 1022}


def test_lists_whose_items_cannot_be_told_apart_are_pointed_out() -> None:
    assert lines_of(published(ANNUAL_REPORT), Severity.UNREAD) == [343, 382, 421]


def test_nothing_else_in_either_document_is_complained_about() -> None:
    assert lines_of(published(ANNUAL_REPORT), Severity.MENDED) == []
    assert lines_of(published(BOARD_PACK), Severity.MENDED) == [
        933, 942, 948, 954, 972, 986, 992, 996, 1097, 1185,
    ]  # fmt: skip
