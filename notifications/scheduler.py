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

    All ticks, the first one too, are of one thread: one that takes longer than a minute is not
    joined by another one, and however many were missed, one makes up for them. `when_listening` is
    called once signals are heard. `every`: when to tick, by default at every full minute. Call it
    in the main thread, which alone hears signals.
    """
    stopping = threading.Event()
    before = _listen(stopping)
    when_listening()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max_workers=1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    ticking = (tick, stopping)
    scheduler.add_job(_tick_safely, args=ticking)
    scheduler.add_job(_tick_safely, every or CronTrigger(minute="*"), args=ticking)
    scheduler.start()
    try:
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


def _tick_safely(tick: Callable[[StopAsked], object], stopping: threading.Event) -> None:
    if stopping.is_set():
        return
    try:
        tick(stopping.is_set)
    except Exception as problem:  # noqa: BLE001 - whatever broke this tick, the next one tries again
        _log.error("tick_failed", problem=kinds(problem), places=places(problem))
