"""What people choose and what cannot be read so: said beside its cell, with the mend, and kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from interfaces.documents.columns import PlanField
from interfaces.web.files.file_paths import MOST_IMPORT_BYTES
from interfaces.web.importing.carried import MOST_DOCUMENT_BYTES, MOST_ROWS, Carried, NoDocument
from tests.interfaces.documents.made import HEADER, workbook, workbook_bytes
from tests.interfaces.importing.made_plans import plan_file
from tests.interfaces.web.browsing import OURS, Browser, Pages, words_of
from tests.interfaces.web.importing.sheets import MANAGER, Sheet, size

NEGLECT = "1. Neglect"
HARD = (
    (NEGLECT, "Train every school", "31 February 2026", "Business Manager"),
    (NEGLECT, "Draw a map", "ASAP", "Business Manager"),
    (NEGLECT, "Ask families", "June 2026", ""),
    (NEGLECT, "Ask children", "June 2026", "TBC"),
    (NEGLECT, "", "June 2026", "Business Manager"),
    (NEGLECT, "Publish it", "June 2026", "Business Manager"),
)


@pytest.fixture
def manager(pages: Pages) -> Browser:
    """Return a browser in which the business manager is signed in."""
    return pages.signed_in(MANAGER)


def refused(browser: Browser, name: str, content: bytes) -> str:
    files = {"file": (name, content, "application/octet-stream")}
    answer = browser.client.post("/import", files=files, headers=OURS)
    assert answer.status_code == 422
    return words_of(answer.text)


def test_every_hard_row_says_what_is_wrong_beside_its_cell(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", Path(plan_file(tmp_path, HARD)).read_bytes())
    assert "6 rows 1 new 5 to be mended" in sheet.words
    for name, told in (
        ("target-date-0", "February 2026 has 28 days"),
        ("target-date-1", "The target date is not clear"),
        ("lead-2", "Nobody is named as lead"),
        ("lead-3", "Nobody is named as lead"),
        ("action-4", "The row does not say what is to be done"),
    ):
        error = sheet.answer.text.partition(f'id="field-{name}-error"')[2].partition("</p>")[0]
        assert told in error, (name, error)
    before = size(pages)
    assert sheet.store().status_code == 422
    assert "Mend or leave out 5 rows first" in sheet.words
    assert size(pages) == before


def test_hard_rows_are_mended_or_left_out_and_the_rest_is_stored(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", Path(plan_file(tmp_path, HARD)).read_bytes())
    sheet.correct(0, PlanField.TARGET_DATE, "28 February 2026")
    sheet.correct(1, PlanField.TARGET_DATE, "as soon as we can")
    sheet.correct(2, PlanField.LEAD, "Independent Scrutineer")
    sheet.fill(out=["5:", "6:"])
    assert sheet.store().status_code == 200
    assert sheet.fields["target-date-1"] == ["as soon as we can"]
    assert sheet.store().status_code == 422
    assert "Mend or leave out one row first" in sheet.words
    sheet.correct(1, PlanField.TARGET_DATE, "spring 2026")
    sheet.check()
    assert "4 actions added" in sheet.stored()
    assert len(pages.partnership.view().all("actions")) == 6


def test_an_unknown_column_is_pointed_out_and_left_out(pages: Pages, manager: Browser) -> None:
    content = b"Action,Deadlin,Target Date,Lead\nTrain,x,June 2026,Business Manager\n"
    sheet = Sheet.of(manager, "plan.csv", content)
    assert "Wrong with the document itself" in sheet.words
    assert "The column “Deadlin” line 1 This column is not known. Did you mean" in sheet.words
    before = size(pages)
    assert sheet.store().status_code == 422
    assert "what is bad about the document as a whole" in sheet.words
    assert size(pages) == before
    sheet.fill(skip="yes")
    assert "1 action added" in sheet.stored()


@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx"])
def test_an_unknown_column_is_named_and_read(manager: Browser, kind: str) -> None:
    rows = [("Action", "Date of truth", "Lead"), ("Train", "June 2026", "Business Manager")]
    if kind == "xlsx":
        content = workbook_bytes(workbook(rows))
    else:
        between = "\t" if kind == "txt" else ","
        content = "\n".join(between.join(row) for row in rows).encode()
    sheet = Sheet.of(manager, f"plan.{kind}", content)
    assert "The table has no column for the target date" in sheet.words
    sheet.fill(column_0="target date")
    sheet.check()
    assert "1 row 1 new" in sheet.words
    assert "June 2026 due 30 June 2026" in sheet.words
    assert sheet.fields["column-0"] == ["target date"]
    assert "1 action added" in sheet.stored()


def test_a_column_that_is_not_there_is_filled_in_row_by_row(manager: Browser) -> None:
    sheet = Sheet.of(manager, "plan.csv", b"Action,Lead\nTrain,Business Manager\n")
    assert "The table has no column for the target date" in sheet.words
    sheet.correct(0, PlanField.TARGET_DATE, "June 2026")
    sheet.fill(skip="yes")
    sheet.check()
    assert "1 row 1 new" in sheet.words
    assert "1 action added" in sheet.stored()


def test_a_cell_under_no_heading_is_dropped_and_its_row_taken(manager: Browser) -> None:
    content = b"Action,Target Date,Lead\nTrain,June 2026,Business Manager,a remark\n"
    sheet = Sheet.of(manager, "plan.csv", content)
    assert "This cell stands under no heading" in sheet.words
    sheet.fill(stray_0="yes")
    sheet.check()
    assert "1 row 1 new" in sheet.words
    assert "1 action added" in sheet.stored()


def test_a_recommendation_is_reworded_and_a_stray_cell_of_it_dropped(
    pages: Pages, manager: Browser
) -> None:
    lines = (
        "Review of neglect,,",
        "Recommendation,What we did,",
        "Train evrybody,We did,stray",
        "Draw a map,,",
        "Draw a map,,",
    )
    sheet = Sheet.of(manager, "review.csv", "\n".join(lines).encode())
    assert "1 to be mended" in sheet.words
    assert "This cell stands under no heading" in sheet.words
    assert "line 5 Stands further up" in sheet.words
    sheet.fill(stray_r0="yes", recommendation_r0="Train everybody", recommendation_r1=" ")
    sheet.check()
    assert "Train everybody Review of neglect" in sheet.words
    assert "The row has no recommendation in it" in sheet.words
    assert sheet.store().status_code == 422
    sheet.fill(out="4:")
    assert "2 recommendations added" in sheet.stored()
    rows = pages.partnership.view().all("recommendations").values()
    assert [row["text"] for row in rows] == ["Train everybody", "Draw a map"]


def test_a_formula_whose_result_was_not_saved_is_typed_in(manager: Browser) -> None:
    rows = [HEADER, (NEGLECT, "Train", "=B1", "Business Manager")]
    sheet = Sheet.of(manager, "plan.xlsx", workbook_bytes(workbook(rows)))
    assert "Plan, row 2" in sheet.words
    assert "a formula whose result was not saved" in sheet.words
    sheet.correct(0, PlanField.TARGET_DATE, "June 2026")
    sheet.check()
    assert "1 row 1 new" in sheet.words
    assert "1 action added" in sheet.stored()


def test_a_workbook_that_would_not_stay_small_is_not_opened(manager: Browser) -> None:
    file = io.BytesIO(workbook_bytes(workbook([HEADER])))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b" " * 30_000_000)
    assert "far too large once it is unpacked" in refused(manager, "plan.xlsx", file.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("", b"", "Choose a document first"),
        ("plan.pdf", b"%PDF-1.7", "It is a PDF"),
        ("plan.html", b"<html>", "Files that end in .html are not read"),
        ("plan.csv", b" ", "It is empty"),
        ("plan.csv", b"\x00\x01", "not text"),
        ("pl\u202ean.csv", b"Action", "cannot be written down"),
        ("plan.csv", b"x" * 5_000_000, "plan.csv is larger than 2 MB"),
        ("plan.csv", b"Action,Due,Lead\n" + b"a,b,c\n" * (MOST_ROWS + 1), "1,001 rows"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(
    manager: Browser, name: str, content: bytes, told: str
) -> None:
    assert told in refused(manager, name, content)


def test_nothing_chosen_and_nothing_sent_ask_for_a_document(manager: Browser) -> None:
    for path in ("/import", "/import/check", "/import/store"):
        answer = manager.post(path)
        assert answer.status_code == 422
        assert "Choose a document first" in words_of(answer.text)


def test_a_document_without_any_table_says_what_is_looked_for(manager: Browser) -> None:
    assert "there is no table of actions" in refused(manager, "letter.txt", b"Dear all,\n\nBye.\n")


def test_more_than_any_document_is_not_taken_in_at_all(manager: Browser) -> None:
    answer = manager.client.post("/import", content=b"x" * (MOST_IMPORT_BYTES + 1), headers=OURS)
    assert answer.status_code == 413
    assert "this form takes 6.0 MB at most" in answer.text


def test_a_document_that_did_not_come_whole_is_asked_for_again(manager: Browser) -> None:
    for letters in ("!", "abc", "QUJD", "x" * 2_000):
        answer = manager.post("/import/check", {"name": "plan.csv", "document": letters})
        assert answer.status_code == 422
        assert "Choose it once more" in words_of(answer.text)


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    bomb = Carried("plan.csv", b"x" * (MOST_DOCUMENT_BYTES + 1)).letters
    with pytest.raises(NoDocument, match="larger than 2 MB"):
        Carried.of_letters("plan.csv", bomb)


ODD: tuple[dict[str, str | list[str]], ...] = (
    {"role-0": "role-99"},
    {"role-title-0": "x" * 500},
    {"role-title-0": "..."},
    {"plan-title-0": "x" * 50_000},
    {"action-0": "x" * 30_000},
    {"plan-0": "plan-99"},
    {"plan-0": "nonsense"},
    {"out": ["", "x:y", "9" * 5_000, "-1:"]},
    {"cancel": "action-1"},
    {"priority-0": "Priority 9999: x"},
    {"target-date-0": "9" * 3_000},
    {"heading-0": "9:\nLead", "column-0": "action"},
    {"command_id": "no id"},
    {"without": "everything"},
)


def test_a_title_of_many_pages_is_refused_in_words(manager: Browser, tmp_path: Path) -> None:
    sheet = Sheet.of(manager, "plan.csv", Path(plan_file(tmp_path)).read_bytes())
    sheet.fill(plan_title_0="x" * 50_000)
    sheet.check()
    assert sheet.store().status_code == 422
    assert "Nothing was stored. It is too long. Shorten it" in sheet.words


def test_whatever_comes_with_the_form_is_answered_in_words(
    manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", Path(plan_file(tmp_path)).read_bytes())
    for given in ODD:
        for path in ("/import/check", "/import/store"):
            answer = manager.post(path, {**sheet.fields, **given})
            assert answer.status_code in {200, 303, 409, 422}, (given, answer.text)
