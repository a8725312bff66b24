"""A digest as a part of an email: what the templates of a reminder show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Piece(NamedTuple):
    """Some words of a line. `link` leads to the page of what they name, where there are pages."""

    words: str
    link: str | None = None


Line: TypeAlias = tuple[Piece, ...]
"""A sentence, or an item in plain words, with links in it."""

Paragraph: TypeAlias = tuple[str, tuple[Line, ...]]
"""A heading, and the lines under it."""


@dataclass(frozen=True, slots=True)
class DigestSection:
    """One digest in an email, below everything that is due.

    `item`: what it is about, such as `subgroup-2`; emails about it stand together. `title` says
    what it tells. `period` completes "Digest for …" in a subject, such as "the week of 2 December
    2024" or "November 2024": nothing else of it ever stands in one. `paragraphs` are in the order
    in which they are shown. `switch_off`: says why it comes, and how not to get it any more.
    """

    item: str
    title: str
    period: str
    paragraphs: tuple[Paragraph, ...]
    switch_off: Line


def line_of(words: str) -> Line:
    """Return a line without links."""
    return (Piece(words),)


def words_of(line: Line) -> str:
    """Return the words of a line."""
    return "".join(piece.words for piece in line)
