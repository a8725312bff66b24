"""Names and addresses as people give them: tidied, and refused where they could do harm.

They end up in the headers of emails, so nothing that could break a header gets in.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final

from email_validator import EmailNotValidError, validate_email
from pydantic import StringConstraints

from workflow.given_values import AS_WRITTEN, SAYS_SOMETHING, TURNING
from workflow.refusals import Incomplete

LONGEST_NAME: Final = 200
"""Characters that a name or title may have."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AS_WRITTEN,
    SAYS_SOMETHING,
]
"""A name or title in a command, before `tidy_name` has looked at it."""

# Control characters, line and paragraph separators, and marks that turn the direction of writing:
# each can make an address or a heading look like something that it is not.
_HARMFUL_CATEGORIES: Final = frozenset({"Cc", "Zl", "Zp"})
_HARMFUL: Final = frozenset("<>" + TURNING)


def tidy_name(field: str, words: str) -> str:
    """Return a name with single spaces. Raises `Incomplete` for one that could harm an email."""
    if any(_harmful(character) for character in words):
        message = (
            "A name has to stand on one line, without angle brackets or invisible signs."
            " Write it again by hand, and put an address into the field for addresses."
        )
        raise Incomplete(field, message)
    return " ".join(words.split())


def tidy_email(field: str, words: str) -> str:
    """Return an address in its usual form. Raises `Incomplete` unless it is one plain address.

    Whether the domain exists is not asked: that would need the network.
    """
    try:
        checked = validate_email(words.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        message = (
            f"This is not an email address: {problem}"
            " Write the address alone, such as first.last@example.org."
        )
        raise Incomplete(field, message) from problem
    return checked.normalized


def folded(words: str) -> str:
    """Return words in the form in which spellings are compared: neither case nor spaces count."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _harmful(character: str) -> bool:
    return character in _HARMFUL or unicodedata.category(character) in _HARMFUL_CATEGORIES
