"""A digest as a part of an email: what the templates of a reminder show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Paragraph: TypeAlias = tuple[str, tuple[str, ...]]
"""A heading, and the lines under it, each a sentence or an item in plain words."""


@dataclass(frozen=True, slots=True)
class DigestSection:
    """One digest in an email, below everything that is due.

    `item`: what it is about, such as `subgroup-2`; emails about it stand together. `title` says
    what it tells. `period` completes "Digest for …" in a subject, such as "the week of 2 December
    2024" or "November 2024": nothing else of it ever stands in one. `paragraphs` are in the order
    in which they are shown. `switch_off`: a sentence that says how not to get it any more.
    """

    item: str
    title: str
    period: str
    paragraphs: tuple[Paragraph, ...]
    switch_off: str
