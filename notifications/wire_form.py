"""The form in which a message goes to a mail server after DATA."""

from __future__ import annotations

import re
from typing import Final

_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


def in_wire_form(message: bytes) -> bytes:
    """Return a message as it follows DATA: dots doubled, and its end marked (RFC 5321, 4.5.2).

    Every line ends with CR and LF, and no other CR or LF is left: some servers would take one for
    the end of the message, and what comes after it for commands.
    """
    ends = message.count(b"\r\n")
    if message.count(b"\n") != ends or message.count(b"\r") != ends:
        message = _LINE_END.sub(b"\r\n", message)
    if not message.endswith(b"\r\n"):
        message += b"\r\n"
    dotted = message.replace(b"\r\n.", b"\r\n..")
    return (b"." if dotted.startswith(b".") else b"") + dotted + b".\r\n"
