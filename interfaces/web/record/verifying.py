"""Verifying the record while somebody waits for it: in a thread of its own, one at a time."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, replace
from typing import Final

import structlog

from events.held_heads import BadHeldHead
from events.signing import BadHighWater
from interfaces.bootstrap import Partnership
from interfaces.verified import Verified, compared, verified
from notifications.problem_places import kinds, places

_log = structlog.get_logger(__name__)

_FAULT_OF_OURS: Final = "It could not be verified because of a fault of the software."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a verification stands: `done` of `of` entries, or `found` once it has ended.

    `is_comparing`: the record itself holds, and the read models are compared with it. `problem`:
    why it came to no end.
    """

    begun_at: dt.datetime
    done: int = 0
    of: int = 0
    is_comparing: bool = False
    found: Verified | None = None
    ended_at: dt.datetime | None = None
    problem: str = ""

    @property
    def is_at_work(self) -> bool:
        """Tell whether it has not ended yet."""
        return self.ended_at is None


class Verifying:
    """The verifications that the pages of one record were asked for, the latest of them."""

    def __init__(self, partnership: Partnership) -> None:
        self._partnership = partnership
        self._lock = threading.Lock()
        self._standing: Standing | None = None

    @property
    def standing(self) -> Standing | None:
        """Return how the latest stands, None if none was asked for since the pages are served."""
        return self._standing

    def begin(self) -> threading.Thread | None:
        """Begin one; None where one is at work already."""
        with self._lock:
            if self._standing is not None and self._standing.is_at_work:
                return None
            begun_at = self._partnership.clock()
            self._standing = Standing(begun_at)
        thread = threading.Thread(target=self._run, args=(begun_at,), name="verifying", daemon=True)
        thread.start()
        return thread

    def _run(self, begun_at: dt.datetime) -> None:
        is_comparing = False

        def tell(done: int, of: int) -> None:
            self._standing = Standing(begun_at, done, of, is_comparing)

        found, problem = None, ""
        try:
            found = verified(self._partnership, None, tell)
            if found.verdict.holds:
                is_comparing = True
                found = compared(self._partnership, found, tell)
        except (BadHighWater, BadHeldHead) as bad:
            problem = str(bad)
        except Exception as broken:  # noqa: BLE001 - the thread has nobody else to tell
            _log.error("verification_broke_off", problem=kinds(broken), places=places(broken))
            problem = _FAULT_OF_OURS
        ended_at = self._partnership.clock()
        last = self._standing or Standing(begun_at)
        self._standing = replace(last, found=found, ended_at=ended_at, problem=problem)
