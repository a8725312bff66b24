"""Word, Excel and PowerPoint files: archives that are looked into, and hardly unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from events.evidence import FileKind
from interfaces.evidence.refusing import FileRefused

MOST_PARTS: Final = 5_000
"""Parts of an archive beyond which it is no document of a person's."""

MOST_UNPACKED_BYTES: Final = 300_000_000
"""What a document may come to once it is unpacked."""

MOST_TIMES: Final = 100
"""By how much a document may grow when it is unpacked; text shrinks to a tenth, hardly further."""

_FREE_TO_GROW_BYTES: Final = 10_000_000
_TYPES: Final = "[Content_Types].xml"
_MOST_TYPES_BYTES: Final = 2_000_000
_MAIN: Final = {
    FileKind.DOCX: "word/document.xml",
    FileKind.XLSX: "xl/workbook.xml",
    FileKind.PPTX: "ppt/presentation.xml",
}
_ENCRYPTED: Final = 0x1
_BEGINNING: Final = b"PK\x03\x04"
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError),
    *(ValueError, KeyError, IndexError, RuntimeError),
)
_AGAIN: Final = "Open it in Office, and save it again without a password."


def require_plain_office(name: str, content: bytes, kind: FileKind) -> None:
    """Check that a file is a document of a kind, of an honest size, without programs in it.

    Raises `FileRefused`.
    """
    if not content.startswith(_BEGINNING):
        raise FileRefused(name, f"it is no .{kind.value} file, or was damaged.", _AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _require_honest_size(name, parts, len(content))
            _require_sound_parts(name, parts, kind)
            # `zipfile` never unpacks more of a part than the size that is stated.
            types = archive.read(_TYPES)
    except _DAMAGE as problem:
        raise FileRefused(name, "it is damaged, or has a password.", _AGAIN) from problem
    _require_no_programs(name, parts, types)


def _require_honest_size(name: str, parts: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    unpacked_bytes = sum(part.file_size for part in parts)
    grows = unpacked_bytes > _FREE_TO_GROW_BYTES and unpacked_bytes > packed_bytes * MOST_TIMES
    if len(parts) > MOST_PARTS or unpacked_bytes > MOST_UNPACKED_BYTES or grows:
        raise FileRefused(
            name,
            "it is small as a file, but far too large once it is unpacked.",
            "Copy what matters into a new document, or save it as PDF.",
        )


def _require_sound_parts(name: str, parts: list[zipfile.ZipInfo], kind: FileKind) -> None:
    names = [part.filename for part in parts]
    sizes = {part.filename: part.file_size for part in parts}
    is_whole = _MAIN[kind] in names and sizes.get(_TYPES, _MOST_TYPES_BYTES) < _MOST_TYPES_BYTES
    if not is_whole:
        raise FileRefused(name, f"its content is not that of a .{kind.value} file.", _AGAIN)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileRefused(name, "it has a password.", _AGAIN)
    if len(set(names)) < len(names) or any(map(_leads_elsewhere, names)):
        raise FileRefused(name, "no program of Office made it.", _AGAIN)


def _require_no_programs(name: str, parts: list[zipfile.ZipInfo], types: bytes) -> None:
    lowered = [part.filename.lower() for part in parts]
    has_macros = any(
        "vbaproject" in one or "/macrosheets/" in one or "/activex/" in one for one in lowered
    )
    # No Office writes its types in UTF-16, where the word would not be found.
    if has_macros or b"macroenabled" in types.lower() or b"\0" in types:
        raise FileRefused(
            name,
            "it holds macros, which are programs.",
            "Save it without macros (.docx, .xlsx, .pptx), or as PDF.",
        )


def _leads_elsewhere(part: str) -> bool:
    return part.startswith("/") or "\\" in part or ".." in part.split("/") or ":" in part
