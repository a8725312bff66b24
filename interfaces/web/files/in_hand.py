"""How much of files that are being handed in is in memory at once, over the whole process.

It is counted as it comes in, so that whoever sends slowly holds no more than what came; and nobody
holds more than one form may have, so that one person, or one link, is not in the way of all others.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

MOST_IN_HAND_BYTES: Final = 300_000_000
"""Five forms as full as they may be; a record that takes larger files takes one at least."""

Take = Callable[[int], bool]
"""Counts so many bytes more; False, and counts none, where they are too many."""


def nothing(_count: int) -> bool:
    """Take no byte of any file."""
    return False


class InHand:
    """The bytes of files that are in memory, `most_bytes` of them at once."""

    def __init__(self, most_bytes: int = MOST_IN_HAND_BYTES) -> None:
        self._most_bytes = most_bytes
        self._of: Counter[str] = Counter()
        self._turn = threading.Lock()

    @property
    def taken(self) -> int:
        """Return how many there are now."""
        return self._of.total()

    @contextmanager
    def portion(self, who: str, most_bytes: int) -> Iterator[Take]:
        """Let a form take of them until it is answered. `who` sends it, and has so many at most."""
        mine = 0

        def take(count: int) -> bool:
            nonlocal mine
            with self._turn:
                is_much = self._of.total() + count > self._most_bytes
                if is_much or self._of[who] + count > most_bytes:
                    return False
                self._of[who] += count
                mine += count
                return True

        try:
            yield take
        finally:
            with self._turn:
                self._of[who] -= mine
                if not self._of[who]:
                    del self._of[who]
