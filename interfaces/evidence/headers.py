"""How a file leaves: as a download, and never as anything that a browser would open by itself."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from events.evidence import FileKind
from events.refs import quoted
from interfaces.evidence.kinds import MEDIA_TYPES
from interfaces.evidence.names import safe_name

_KEPT_AS_IT_IS: Final = "!#$&+^`|~"
"""What RFC 5987 lets stand in a value besides letters, digits and what `quote` keeps."""


def download_headers(name: str, kind: FileKind) -> dict[str, str]:
    """Return the headers of an answer that is a file (RFC 6266, with RFC 8187 for other letters).

    Whatever the bytes are, they cannot act as a page of ours: not shown in place, not guessed at,
    and without any right if something showed them all the same.
    """
    return {
        "Content-Type": MEDIA_TYPES[kind],
        "Content-Disposition": disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
    }


def disposition(name: str) -> str:
    """Return the value of Content-Disposition for a name."""
    safe = safe_name(name)
    plain = "".join(one if one.isascii() and one not in '"\\%;' else "_" for one in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, _KEPT_AS_IT_IS)}"


def name_given_out(ref: str, name: str) -> str:
    """Return under which name a file is given out: with its reference, to find it again by."""
    return f"{quoted(ref)} {name}"
