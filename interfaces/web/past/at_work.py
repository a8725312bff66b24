"""What takes long, worked out in threads of their own, while whoever waits is told how far it is.

Each piece is begun for somebody who asks, and stands for that moment: what is recorded meanwhile
does not begin it anew. Others who ask for the same at the same moment wait for the same piece. A
process that does not know a piece begins it itself, and where enough is at work already, it is
worked out in the thread that asks. Nothing goes on for long that nobody waits for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from interfaces.counting_entries import Tell, untold

MOST_AT_WORK: Final = 3
"""So many pieces are at work at once; they share the processor with every page."""

MOST_WAITED_FOR: Final = 20
"""So many pieces are kept for who asked for them; of more, the eldest are let go."""

PATIENCE_SECONDS: Final = 0.8
"""So long a page waits before it says that it will take longer."""

_LOOKED_AT_EVERY_SECONDS: Final = 30
"""Who waits looks again every two seconds: a piece at which nobody looked so long is given up."""

Found = TypeVar("Found")
Find = Callable[[Tell], Found]


class GivenUp(Exception):
    """Nobody waits for a piece any more."""


class StillAtWork(Exception):
    """It takes longer than a page waits: `done` of `of` entries are counted so far.

    `words` say what is worked out.
    """

    def __init__(self, words: str, done: int, of: int) -> None:
        self.words, self.done, self.of = words, done, of
        super().__init__(f"{words}: {done} of {of} entries are counted")


@dataclass
class Work:
    """One piece. `looked_at`: when somebody looked last, in seconds that never go back."""

    looked_at: float
    done: int = 0
    of: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    found: Any = None
    problem: Exception | None = None


class AtWork:
    """The pieces of one process. `seconds` is a clock that never goes back."""

    def __init__(
        self, seconds: Callable[[], float], patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._seconds, self._patience_seconds = seconds, patience_seconds
        self._turn = threading.Lock()
        self._running: dict[Hashable, Work] = {}
        self._waited_for: dict[Hashable, Work] = {}

    def found(
        self, words: str, who: str, asked: Hashable, moment: Hashable, find: Find[Found]
    ) -> Found:
        """Return what is found, once it is. Raises `StillAtWork`, and whatever `find` raises.

        `words` say what it is. `asked` names it for `who` asks, however often they look; `moment`
        for everybody.
        """
        work = self._joined((who, asked), moment, find)
        if work is None:
            return find(untold)
        if not work.ended.wait(self._patience_seconds):
            raise StillAtWork(words, work.done, work.of)
        with self._turn:
            self._waited_for.pop((who, asked), None)
        if isinstance(work.problem, GivenUp):
            return self.found(words, who, asked, moment, find)
        if work.problem is not None:
            raise work.problem
        found: Found = work.found
        return found

    @property
    def running(self) -> tuple[Work, ...]:
        """Return what is at work now."""
        with self._turn:
            return tuple(self._running.values())

    @property
    def waited_for(self) -> tuple[Work, ...]:
        """Return what is kept for those who asked for it."""
        with self._turn:
            return tuple(self._waited_for.values())

    def _joined(self, waits: Hashable, moment: Hashable, find: Find[Any]) -> Work | None:
        """Return the piece that somebody waits for, begun if need be; None where too many are."""
        with self._turn:
            now = self._seconds()
            self._forget(now)
            work = self._waited_for.get(waits) or self._begun(moment)
            if work is None:
                if len(self._running) >= MOST_AT_WORK:
                    return None
                work = Work(now)
                run = threading.Thread(
                    target=self._run, args=(work, moment, find), name="at work", daemon=True
                )
                # First it runs: what could not begin must not stand for something that does.
                run.start()
                self._running[moment] = work
            work.looked_at = now
            self._waited_for[waits] = work
            return work

    def _begun(self, moment: Hashable) -> Work | None:
        """Return a piece that somebody else waits for, unless it has ended already."""
        work = self._running.get(moment)
        return None if work is None or work.ended.is_set() else work

    def _forget(self, now: float) -> None:
        """Let go of what was found, and nobody came back for."""
        kept = {
            waits: work
            for waits, work in self._waited_for.items()
            if not self._is_given_up(work, now)
        }
        self._waited_for = dict(list(kept.items())[-MOST_WAITED_FOR:])

    def _is_given_up(self, work: Work, now: float) -> bool:
        return now - work.looked_at > _LOOKED_AT_EVERY_SECONDS

    def _run(self, work: Work, moment: Hashable, find: Find[Any]) -> None:
        def tell(done: int, of: int) -> None:
            work.done, work.of = done, of
            if self._is_given_up(work, self._seconds()):
                raise GivenUp

        try:
            work.found = find(tell)
        except Exception as problem:  # noqa: BLE001 - whoever looks next is told
            work.problem = problem
        finally:
            work.ended.set()
            with self._turn:
                if self._running.get(moment) is work:
                    del self._running[moment]
