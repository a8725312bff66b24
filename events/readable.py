"""Whether every event can be read: a log may hold in itself, and still not be what anybody wrote.

The verification knows bytes and hashes, and no event type, so that it is quick. Whoever wrote data
that no release wrote, and the hashes anew, is found here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from events.fault_finding import Fault
from events.reading import Reader
from events.recorded import UnreadableEvent

_TELLING_EVERY: Final = 1_000


def first_unreadable(
    log: Reader, size: int, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> Fault | None:
    """Return the first of so many events whose data are not those of its type, None for none.

    `log`: verified so far. `progress`: is told how many events were read, and of how many.
    """
    try:
        for done, _ in enumerate(log.read(until=size), start=1):
            if done % _TELLING_EVERY == 0 or done == size:
                progress(done, size)
    except UnreadableEvent as problem:
        return Fault(problem.position, problem.what)
    return None
