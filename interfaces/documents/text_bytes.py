"""The text in the bytes of a file, by whichever encoding wrote them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from interfaces.documents.unreadable import UnreadableDocument

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # Excel's "Unicode text"
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, newline, vertical tab, form feed and carriage return occur in honest text.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def text_of(path: Path, content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252, line ends as newlines.

    Raises `UnreadableDocument` for what no text editor wrote.
    """
    text = _decoded(path, content)
    if _BINARY.search(text):
        raise _not_text(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(path: Path, content: bytes) -> str:
    marked = (name for mark, name in _MARKED if content.startswith(mark))
    # Excel in England saves "CSV" in Windows-1252, which is almost never valid UTF-8.
    for encoding in (next(marked, "utf-8"), "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_text(path)


def _not_text(path: Path) -> UnreadableDocument:
    return UnreadableDocument(
        path,
        "Its content is not text.",
        "Save it again as an Excel workbook (.xlsx), as CSV, or as plain text.",
    )
