"""What one call of the command line knows before anything is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Invocation:
    """The configuration's file as named (None: the default), and the clock (None: the system's)."""

    config: Path | None = None
    clock: Callable[[], dt.datetime] | None = None
