"""Threads of which one at a time runs, and only the seed says which: so a run can be repeated."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Final

_ENDS_WITHIN: Final = 60.0
"""Seconds in which a thread has to hand the baton back."""


class Stuck(RuntimeError):
    """A thread kept the baton: it waits for something that another one holds."""


class Abandoned(BaseException):
    """Ends a job that is parked when its runner ends."""


class Runner:
    """A thread that works on one job after the other, and stops where the job asks it to park.

    The main thread calls `start` and `resume`; both return when the runner has handed the baton
    back: the true time until which it is parked, or None when the job is done. What the job raised
    is raised there.
    """

    def __init__(self, name: str) -> None:
        self._mine, self._theirs = threading.Semaphore(0), threading.Semaphore(0)
        self._job: Callable[[], None] | None = None
        self._parked_until: dt.datetime | None = None
        self._raised: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def start(self, job: Callable[[], None]) -> dt.datetime | None:
        """Begin a job."""
        self._job = job
        return self.resume()

    def resume(self) -> dt.datetime | None:
        """Let the job go on."""
        self._mine.release()
        if not self._theirs.acquire(timeout=_ENDS_WITHIN):
            raise Stuck(self._thread.name)
        if self._raised is not None:
            raised, self._raised = self._raised, None
            raise raised
        return self._parked_until

    def park(self, until: dt.datetime) -> None:
        """Hand the baton back until a true time. Only the job itself calls it."""
        self._parked_until = until
        self._theirs.release()
        self._mine.acquire()
        if self._ended:
            raise Abandoned

    def end(self) -> None:
        """Let the thread end, and wait for that; a job that is parked ends where it is."""
        self._ended = True
        self._mine.release()
        self._thread.join(timeout=_ENDS_WITHIN)

    def _run(self) -> None:
        while True:
            self._mine.acquire()
            if self._ended or self._job is None:
                return
            try:
                self._job()
            except Abandoned:
                return
            except BaseException as raised:  # noqa: BLE001 - it is raised in the main thread
                self._raised = raised
            self._job = self._parked_until = None
            self._theirs.release()
