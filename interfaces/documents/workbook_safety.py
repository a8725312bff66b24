"""What is checked in a workbook before it is opened, so that a small file stays small."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

from interfaces.documents.unreadable import UnreadableDocument

MOST_UNPACKED_BYTES = 25_000_000
"""Unpacked size beyond which a workbook is not opened; that of a plan is well below 1 MB."""

MOST_SPANNED_CELLS = 200_000
"""Cells inside merged areas and links; openpyxl makes an object of every one of them."""

# Whatever openpyxl meets in a damaged file: it checks little and lets Python's own errors out.
DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile,
    zipfile.LargeZipFile, zlib.error,
)  # fmt: skip

_SPANNING_TAG = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]{0,1000}>")
_REF = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)[\"']")


def refuse_unsafe(path: Path, content: bytes) -> None:
    """Raise `UnreadableDocument` for what is no workbook, is damaged, or would not stay small."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_other_archives(path, archive)
            # `zipfile` never unpacks more of a part than the size that is stated here.
            size = sum(part.file_size for part in archive.infolist())
            if size > MOST_UNPACKED_BYTES or _spanned_cells(archive) > MOST_SPANNED_CELLS:
                raise UnreadableDocument(
                    path,
                    "The workbook is small as a file, but far too large once it is unpacked.",
                    "Copy the plan alone into a new workbook and save that.",
                )
    except DAMAGE as error:
        raise damaged(path) from error


def damaged(path: Path) -> UnreadableDocument:
    """The refusal of a workbook that does not open."""
    return UnreadableDocument(
        path,
        "The workbook is damaged or protected.",
        "Open it in Excel, remove any password, and save it again as .xlsx.",
    )


def _refuse_other_archives(path: Path, archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "word/document.xml" in names:
        raise UnreadableDocument(
            path, "It is a Word document.", "Save it as plain text (.txt) first."
        )
    if "xl/workbook.xml" not in names:
        raise UnreadableDocument(
            path, "It is not an Excel workbook.", "Save it as .xlsx, .csv, .tsv or .txt."
        )


def _spanned_cells(archive: zipfile.ZipFile) -> int:
    """The cells in all areas that openpyxl would fill; raises ValueError for a hidden one."""
    total = 0
    for part in archive.infolist():
        if part.file_size > MOST_UNPACKED_BYTES or not part.filename.endswith((".xml", ".rels")):
            continue
        xml = archive.read(part)
        if b"\0" in xml or b"<!DOCTYPE" in xml:  # no workbook has UTF-16 parts, or entities
            raise ValueError(part.filename)
        refs = (_REF.search(tag) for tag in _SPANNING_TAG.findall(xml))
        total += sum(_area(ref.group(1).decode()) for ref in refs if ref)
    return total


def _area(ref: str) -> int:
    first_column, first_row, last_column, last_row = range_boundaries(ref)
    if first_column is None or first_row is None or last_column is None or last_row is None:
        return MOST_SPANNED_CELLS + 1
    return (last_column - first_column + 1) * (last_row - first_row + 1)
