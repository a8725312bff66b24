"""One way in: a path becomes a document, whatever kind of file it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from interfaces.documents.delimited import delimited_lines, looks_delimited
from interfaces.documents.document import Document, Problem, Severity
from interfaces.documents.headings import Renamed, renamed_lines, renamed_text
from interfaces.documents.report_text import read_report
from interfaces.documents.sheets import SheetReading, read_sheet
from interfaces.documents.text_bytes import text_of
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.documents.workbooks import SheetLines, workbook_sheets

MOST_BYTES = 20_000_000
"""A file larger than this is refused unread; the real ones have a few hundred kilobytes."""

_REFUSED_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF",
        "It is a PDF, which holds no rows that can be read safely.",
        "Save its text as .txt, or copy the table into a workbook.",
    ),
    (
        b"\xd0\xcf\x11\xe0",  # the container of old Office files, and of encrypted new ones
        "It is an old Office file (.doc, .xls), or protected by a password.",
        "Remove the password, and save it as .xlsx (a workbook) or .txt (a report).",
    ),
    (
        b"{\\rtf",
        "It is a rich text file (.rtf).",
        "Save it as plain text (.txt).",
    ),
)
_DELIMITED = {".csv", ".tsv", ".tab"}
_TEXT = {".txt", ".text", ".md", ""}
_WORKBOOK = {".xlsx", ".xlsm"}


def read_document(path: Path) -> Document:
    """Read a plan or a report: csv, tsv, xlsx, or the text of a report.

    Reads only. Raises `UnreadableDocument` for a file that is missing, empty, too large,
    damaged, protected or of another kind; everything smaller is a problem in the result.
    """
    return document_of(path.name, _content(path))


def document_of(name: str, content: bytes, renamed: Renamed | None = None) -> Document:
    """Read what a file of this name holds. Raises `UnreadableDocument` as `read_document` does.

    `renamed`: which columns stand under headings that are not known.
    """
    path = Path(name)
    _refuse_unknown(path, content)
    reading = _read(path, content, renamed or {})
    return Document(
        source=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        plans=tuple(reading.plans),
        responses=tuple(reading.responses),
        problems=tuple(reading.problems),
    )


def _content(path: Path) -> bytes:
    """The bytes of the file, and one more than are taken where there are too many."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = "There is no such file, or it may not be opened."
        raise UnreadableDocument(path, reason, "Check the name and its folder.") from error


def _refuse_unknown(path: Path, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        reason = f"It is larger than {MOST_BYTES // 1_000_000} MB."
        raise UnreadableDocument(path, reason, "Copy the plan alone into a new file.")
    if not content.strip():
        raise UnreadableDocument(path, "It is empty.", "Check that it was saved.")
    for start, reason, mend in _REFUSED_STARTS:
        if content.startswith(start):
            raise UnreadableDocument(path, reason, mend)


def _read(path: Path, content: bytes, renamed: Renamed) -> SheetReading:
    suffix = path.suffix.lower()
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(workbook_sheets(path, content), renamed)
    if suffix not in _DELIMITED | _TEXT | _WORKBOOK:
        raise UnreadableDocument(
            path,
            f"Files that end in {suffix} are not read.",
            "Save it as .xlsx, .csv, .tsv or .txt.",
        )
    text = text_of(path, content)
    if suffix in _WORKBOOK and not looks_delimited(text):
        raise UnreadableDocument(
            path, "It is not an Excel workbook.", "Open it in Excel and save it as .xlsx."
        )
    if suffix in _TEXT and not looks_delimited(text):
        return read_report(renamed_text(text, renamed), path.stem)
    lines = renamed_lines(delimited_lines(path, text), None, renamed)
    return read_sheet(lines, path.stem)


def _of_workbook(sheets: Iterable[SheetLines], renamed: Renamed) -> SheetReading:
    whole = SheetReading()
    for sheet in sheets:
        if sheet.hidden:
            whole.problems += [_hidden(sheet)] if sheet.lines else []
            continue
        lines = renamed_lines(sheet.lines, sheet.name, renamed)
        part = read_sheet(lines, sheet.name, sheet.name)
        whole.plans += part.plans
        whole.responses += part.responses
        whole.problems += part.problems
    return whole


def _hidden(sheet: SheetLines) -> Problem:
    what = "The sheet is hidden and was not read."
    mend = "If it holds actions of this plan, show the sheet and save the workbook."
    return Problem(sheet.lines[0].number, "sheet", "", what, mend, Severity.UNREAD, sheet.name)
