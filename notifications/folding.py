"""The headers that people's words stand in: seven bits wide, folded, never an empty first line.

What is plain and short is written as it stands, which is most of it; the rest goes through the
library, whose parser is many times as slow. Both give the same bytes.
"""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Final

from notifications.addresses import display_name

LONGEST_LINE: Final = 76
"""Columns of a line that is written as it stands; RFC 5322 asks for 78 at most."""

# Seven-bit lines pass through every server there is, and keep the bytes the same on their way.
_POLICY: Final = EmailPolicy(linesep="\r\n", cte_type="7bit")

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN_NAME: Final = re.compile(f"({_ATOM}( {_ATOM})*)?")
_PLAIN_ADDRESS: Final = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_ENCODED_WORD: Final = "=?"
"""With these begins what stands for other letters (RFC 2047)."""


def subject_header(words: str) -> bytes:
    """Return the subject, of words that are one line.

    EmailPolicy folds some subjects at once after "Subject:", and there are mail programs and
    filters that then show or see an empty one. `Header` begins on the first line, keeps to 76
    columns, and splits encoded words as RFC 2047 (section 2) asks.
    """
    line = f"Subject: {words}"
    if not words.isascii() or len(line) > LONGEST_LINE:
        charset = "us-ascii" if words.isascii() else "utf-8"
        folded = Header(words, charset, header_name="Subject").encode(linesep="\r\n")
        line = f"Subject: {folded}"
    return f"{line}\r\n".encode("ascii")


@lru_cache(maxsize=100)
def mailbox_header(name: str, shown: str, address: str) -> bytes:
    """Return a header that names one mailbox; most letters share two of the three."""
    called = display_name(shown)
    line = f"{name}: {called} <{address}>" if called else f"{name}: {address}"
    if _is_plain(called, address) and len(line) <= LONGEST_LINE:
        return f"{line}\r\n".encode("ascii")
    return mailbox_by_library(name, called, address)


def mailbox_by_library(name: str, called: str, address: str) -> bytes:
    """Return a header that names one mailbox, whatever it is; `called` is a `display_name`."""
    one = Address(display_name=called, addr_spec=address)
    return _POLICY.fold_binary(*_POLICY.header_store_parse(name, one))


def _is_plain(called: str, address: str) -> bool:
    """Tell whether nothing has to be encoded or quoted."""
    if _ENCODED_WORD in called or _ENCODED_WORD in address:
        return False
    return bool(_PLAIN_NAME.fullmatch(called) and _PLAIN_ADDRESS.fullmatch(address))
