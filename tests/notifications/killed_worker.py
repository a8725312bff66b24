"""A worker that is killed (kill -9) at a point of the way. Run: URL FOLDER POINT.

It takes emails into a folder under a new name each time, so that copies can be counted.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from notifications.delivering import Delivery
from notifications.mailer import Envelope
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import opened

DAY = dt.date(2024, 12, 2)


@dataclass
class CountingFolder:
    """Takes each message as a file of its own, and dies where it is told to."""

    folder: Path
    dies_at: str = "never"

    def begin(self, envelope: Envelope) -> None:
        self._die("after the claim")
        self._envelope = envelope

    def hand_over(self, message: bytes) -> None:
        self._die("after data_started")
        (self.folder / f"{uuid.uuid4().hex}.eml").write_bytes(message)
        self._die("after it was taken")

    def abandon(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _die(self, here: str) -> None:
        if here == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, folder: str, point: str) -> None:
    """Deliver until killed."""
    with opened(url) as house:
        if point == "before the claim":
            os.kill(os.getpid(), signal.SIGKILL)
        mailer = CountingFolder(Path(folder), point)
        Delivery(house.ledger, mailer, SENDING, house.clock).deliver(DAY)


if __name__ == "__main__":
    main(*sys.argv[1:])
