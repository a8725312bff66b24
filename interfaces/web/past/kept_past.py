"""What was worked out of the past lately, for whoever asks for the same or goes on from it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

MOST_KEPT: Final = 40
"""So much is kept, whoever it is for; a walk of ten years by days is two megabytes at most."""

Found = TypeVar("Found")


class KeptPast:
    """What was found last: what had become known by an entry of the log never changes.

    What part of the record somebody sees may change, so for whom it is is part of what is asked
    (`interfaces.web.seeing.seen.for_whom`).
    """

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._turn = threading.Lock()

    def kept(self, asked: Hashable, find: Callable[[], Found]) -> Found:
        """Return what is found, finding it if it is not kept.

        `asked` says all that it depends on, entries and days among it.
        """
        with self._turn:
            if asked in self._found:
                self._found.move_to_end(asked)
                before: Found = self._found[asked]
                return before
        found = find()
        with self._turn:
            self._found[asked] = found
            if len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)
        return found
