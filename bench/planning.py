"""Planning a day over a record with many open actions: the time, and the memory of a process.

Everything that `remind` does before it stores anything: the directory, the keys held already, every
item's row. The actions are due on every day of a year, so that few are due for a word on one day.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from bench.databases import Medium
from bench.memory import most_kilobytes
from bench.record import opened
from bench.reminders import DAY, record_of_leads
from bench.results import Result
from bench.sizes import Sizes
from notifications.reminding import preview
from notifications.rules import DEFAULT_RULES

GOAL_SECONDS = 2
GOAL_MB = 400
LEADS = 200
DAYS = 365


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for time and memory."""
    with record_of_leads(medium, LEADS, sizes.open_actions, DAYS) as record:
        url = record.url
    medium.settle()
    said = [_in_a_process_of_its_own(url) for _ in range(sizes.rounds)]
    seconds = sorted(seconds for seconds, _, _ in said)[len(said) // 2]
    megabytes, items = max(kilobytes for _, kilobytes, _ in said) / 1024, said[0][2]
    work = f"plan over {sizes.open_actions:,} open actions, {items:,} to be told of"
    took, held = f"{seconds:.2f} s", f"{megabytes:,.0f} MB"
    yield Result(work, medium.name, took, "-", seconds, "s", GOAL_SECONDS, at_most=True)
    work = f"memory of planning over {sizes.open_actions:,} open actions"
    yield Result(work, medium.name, held, "-", megabytes, "MB", GOAL_MB, at_most=True)


def _in_a_process_of_its_own(url: str) -> tuple[float, int, int]:
    program = [sys.executable, "-m", "bench.planning", url]
    said = subprocess.check_output(program, text=True)  # noqa: S603 - this very file
    seconds, kilobytes, items = said.split()
    return float(seconds), int(kilobytes), int(items)


def main() -> None:
    """Plan for the record of a URL; print seconds, kilobytes at most, and things to be told."""
    with opened(sys.argv[1]) as record:
        begun = time.perf_counter()
        report = preview(record.log, DEFAULT_RULES, DAY, record.ledger.calendar)
        seconds = time.perf_counter() - begun
    items = sum(len(email.items) for email in report.emails)
    print(f"{seconds:.3f} {most_kilobytes()} {items}")


if __name__ == "__main__":
    main()
