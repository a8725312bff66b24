"""The simulated year: its days, and what people type on them (`audit.txt`, `year.txt`)."""

from __future__ import annotations

import datetime as dt
import shlex
from importlib.resources import files
from typing import Final

BEGINNING: Final = dt.date(2024, 6, 3)
FIRST_MEETING: Final = dt.date(2024, 9, 25)
TURN_OF_THE_YEAR: Final = dt.date(2024, 12, 31)
SECOND_MEETING: Final = dt.date(2025, 3, 13)
END: Final = dt.date(2025, 6, 2)

Words = tuple[str, ...]


def audit_scenes() -> list[Words]:
    """Return the commands of the audit, in order."""
    return [tuple(shlex.split(line)) for line in _lines("audit.txt")]


def year_scenes() -> list[tuple[dt.date, Words]]:
    """Return the commands of the year, in order, each with its day."""
    scenes = [shlex.split(line) for line in _lines("year.txt")]
    return [(dt.date.fromisoformat(day), tuple(words)) for day, *words in scenes]


def _lines(name: str) -> list[str]:
    text = files("interfaces.demo").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
