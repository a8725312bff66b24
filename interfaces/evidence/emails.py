"""Emails that were saved as files (RFC 5322), with what is attached to them."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from interfaces.evidence.names import ending_of, safe_name

_ATTACHABLE: Final = frozenset(
    {
        *("pdf", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "gif", "txt", "csv", "ics"),
        *("doc", "xls", "ppt", "rtf", "odt", "eml", "vcf", "heic", "webp", "p7s", "asc"),
    }
)
"""What may hang on an email that is evidence: nothing that is a program by its name."""

_NEEDED: Final = ("from", "date")
_MOST_PARTS: Final = 200
_BEGINNING_BYTES: Final = 200


def is_email(content: bytes) -> bool:
    """Tell whether some bytes are an email as a mail program saves it, without programs on it."""
    beginning = content[:_BEGINNING_BYTES].lstrip()
    if b"\0" in content or not beginning or beginning.startswith((b"<", b"%", b"#!", b"MZ")):
        return False
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
        if any(message[name] is None for name in _NEEDED):
            return False
        parts = list(message.walk())
        names = [part.get_filename() for part in parts]
    except Exception:  # noqa: BLE001 - the standard library lets its own faults out
        return False
    return len(parts) <= _MOST_PARTS and all(map(_may_hang, filter(None, names)))


def _may_hang(name: str) -> bool:
    return ending_of(safe_name(name)) in _ATTACHABLE
