from __future__ import annotations

from interfaces.documents.columns import PlanField
from interfaces.documents.headings import Heading, renamed_lines, renamed_text
from interfaces.documents.reading import document_of
from tests.interfaces.documents.made import only_rows

TRUTH = "Date of truth"
RENAMED = {Heading(None, 1, TRUTH): PlanField.TARGET_DATE}
CSV = f"Action,{TRUTH},Lead\nTrain,June 2026,{TRUTH}\n".encode()


def test_a_heading_is_read_as_what_somebody_says_it_stands_for() -> None:
    [row] = only_rows(document_of("plan.csv", CSV, RENAMED))
    assert (row.target_date_words, row.leads, row.storable) == ("June 2026", (TRUTH,), True)


def test_the_same_words_elsewhere_stay_as_they_are() -> None:
    for elsewhere in (Heading(None, 2, TRUTH), Heading("Plan", 1, TRUTH), Heading(None, 1, "Date")):
        document = document_of("plan.csv", CSV, {elsewhere: PlanField.TARGET_DATE})
        assert only_rows(document)[0].target_date_words == ""


def test_a_line_that_there_is_not_changes_nothing() -> None:
    nowhere = {Heading(None, 99, "x"): PlanField.LEAD, Heading(None, 0, "x"): PlanField.LEAD}
    assert renamed_text("one\ttwo\nthree", nowhere) == "one\ttwo\nthree"
    assert renamed_lines([], None, nowhere) == []


def test_without_names_a_document_is_what_it_was() -> None:
    assert document_of("plan.csv", CSV, {}) == document_of("plan.csv", CSV)
