"""The worker: a tick at once and then every minute, until it is asked to stop.

The scheduler keeps nothing: what is due and what was sent is in the log and in the outbox.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from notifications.problem_places import kinds, places

_log = structlog.get_logger(__name__)

StopAsked = Callable[[], bool]


def run_worker(
    tick: Callable[[StopAsked], object],
    when_listening: Callable[[], object] = lambda: None,
    every: BaseTrigger | None = None,
) -> None:
    """Tick until SIGTERM or SIGINT; the message in hand is finished first.

    A tick that takes longer than a minute, the first one too, is not joined by another one, and
    however many were missed, one makes up for them. `when_listening` is called once signals are
    heard. `every`: when to tick, by default at every full minute. Call it in the main thread, which
    alone hears signals.
    """
    stopping = threading.Event()
    before = _listen(stopping)
    when_listening()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max_workers=1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    alone = _Alone(tick, stopping)
    scheduler.add_job(alone.tick, every or CronTrigger(minute="*"))
    scheduler.start()
    try:
        alone.tick()
        stopping.wait()
    finally:
        scheduler.shutdown(wait=True)
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen(stopping: threading.Event) -> dict[signal.Signals, signal.Handlers]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    return {number: signal.signal(number, stop) for number in numbers}  # type: ignore[misc]


class _Alone:
    """Ticks in one thread at a time: whatever would join a tick that goes on leaves it alone.

    The scheduler sees to that among its own ticks, but the first one is none of these.
    """

    def __init__(self, tick: Callable[[StopAsked], object], stopping: threading.Event) -> None:
        self._tick, self._stopping = tick, stopping
        self._goes_on = threading.Lock()

    def tick(self) -> None:
        if self._stopping.is_set() or not self._goes_on.acquire(blocking=False):
            return
        try:
            self._tick(self._stopping.is_set)
        except Exception as problem:  # noqa: BLE001 - whatever broke it, the next one tries again
            _log.error("tick_failed", problem=kinds(problem), places=places(problem))
        finally:
            self._goes_on.release()
