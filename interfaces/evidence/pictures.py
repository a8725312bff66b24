"""Pictures: PNG and JPEG by their own structure."""

from __future__ import annotations

import struct
from typing import Final

MOST_PIXELS: Final = 250_000_000
"""Twice the largest picture that a telephone takes; a crafted one would fill a viewer's memory."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNK: Final = struct.Struct(">I4s")
_CHECKSUM_BYTES: Final = 4
_PNG_SIZE: Final = struct.Struct(">II")
_PNG_HEADER_BYTES: Final = 13
_JPEG: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"


def is_png(content: bytes) -> bool:
    """Tell whether some bytes are one PNG picture of an honest size, and nothing after it."""
    if not content.startswith(_PNG):
        return False
    at, first = len(_PNG), True
    while at + _PNG_CHUNK.size <= len(content):
        length, kind = _PNG_CHUNK.unpack_from(content, at)
        body = at + _PNG_CHUNK.size
        if first:
            if kind != b"IHDR" or length != _PNG_HEADER_BYTES or body + length > len(content):
                return False
            width, height = _PNG_SIZE.unpack_from(content, body)
            if not 0 < width * height <= MOST_PIXELS:
                return False
        at, first = body + length + _CHECKSUM_BYTES, False
        if kind == b"IEND":
            return bool(at == len(content))
    return False


def is_jpeg(content: bytes) -> bool:
    """Tell whether some bytes are a JPEG picture; telephones add data of theirs after its end."""
    return content.startswith(_JPEG) and _JPEG_END in content[len(_JPEG) :]
