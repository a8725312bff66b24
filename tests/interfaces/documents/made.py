"""Documents of the tests' own making, written to a folder and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.documents.document import Document, PlanRow, Problem
from interfaces.documents.reading import read_document

HEADER = ("Priority", "Action", "Target Date", "Lead")


def read_bytes(folder: Path, name: str, content: bytes) -> Document:
    """Write a file and read it as a document."""
    path = folder / name
    path.write_bytes(content)
    return read_document(path)


def read_text(folder: Path, name: str, *lines: str) -> Document:
    """Write lines in UTF-8 and read them as a document."""
    return read_bytes(folder, name, "\n".join(lines).encode())


def workbook(rows: Iterable[Sequence[object]], title: str = "Plan") -> openpyxl.Workbook:
    """Make a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = first_sheet(book)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book


def first_sheet(book: openpyxl.Workbook) -> Worksheet:
    """Give the sheet that every new workbook has."""
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook as saved."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_workbook(folder: Path, book: openpyxl.Workbook) -> Document:
    """Save a workbook and read it as a document."""
    return read_bytes(folder, "plan.xlsx", workbook_bytes(book))


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Change the bytes of one part of a workbook."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w") as after:
        for part in before.namelist():
            xml = before.read(part)
            if part == name:
                assert old in xml
                xml = xml.replace(old, new)
            after.writestr(part, xml, zipfile.ZIP_DEFLATED)
    return changed.getvalue()


def only_rows(document: Document) -> tuple[PlanRow, ...]:
    """Give the rows of the one plan of a document."""
    [plan] = document.plans
    return plan.rows


def only_problem(document: Document) -> Problem:
    """Give the one problem of a document."""
    [problem] = document.problems
    return problem
