from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interfaces.documents.document import Document
from interfaces.documents.reading import MOST_BYTES, read_document
from interfaces.documents.unreadable import UnreadableDocument
from tests.interfaces.documents.made import HEADER, read_bytes, workbook, workbook_bytes

WORKBOOK = workbook_bytes(workbook([HEADER, ("Neglect", "Renew", "June 2025", "B")]))
SUFFIXES = ["csv", "tsv", "txt", "xlsx", "md", "docx", "pdf", "odd"]
FRAGMENTS = st.sampled_from(
    ["Action", "Target Date", "Lead", "Recommendation", "Implementation", "Area for development",
     "What we did?", "What difference has it made?", "Priority 1: Neglect", "June 2025", "1.",
     "The CSCP to review it.", "It was reviewed.", "and more", "- item", "recommendations:",
     "<p>", "**", '"', ",", ";", "\t", "\n", "\n\n", "--", "Page 3", "12", " "]
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.csv", b"", "empty"),
        ("plan.csv", b" \r\n\t ", "empty"),
        ("plan.csv", b"\x00\x01\x02\x03", "not text"),
        ("plan.txt", b"Action\x07", "not text"),
        ("plan.csv", b"\x81\x8d\xff", "not text"),
        ("plan.pdf", b"%PDF-1.7 ...", "PDF"),
        ("plan.txt", b"%PDF-1.7 ...", "PDF"),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("plan.rtf", b"{\\rtf1 }", "rich text"),
        ("plan.html", b"<html>", r"\.html"),
        ("plan.xlsx", b"no workbook", "not an Excel workbook"),
        ("plan.xlsx", b"PK\x03\x04 torn", "damaged"),
        ("plan.xlsx", WORKBOOK[:-400], "damaged"),
        ("plan.csv", b"Action,Due,Lead\n" + b"x," * 600, "more than 500 cells"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read_bytes(tmp_path, name, content)
    assert refused.value.mend.endswith(".")


def test_a_word_document_and_another_archive_are_told_apart(tmp_path: Path) -> None:
    for part, reason in (("word/document.xml", "Word"), ("readme.txt", "not an Excel")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(part, "<x/>")
        with pytest.raises(UnreadableDocument, match=reason):
            read_bytes(tmp_path, "plan.docx", file.getvalue())


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableDocument, match="no such file"):
            read_document(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableDocument, match="larger than 20 MB"):
        read_document(path)


def test_the_same_bytes_have_the_same_digest_under_any_name(tmp_path: Path) -> None:
    one = read_bytes(tmp_path, "a.csv", b"Action,Due,Lead\nA,June 2025,B")
    other = read_bytes(tmp_path, "b.csv", b"Action,Due,Lead\nA,June 2025,B")
    assert one.sha256 == other.sha256
    assert (one.source, other.source) == ("a.csv", "b.csv")


@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_arbitrary_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    _read_or_refuse(tmp_path_factory, content, suffix)


@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.sampled_from(["csv", "tsv", "txt"]))
@settings(max_examples=300)
def test_any_jumble_of_what_reports_are_made_of_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    _read_or_refuse(tmp_path_factory, text.encode(), suffix)


@given(st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(tmp_path_factory, bytes(content), "xlsx")


@given(st.data())
def test_a_workbook_with_damaged_parts_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as whole, zipfile.ZipFile(file, "w") as torn:
        victim = data.draw(st.sampled_from(whole.namelist()))
        for part in whole.namelist():
            xml = whole.read(part)
            if part == victim:
                start = data.draw(st.integers(0, len(xml)))
                end = data.draw(st.integers(start, len(xml)))
                xml = xml[:start] + data.draw(st.binary(max_size=8)) + xml[end:]
            torn.writestr(part, xml)
    _read_or_refuse(tmp_path_factory, file.getvalue(), "xlsx")


def _read_or_refuse(factory: pytest.TempPathFactory, content: bytes, suffix: str) -> None:
    path = factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(content)
    try:
        document = read_document(path)
    except UnreadableDocument:
        return
    _assert_whole(document)


def _assert_whole(document: Document) -> None:
    """Whatever was read keeps what the types promise."""
    for plan in document.plans:
        for row in plan.rows:
            assert not row.storable or (row.text and row.leads and row.target_date)
    assert all(row.text for table in document.responses for row in table.rows)
    assert all(problem.what and problem.mend for problem in document.problems)
