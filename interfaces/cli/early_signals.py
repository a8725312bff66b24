"""Hearing that the worker is asked to stop before it has begun."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

NUMBERS: Final = (signal.SIGTERM, signal.SIGINT)
"""The signals that ask a worker to stop."""


class EarlySignals:
    """Keeps the first signal that was heard, None if none was."""

    def __init__(self) -> None:
        self.heard: int | None = None

    def hear(self, number: int, _frame: FrameType | None) -> None:
        """Keep a signal."""
        if self.heard is None:
            self.heard = number

    def pass_on(self) -> None:
        """Tell whoever listens now of the signal that they came too late to hear."""
        if self.heard is not None:
            signal.raise_signal(self.heard)


@contextmanager
def hearing_early() -> Iterator[EarlySignals]:
    """Hear signals to stop from now on; call it in the main thread, which alone hears them."""
    early = EarlySignals()
    before = {number: signal.signal(number, early.hear) for number in NUMBERS}
    try:
        yield early
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
