"""Entries counted as they pass, so that whoever waits for what is made of them can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from events.recorded import Recorded

Tell = Callable[[int, int], None]
"""Is told how many entries have passed, and of how many."""

_EVERY: Final = 500


def untold(_done: int, _of: int) -> None:
    """Tell nobody."""


def counting(events: Iterable[Recorded], after: int, until: int, tell: Tell) -> Iterator[Recorded]:
    """Yield the entries after one position until another, telling now and then how far it is."""
    for number, one in enumerate(events):
        if number % _EVERY == 0:
            tell(one.position - after, until - after)
        yield one
