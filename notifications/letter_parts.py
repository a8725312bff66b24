"""The parts of an email: what is told in full, and what is only named because there is so much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from notifications.letter_item import YOUR_ROLE, LetterItem, Section
from notifications.wording import shortened

MOST_IN_FULL: Final = 40
"""So many things are told in full by one email; nobody reads more, and what is more is named."""

MOST_CHARACTERS: Final = 50_000
"""So many characters the things told in full have at most, besides the first.

Google's mail programs show the first 102 kB of a page. Its own marks take about as much as this.
"""

MOST_OF_A_NAME: Final = 60
"""So many characters of what a thing is stand beside its reference where it is only named."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that is only named. `link` leads to its page, where there are pages."""

    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an email: what it tells in full, and what it only names.

    `why`: the reason for which everything told in full comes to the reader, if it is one and the
    same for several things; then it is said once.
    """

    title: str
    items: tuple[LetterItem, ...]
    named: tuple[Named, ...] = ()
    why: str | None = None

    @property
    def is_late(self) -> bool:
        """Tell whether it is the part of what is overdue."""
        return self.title == Section.OVERDUE


def parts_of(items: Sequence[LetterItem]) -> list[Part]:
    """Return the parts of an email in their order. Each thing is told in full, or named at least.

    Where there is too much, each part tells as many as the others, so that what waits for a
    decision is not pushed out by what is long overdue.
    """
    by_section = {
        section: some
        for section in Section
        if (some := [item for item in items if item.section is section])
    }
    in_full = _in_full(by_section)
    return [_part(section, some, in_full[section]) for section, some in by_section.items()]


def _part(section: Section, items: Sequence[LetterItem], in_full: int) -> Part:
    told = items[:in_full]
    named = tuple(Named(_name(item), item.link) for item in items[in_full:])
    if len(told) > 1 and len({item.why for item in told}) == 1:
        return Part(section.value, tuple(map(_without_role, told)), named, told[0].why)
    return Part(section.value, tuple(told), named)


def _without_role(item: LetterItem) -> LetterItem:
    """Leave out the reader's role where the reason that all things share names it already."""
    said = (fact for fact in item.facts if fact.label != YOUR_ROLE or fact.text not in item.why)
    return replace(item, facts=tuple(said))


def _in_full(by_section: Mapping[Section, Sequence[LetterItem]]) -> Counter[Section]:
    """Count the things told in full: of each section in turn, as long as there is room."""
    told: Counter[Section] = Counter()
    characters = 0
    for item in _in_turn(by_section):
        characters += _characters(item)
        if told and (told.total() == MOST_IN_FULL or characters > MOST_CHARACTERS):
            break
        told[item.section] += 1
    return told


def _in_turn(by_section: Mapping[Section, Sequence[LetterItem]]) -> Iterator[LetterItem]:
    for row in zip_longest(*by_section.values()):
        yield from (item for item in row if item is not None)


def _characters(item: LetterItem) -> int:
    said = sum(len(fact.label) + len(fact.text) for fact in item.facts)
    return said + len(item.text) + len(item.why)


def _name(item: LetterItem) -> str:
    return f"{item.ref}: {item.standing}. {shortened(item.text, MOST_OF_A_NAME)}"
