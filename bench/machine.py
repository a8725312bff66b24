"""What a reader of the figures must know of the machine: its cores, its disk, its versions."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from events.database import sqlite_driver

SYNCS = 200


def facts(folder: Path) -> Iterator[str]:
    """Yield the facts, a line each. `folder` is where the databases are."""
    yield f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, {platform.platform()}"
    yield f"a write that is safe on the disk takes {_sync_microseconds(folder):.0f} µs (median)"
    yield (
        f"Python {platform.python_version()}, SQLite {sqlite_driver().sqlite_version},"
        f" psycopg {version('psycopg')}, pydantic {version('pydantic')},"
        f" eventsourcing {version('eventsourcing')}"
    )


def _sync_microseconds(folder: Path) -> float:
    taken: list[float] = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - begun) * 1e6)
    return statistics.median(taken)
