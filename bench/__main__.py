"""`python -m bench`: run the measurements beside the peer and print them as one table."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import (
    bulk,
    delivery,
    memory,
    one_command,
    packing,
    past_board,
    planning,
    rebuilding,
    scrutiny,
    typed_read,
    verifying,
    web,
)
from bench.databases import Medium, media
from bench.machine import facts
from bench.results import Result, print_table
from bench.sizes import QUICK, Sizes

MEASUREMENTS = {
    "one_command": one_command.measure,
    "bulk": bulk.measure,
    "typed_read": typed_read.measure,
    "rebuild": rebuilding.measure,
    "past_board": past_board.measure,
    "verify": verifying.measure,
    "pack": packing.measure,
    "memory": memory.measure,
    "planning": planning.measure,
    "delivery": delivery.measure,
    "scrutiny": scrutiny.measure,
    "web": web.measure,
}
"""By the name that `--only` takes."""


def main() -> None:
    """Measure what was asked for and print the table."""
    asked = _arguments()
    databases = (asked.database,) if asked.database else ("sqlite", "postgresql")
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        for fact in facts(Path(folder)):
            print(fact)
        with media(Path(folder), databases) as found:
            sizes = QUICK if asked.quick else Sizes()
            print_table([*_measured(asked.only, found, sizes)])


def _measured(only: list[str] | None, found: list[Medium], sizes: Sizes) -> Iterator[Result]:
    for name, measure in MEASUREMENTS.items():
        if only and name not in only:
            continue
        for medium in found:
            print(f"measuring {name} on {medium.name} ...", flush=True)
            for result in measure(medium, sizes):
                print(f"  {result.work}: {result.reached()} {result.verdict()}", flush=True)
                yield result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(MEASUREMENTS), metavar="NAME")
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--quick", action="store_true", help="smaller and rougher, for a look")
    return parser.parse_args()


if __name__ == "__main__":
    main()
