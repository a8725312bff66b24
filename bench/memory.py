"""The memory of a rebuild of a long log, in a process that does nothing else."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.databases import Medium
from bench.large_record import large_record
from bench.record import opened
from bench.results import Result
from bench.sizes import Sizes
from projections.rebuild import rebuild

GOAL_MB = 400


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the line for the memory of a rebuild."""
    with large_record(medium, sizes) as record:
        url, size = record.url, record.log.head().size
    program = [sys.executable, "-m", "bench.memory", url]
    said = subprocess.check_output(program, text=True)  # noqa: S603 - this very file
    megabytes = int(said) / 1024
    work = f"memory of a rebuild of {size:,} events"
    yield Result(
        work, medium.name, f"{megabytes:,.0f} MB", "-", megabytes, "MB", GOAL_MB, at_most=True
    )


def main() -> None:
    """Rebuild the record of a URL and print the largest resident memory, in kilobytes."""
    with opened(sys.argv[1]) as record:
        rebuild(record.log, record.ledger.fold)
    print(most_kilobytes())


def most_kilobytes() -> int:
    """Return the largest resident memory so far.

    Linux counts to `ru_maxrss` what the process that started this one held; its own high-water
    mark does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        assert found
        return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
