"""The leads that one cell names: one, or several."""

from __future__ import annotations

import re

from interfaces.documents.cell_text import one_line

_CERTAIN = re.compile(r"\s*[;\n]\s*|\s+/\s+")
_COMMA = re.compile(r"\s*,\s*")
_AND_ANOTHER = re.compile(
    r",?\s+(?:and|&)\s+(?=(?:the\s+)?(?:[A-Z]{2,6}\s+)?"
    r"(?:chairs?\s+of|heads?\s+of|directors?\s+of|business\s+manager)\b)",
    re.IGNORECASE,
)
_OPEN_NAME = re.compile(r"\b(?:chairs?|heads?|directors?|lead|leads)\s+(?:of|for)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:administrators?|advisers?|chairs?|chief|commander|commissioners?|co-?ordinators?"
    r"|directors?|doctors?|executives?|heads?|inspectors?|leads?|managers?|nurses?|officers?"
    r"|partners?|scrutineers?|secretary|superintendents?)\b",
    re.IGNORECASE,
)

_NOBODY = frozenset(
    {
        *("tbc", "tba", "tbd", "n/a", "na", "none", "nobody", "unknown", "various"),
        *("all", "all partners", "all agencies", "everyone", "everybody"),
        *("to be confirmed", "to be agreed"),
    }
)
"""Words that stand in a cell of leads and name no role."""


def leads_in(cell: str) -> tuple[str, ...]:
    """The leads of a cell, as written.

    A semicolon, a new line or a spaced slash divides; so does a comma, unless what follows it
    may be the rest of a name ("Chair of Learning, Development and Training"). Words that name
    nobody ("TBC", "N/A", "All") are no lead.
    """
    parts = (
        lead
        for piece in _CERTAIN.split(cell.strip())
        for comma_piece in _comma_pieces(piece)
        for lead in _AND_ANOTHER.split(comma_piece)
    )
    named = (one_line(part) for part in parts if part.strip(" ,.-?"))
    return tuple(dict.fromkeys(part for part in named if part.strip(" .").lower() not in _NOBODY))


def doubtful_comma(cell: str) -> bool:
    """Whether a comma was kept inside a lead because it may be part of the name."""
    return any("," in lead for lead in leads_in(cell))


def _comma_pieces(piece: str) -> list[str]:
    pieces = _COMMA.split(piece)
    if any(_OPEN_NAME.search(one) for one in pieces[:-1]):
        return pieces if all(_ROLE.search(one) for one in pieces[1:] if one) else [piece]
    return pieces
