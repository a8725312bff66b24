"""When two wordings are the same words, and how near two others come to each other."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from interfaces.documents.lead_names import normalise

_SIGNS = re.compile(r"[\W_]+")

NEARLY = 0.6
"""How near two wordings have to come, of 1, to be taken for one action that was reworded."""

_ROUNDING = 1e-6


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


class Weighed(NamedTuple):
    """The words of a text, and how much they tell together."""

    words: frozenset[str]
    weight: float


class Rarity:
    """How much each word tells, among many texts: what stands in all of them tells little.

    Every action of a plan may begin with the partnership's name and still be another action.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        given = [words_of(text) for text in texts]
        counts = Counter(word for words in given for word in words)
        # The inverse document frequency of each word, which is never nothing.
        self._tells = {word: math.log(1 + len(given) / count) for word, count in counts.items()}

    def weigh(self, text: str) -> Weighed:
        """Weigh one of the texts."""
        words = words_of(text)
        return Weighed(words, self._sum(words))

    def likeness(self, one: Weighed, other: Weighed) -> float:
        """How much two texts have in common: 0 for nothing, 1 for everything."""
        whole = one.weight + other.weight
        return 2 * self._sum(one.words & other.words) / whole if whole else 0.0

    def telling(self, text: Weighed) -> list[str]:
        """The rarest words, of which whatever comes near enough must share one.

        Texts that are alike by `NEARLY` share at least this part of what either tells: with s of
        a in common, 2s / (a + b) >= n and b >= s give s >= a * n / (2 - n).
        """
        left, chosen = text.weight, []
        for word in sorted(text.words, key=lambda one: (-self._tells[one], one)):
            if left < text.weight * NEARLY / (2 - NEARLY) - _ROUNDING:
                break
            chosen.append(word)
            left -= self._tells[word]
        return chosen

    def _sum(self, words: Iterable[str]) -> float:
        return math.fsum(self._tells[word] for word in words)  # whatever their order
