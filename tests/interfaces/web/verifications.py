"""Waiting for the verifications that were asked for, which go on beside the answers."""

from __future__ import annotations

import threading


def until_verified() -> None:
    """Wait until no verification of this process is at work."""
    for thread in threading.enumerate():
        if thread.name == "verifying":
            thread.join()
