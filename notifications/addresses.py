"""Email addresses: what can be written to, and what never enters a header."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from email_validator import EmailNotValidError, validate_email

LONGEST_NAME: Final = 120
"""Characters of a name or title that a header may show."""

# The specials of RFC 5322, 3.2.3; full stops are left out of initials, the others become spaces.
_NEEDS_QUOTES: Final = str.maketrans({**dict.fromkeys('()<>[]:;@\\,"', " "), ".": ""})
_BRACKETS: Final = str.maketrans("<>", "  ")


@lru_cache(maxsize=10_000)
def usable_address(words: str | None) -> str | None:
    """Return the address in the form in which it goes to a mail server, or None.

    None for what is no address at all, and for a local part that needs SMTPUTF8, which many
    servers refuse. A domain of other scripts becomes its ASCII form.
    """
    if not words:
        return None
    try:
        return validate_email(words, check_deliverability=False).ascii_email
    except EmailNotValidError:
        return None


def one_line(words: str) -> str:
    """Return words fit for a header: one line, without control characters and angle brackets."""
    shown = words.translate(_BRACKETS)
    if not shown.isprintable():
        # Controls, line ends, surrogates, marks of direction and of no width.
        shown = "".join(letter if letter.isprintable() else " " for letter in shown)
    tidy = " ".join(shown.split())
    return tidy if len(tidy) <= LONGEST_NAME else f"{tidy[: LONGEST_NAME - 1].rstrip()}…"


def display_name(words: str) -> str:
    """Return words fit to stand before an address: nothing in them needs quotation marks.

    Python's email package loses those marks when it folds a long line, and then part of a name
    such as "Board: chair@example.org" would be read as an address.
    """
    return " ".join(one_line(words.translate(_NEEDS_QUOTES)).split())
