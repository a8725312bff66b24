"""Honest files, and files that somebody made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

PDF: Final = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
JPEG: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"
TEXT: Final = "Who came: all agencies – 84 people.\n".encode()
CSV: Final = b'name,hours\n=HYPERLINK("http://example.org"),2\n'
EMAIL: Final = (
    b"From: lead@example.org\nTo: chair@example.org\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n"
    b"Subject: Minutes\n\nThe minutes are agreed.\n"
)
SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM: Final = b"MZ\x90\x00" + b"\x00" * 60
MAIN: Final = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
TYPES: Final = "[Content_Types].xml"


def office(kind: str = "docx", types: bytes = b"<Types/>", **parts: bytes) -> bytes:
    """Return an Office file; `parts` are added under names in which __ stands for a slash."""
    return archive({TYPES: types, MAIN[kind]: b"<document/>"} | _named(parts))


def archive(parts: dict[str, bytes]) -> bytes:
    """Return an archive of some parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return packed.getvalue()


def png(width: int = 1, height: int = 1, after: bytes = b"") -> bytes:
    """Return a picture that says how large it is, with something behind it."""
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    chunks = _chunk(b"IHDR", size) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks + after


def email_with(name: str) -> bytes:
    """Return an email on which a file of a name hangs."""
    head = EMAIL.partition(b"\n\n")[0]
    return head + (
        b'\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b'Content-Disposition: attachment; filename="' + name.encode() + b'"\n\nAAAA\n--b--\n'
    )


def encrypted() -> bytes:
    """Return an Office file of which every part says that it has a password."""
    content = bytearray(office())
    at = content.find(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def _named(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("__", "/"): content for name, content in parts.items()}
