"""Short names of things from what they are, without what all of them begin with.

Plans like to begin every action with the name of the partnership: cut to one line they would all
read the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final

from notifications.wording import shortened

_FEWEST_WORDS: Final = 3
"""A beginning that is shorter takes little room."""

_FEWEST_SHARING: Final = 3
"""What fewer things share is no habit of a plan."""


_MOST_LOOKED_AT: Final = 500
"""What so many things begin with is what all of them do."""


class ShortNames:
    """Cuts texts to one line each. `texts`: of everything that is shown together."""

    def __init__(self, texts: Iterable[str]) -> None:
        some = islice(texts, _MOST_LOOKED_AT)
        self._beginning: Final = _shared_beginning({" ".join(text.split()) for text in some})

    def short(self, text: str, most: int) -> str:
        """Return a text on one line of at most so many characters, dots aside."""
        line = " ".join(text.split())
        if self._beginning and line.startswith(self._beginning):
            return f"…{shortened(line.removeprefix(self._beginning), most)}"
        return shortened(line, most)


def _shared_beginning(lines: set[str]) -> str:
    """Return the longest beginning, in whole words, that more than half of some lines share."""
    shared: Counter[str] = Counter()
    for line in lines:
        words = line.split(" ")
        shared.update(" ".join(words[:many]) + " " for many in range(_FEWEST_WORDS, len(words)))
    enough = max(_FEWEST_SHARING, len(lines) // 2 + 1)
    return max((text for text, many in shared.items() if many >= enough), key=len, default="")
