"""What a mail server's reply means for an email: refused for now, for good, or nobody knows."""

from __future__ import annotations

import re
from typing import Final

from notifications.addresses import one_line

CLOSING: Final = 421
"""The server closes the connection; about the message it says nothing."""

LONGEST_REPLY: Final = 500
"""So many characters of a reply are kept."""

_AGAINST_US: Final = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
"""Codes that speak of our commands and our right to send (RFC 5321, 4.2.2; RFC 4954, 6)."""

# The class of security and policy (RFC 3463, 3.8), such as 5.7.1 for "relaying denied".
_POLICY: Final = re.compile(r"5\.7\.\d{1,3}\b")


def is_clear(code: int) -> bool:
    """Tell whether a code says for certain that the message was not taken."""
    return 400 <= code < 600  # noqa: PLR2004 - RFC 5321, 4.2.1


def is_final(code: int, reply: str) -> bool:
    """Tell whether it is no use to try the same message to the same recipient again.

    What speaks against us (we may not send, or not there) is mended by mending the settings, and
    must not mark every recipient as one who cannot be reached.
    """
    is_permanent = 500 <= code < 600  # noqa: PLR2004 - RFC 5321, 4.2.1
    return is_permanent and code not in _AGAINST_US and not _POLICY.match(reply.strip())


def shortened(reply: str) -> str:
    """Return a server's words as they are kept: one line, not too long."""
    return one_line(reply)[:LONGEST_REPLY]
