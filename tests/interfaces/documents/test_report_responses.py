from __future__ import annotations

from pathlib import Path

from interfaces.documents.document import Document, ResponseKind, ResponseTable, Severity
from tests.interfaces.documents.made import only_problem, read_text

HEADER = "Recommendation\tImplementation"
ROW = "The CSCP to renew the guide.\tThe guide was renewed."


def report(folder: Path, *lines: str) -> Document:
    return read_text(folder, "report.txt", *lines)


def only_table(document: Document) -> ResponseTable:
    [table] = document.responses
    return table


def test_a_table_belongs_to_the_heading_above_its_paragraphs(tmp_path: Path) -> None:
    document = report(
        tmp_path,
        "Early Help",
        "",
        "An audit was made of twelve cases, and it found much that was good.",
        "",
        "How have we responded?",
        "",
        "Area for development\tWhat we did?",
        "Voice of the child\tA guide was written.",
    )
    table = only_table(document)
    assert (table.heading, table.kind) == ("Early Help", ResponseKind.AREA_FOR_DEVELOPMENT)
    assert table.impact is None


def test_half_a_sentence_before_a_page_break_is_no_heading(tmp_path: Path) -> None:
    document = report(
        tmp_path, "Early Help", "", "The audit showed good practice", "", "in all cases.", "",
        HEADER, ROW,
    )  # fmt: skip
    assert only_table(document).heading == "Early Help"


def test_a_header_repeated_on_a_new_page_is_the_same_table(tmp_path: Path) -> None:
    document = report(tmp_path, "First review", "", HEADER, ROW, "", HEADER, ROW)
    assert [row.line for row in only_table(document).rows] == [4, 7]
    assert document.problems == ()


def test_tables_of_two_kinds_under_one_heading_stay_apart(tmp_path: Path) -> None:
    document = report(
        tmp_path, "First review", "", HEADER, ROW, "", "Area for development\tWhat we did?", "A\tB"
    )  # fmt: skip
    assert [table.kind for table in document.responses] == [
        ResponseKind.RECOMMENDATION,
        ResponseKind.AREA_FOR_DEVELOPMENT,
    ]


def test_rows_after_a_page_break_are_read_on_only_where_they_must_belong(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, ROW, "", ROW, "", "Course\t204", "Workshop\t130")
    assert [row.line for row in only_table(document).rows] == [2, 4]
    assert only_problem(document).line == 4


def test_a_row_without_an_answer_yet_is_kept(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, "The CSCP to renew the guide.\t", ROW)
    assert [row.narrative for row in only_table(document).rows] == ["", "The guide was renewed."]


def test_the_impact_may_stand_beside_its_question_or_below_it(tmp_path: Path) -> None:
    beside = report(tmp_path, HEADER, ROW, "What difference has it made?\tMore are heard.")
    below = report(
        tmp_path, HEADER, ROW, "", "What difference has it made? (evidence)\t", "",
        "More are heard and", "", "say so.", "", "Next audit", "", "Other words.",
    )  # fmt: skip
    assert only_table(beside).impact == "More are heard."
    assert only_table(below).impact == "More are heard and\nsay so."


def test_a_question_without_an_answer_is_no_impact(tmp_path: Path) -> None:
    document = report(tmp_path, HEADER, ROW, "What difference has it made?\t", "", "Next audit", "")
    assert only_table(document).impact is None


def test_bulleted_areas_below_an_opening_are_rows_without_answers(tmp_path: Path) -> None:
    document = report(
        tmp_path, "Inspection", "", "Areas for development included:", "", "- The first.",
        "- The second", "", "The plan is under way.",
    )  # fmt: skip
    assert [(row.text, row.narrative) for row in only_table(document).rows] == [
        ("The first.", ""),
        ("The second", ""),
    ]


def test_a_numbered_recommendation_that_runs_over_a_line_is_joined(tmp_path: Path) -> None:
    document = report(
        tmp_path, "Recommendations for the Partnership\t", "1.\tThe CSCP should renew",
        "the guide.", "2.\tThe CSCP should train.",
    )  # fmt: skip
    assert [row.text for row in only_table(document).rows] == [
        "The CSCP should renew the guide.",
        "The CSCP should train.",
    ]
    assert only_problem(document).severity is Severity.MENDED


def test_loose_paragraphs_without_the_other_label_are_not_read(tmp_path: Path) -> None:
    document = report(tmp_path, "Recommendation", "", "The CSCP to renew the guide.")
    assert document.responses == ()
    assert document.problems[0].severity is Severity.UNREAD


def test_a_loose_answer_that_looks_like_a_recommendation_begins_a_row(tmp_path: Path) -> None:
    document = report(
        tmp_path, "Recommendation", "", "The CSCP to renew the guide.", "", "Implementation", "",
        "The guide was renewed.", "", "The CSCP to train managers.", "", "Training has begun.",
    )  # fmt: skip
    assert [(row.text, row.narrative) for row in only_table(document).rows] == [
        ("The CSCP to renew the guide.", "The guide was renewed."),
        ("The CSCP to train managers.", "Training has begun."),
    ]
    assert [problem.severity for problem in document.problems] == [Severity.MENDED] * 2


def test_a_loose_paragraph_in_doubt_is_left_to_a_person_and_so_is_what_hangs_on_it(
    tmp_path: Path,
) -> None:
    document = report(
        tmp_path, "Recommendation", "", "The CSCP to renew the guide.", "", "Implementation", "",
        "The guide was renewed.", "", "The CSCP make representation to the Panel.", "",
        "This was done.", "", "The CSCP to train managers.", "", "Training has begun.",
    )  # fmt: skip
    assert [row.line for row in only_table(document).rows] == [3, 13]
    assert only_table(document).rows[0].narrative == "The guide was renewed."
    [doubt] = [each for each in document.problems if each.severity is Severity.UNREAD]
    assert (doubt.line, "Lines 9 to 11" in doubt.what) == (9, True)


def test_interleaved_columns_are_pointed_out_with_their_tail(tmp_path: Path) -> None:
    document = report(
        tmp_path, "First review", "",
        "Recommendation **Implementation** The CSCP The guide to renew was the guide by the",
        "", "Review panel", "", HEADER, ROW,
    )  # fmt: skip
    assert only_table(document).heading == "First review"
    assert "Lines 3 to 5" in only_problem(document).what
