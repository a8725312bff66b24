from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import Correction, corrected, written
from interfaces.documents.document import Document
from tests.interfaces.documents.made import only_problem, only_rows, read_text

HEADER = "Priority,Action,Target Date,Lead,Success measure,Progress"


def a_plan(folder: Path, *rows: str) -> Document:
    return read_text(folder, "plan.csv", HEADER, *rows)


def at(line: int, **cells: str) -> dict[tuple[str | None, int], Correction]:
    return {(None, line): Correction({PlanField[name.upper()]: of for name, of in cells.items()})}


def test_without_corrections_a_document_is_what_it_was(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,June 2026,Business Manager,,")
    assert corrected(document, {}) is document


def test_a_corrected_cell_is_read_as_if_the_document_had_said_so(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,31 February 2026,TBC,,")
    assert not only_rows(document)[0].storable
    after = corrected(document, at(2, target_date="28 February 2026", lead="A; B"))
    whole = a_plan(tmp_path, "2. Neglect,Train,28 February 2026,A; B,,")
    assert only_rows(after) == only_rows(whole)
    assert after.problems == ()
    assert (after.source, after.sha256) == (document.source, document.sha256)


def test_a_correction_that_is_wrong_too_says_so(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,June 2026,Business Manager,,")
    for cells, told in (
        ({"target_date": "ASAP"}, "target date"),
        ({"lead": ""}, "lead"),
        ({"action": " "}, "action"),
    ):
        after = corrected(document, at(2, **cells))
        assert only_problem(after).field == told
        assert not only_rows(after)[0].storable


def test_the_other_rows_stay_as_they_are(tmp_path: Path) -> None:
    rows = ("2. Neglect,Train,ASAP,B,,", "2. Neglect,Draw,ASAP,B,,")
    document = a_plan(tmp_path, *rows)
    after = corrected(document, at(2, target_date="June 2026"))
    assert only_problem(after).line == 3
    assert only_rows(after)[1] == only_rows(document)[1]


def test_a_cell_under_no_heading_is_dropped_where_somebody_says_so(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,June 2026,B,,,a remark")
    assert only_problem(document).field == "column"
    after = corrected(document, {(None, 2): Correction(drops_stray=True)})
    assert after.problems == ()
    assert only_rows(after)[0].storable


def test_a_priority_is_taken_away_or_named_anew(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,June 2026,B,,")
    [without] = only_rows(corrected(document, at(2, priority="")))
    assert (without.priority, without.priority_number) == (None, None)
    [other] = only_rows(corrected(document, at(2, priority="Priority 3: The system")))
    assert (other.priority, other.priority_number) == ("The system", 3)


def test_what_a_conversion_leaves_is_cleaned_in_corrections_too(tmp_path: Path) -> None:
    document = a_plan(tmp_path, "2. Neglect,Train,June 2026,B,,")
    [row] = only_rows(corrected(document, at(2, action="<b>Train</b>\nall", measure="a<br>b")))
    assert (row.text, row.measure) == ("Train all", "a\nb")


@pytest.mark.parametrize("of", [*PlanField])
def test_every_cell_as_it_is_shown_is_read_to_the_same(tmp_path: Path, of: PlanField) -> None:
    header = "Ref,Priority,Recommendation,Action,Target Date,Lead,Success measure,Status,Progress"
    cells = '7,2. Neglect,R1 of it,Train,June 2026,"A; Chair of B",All know,Green,Begun'
    document = read_text(tmp_path, "plan.csv", header, cells)
    [row] = only_rows(document)
    shown = written(row, of)
    assert shown
    assert only_rows(corrected(document, {(None, 2): Correction({of: shown})})) == (row,)
