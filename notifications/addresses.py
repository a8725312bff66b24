"""Email addresses: what can be written to, and what never enters a header."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

LONGEST_NAME = 120
"""Characters of a name or title that a header may show."""


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
    shown = "".join(" " if _cannot_stand_in_a_header(letter) else letter for letter in words)
    tidy = " ".join(shown.split())
    return tidy if len(tidy) <= LONGEST_NAME else f"{tidy[: LONGEST_NAME - 1].rstrip()}…"


def _cannot_stand_in_a_header(letter: str) -> bool:
    # Cc: controls; Cf: writing direction, no width; Cs: surrogates; Zl, Zp: line and paragraph.
    return letter in "<>" or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
