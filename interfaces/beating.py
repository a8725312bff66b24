"""The worker's tick with a heart: it beats, and says in one line what each tick did."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from notifications.heartbeat import Heart
from notifications.outcome_words import tick_in_words
from notifications.scheduler import StopAsked
from notifications.ticking import Ticked

_log = structlog.get_logger(__name__)


def beating(tick: Callable[[StopAsked], Ticked], heart: Heart) -> Callable[[StopAsked], Ticked]:
    """Return the tick that beats at its end, and between two emails of a long one.

    A tick that fails is noted and raises on.
    """

    def run(stop: StopAsked) -> Ticked:
        def stop_asked() -> bool:
            heart.goes_on()
            return stop()

        try:
            ticked = tick(stop_asked)
        except Exception as problem:
            heart.failed(type(problem).__name__)
            raise
        did = tick_in_words(ticked)
        heart.ticked(did)
        _tell(did)
        return ticked

    return run


def _tell(did: str | None) -> None:
    if did is None:
        _log.debug("tick", did="nothing was due")
    else:
        _log.info("tick", did=did)
