"""When two wordings are the same words, and how near two others come to each other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from interfaces.documents.lead_names import normalise

_SIGNS = re.compile(r"[\W_]+")

NEARLY = 0.6
"""How near two wordings have to come, of 1, to be taken for one action that was reworded."""


def text_key(text: str) -> str:
    """A key that is equal for words which differ in capitals, spaces and signs only.

    So "multi-agency", "multi agency" and "multiagency" are one.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", plain) or plain


def name_key(name: str) -> str:
    """The same for the name of a role, in which "&" is "and" and a leading "the" counts nothing."""
    return text_key(normalise(name))


def words_of(text: str) -> frozenset[str]:
    """The different words of a text, in lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(word for word in _SIGNS.split(plain) if word)


class Rarity:
    """How much each word tells, among many texts: what stands in all of them tells little.

    Every action of a plan may begin with the partnership's name and still be another action.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Mapping[str, int] = Counter(word for text in texts for word in words_of(text))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How much two sets of words have in common: 0 for nothing, 1 for everything."""
        whole = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / whole if whole else 0.0

    def weight(self, words: Iterable[str]) -> float:
        """How much some words tell together."""
        return sum(1 / max(self._counts.get(word, 0), 1) for word in words)
