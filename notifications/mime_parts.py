"""An email's bytes, put together part by part (RFC 2045 and 2046).

Python's `EmailMessage` parses each header that it is given, and each again when it is written: that
took four fifths of the time of a letter. Here the headers of parts are of our own making and are
written as they are; only what people wrote goes through the library, or through `one_line`.
"""

from __future__ import annotations

from binascii import b2a_qp
from collections.abc import Sequence
from functools import lru_cache


def text_part(
    text: str, subtype: str, *, method: str | None = None, file_name: str | None = None
) -> bytes:
    """Return a part of text, seven bits wide, with its headers.

    `method`: of a calendar. `file_name`: letters, digits, full stops and hyphens; with it the part
    is a file.
    """
    parameters = f'; method="{method}"' if method else ""
    headers = [
        f'Content-Type: text/{subtype}; charset="utf-8"{parameters}',
        "Content-Transfer-Encoding: quoted-printable",
    ]
    if file_name:
        headers.append(f'Content-Disposition: attachment; filename="{file_name}"')
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    quoted = b"".join(map(_quoted_line, lines))
    return _lines(headers) + b"\r\n" + quoted


@lru_cache(maxsize=1_000)
def _quoted_line(line: str) -> bytes:
    """Return a line as quoted-printable; most lines of a page stand in every email."""
    return b2a_qp(line.encode(), istext=True).replace(b"\n", b"\r\n") + b"\r\n"


def multipart(subtype: str, parts: Sequence[bytes], boundary: str) -> bytes:
    """Return a part that holds parts, with its header.

    `boundary` begins with "=_", which stands nowhere in quoted-printable (RFC 2045, 6.7).
    """
    header = _lines([f'Content-Type: multipart/{subtype}; boundary="{boundary}"'])
    limit = f"--{boundary}".encode("ascii")
    held = b"".join(limit + b"\r\n" + part + b"\r\n" for part in parts)
    return header + b"\r\n" + held + limit + b"--\r\n"


def message(headers: Sequence[bytes], body: bytes) -> bytes:
    """Return a whole message. `headers` are folded and end their lines; `body` is a part."""
    return b"".join(headers) + _lines(["MIME-Version: 1.0"]) + body


def header(name: str, value: str) -> bytes:
    """Return a header of our own making: ASCII, and short enough for its lines."""
    return _lines([f"{name}: {value}"])


def _lines(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
