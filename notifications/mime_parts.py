"""The parts of an email, put together without reading again what is known to be right.

`EmailMessage.set_content` and its like parse every header that they write, which takes most of the
time of a letter. Here such headers are of our own making and are stored as they are; whoever reads
them gets them parsed as ever. What people wrote goes into a body, or through `one_line`.
"""

from __future__ import annotations

from binascii import b2a_qp
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Final

from notifications.folding import LETTER_POLICY

_QUOTED: Final = "quoted-printable"


def text_part(text: str, subtype: str, **parameters: str) -> EmailMessage:
    """Return a part of text. `parameters` of its content type are plain words, such as a method."""
    part = EmailMessage(policy=LETTER_POLICY)
    more = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    part.set_raw("Content-Type", f'text/{subtype}; charset="utf-8"{more}')
    part.set_raw("Content-Transfer-Encoding", _QUOTED)
    lines = text.replace("\r\n", "\n")
    ended = lines if lines.endswith("\n") else f"{lines}\n"
    part.set_payload(b2a_qp(ended.encode(), istext=True).decode("ascii"))
    return part


def attached(part: EmailMessage, file_name: str) -> EmailMessage:
    """Return a part as a file. `file_name`: letters, digits, full stops and hyphens."""
    part.set_raw("Content-Disposition", f'attachment; filename="{file_name}"')
    return part


def hold(
    message: EmailMessage, subtype: str, parts: Sequence[EmailMessage], boundary: str
) -> EmailMessage:
    """Let a message hold parts. `boundary`: no line of any part may begin with two hyphens and it.

    In quoted-printable "=_" never stands, so one that begins with it is safe.
    """
    message.set_raw("MIME-Version", "1.0")
    message.set_raw("Content-Type", f'multipart/{subtype}; boundary="{boundary}"')
    message.set_payload(list(parts))
    return message
