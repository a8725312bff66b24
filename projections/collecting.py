"""Pausing Python's search for rings of objects while a great many are made, none of them in a ring.

Each such search looks at everything that is held, so half of the time of a board of fifty thousand
lines went into it. What nobody refers to any more is let go all the same.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Pauses:
    """How many pauses last, in all threads of the process."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._lasting = 0
        self._was_on = False

    def begin(self) -> None:
        with self._turn:
            if self._lasting == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._lasting += 1

    def end(self) -> None:
        with self._turn:
            self._lasting -= 1
            if self._lasting == 0 and self._was_on:
                gc.enable()


_PAUSES = _Pauses()


@contextmanager
def no_search_for_rings() -> Iterator[None]:
    """Pause the search until the block ends; blocks in each other and in several threads count."""
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()
