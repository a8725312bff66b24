"""Live through years of reminders under random faults.

python -m tests.notifications.simulation --seeds 2000 --processes 2
python -m tests.notifications.simulation --seed 17 --database postgresql --trace
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from time import monotonic
from typing import Final

from tests.notifications.simulation.databases import databases_at
from tests.notifications.simulation.seeds import Failed, live, live_lot
from tests.notifications.simulation.year import Told
from tests.postgres_keeper import ServerFolder, running_server

SEEDS_AT_ONCE: Final = 5
Say = Callable[[str], object]


def main(arguments: Sequence[str], say: Say = print) -> int:
    """Return 0 if every year went well, 1 if not."""
    asked = _read(arguments)
    with _server(asked.database) as address:
        if asked.seed is not None:
            return _one(asked.seed, address, say, with_story=asked.trace)
        return _many(range(asked.first, asked.first + asked.seeds), address, asked.processes, say)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.notifications.simulation")
    parser.add_argument("--seed", type=int, help="live through this year alone")
    parser.add_argument("--trace", action="store_true", help="tell its story step by step")
    parser.add_argument("--seeds", type=int, default=100, help="how many years")
    parser.add_argument("--first", type=int, default=1, help="the first seed of them")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args(arguments)


@contextmanager
def _server(database: str) -> Iterator[str | None]:
    if database == "sqlite":
        yield None
        return
    with closing(ServerFolder()) as folder:
        yield running_server(folder.path)


def _one(seed: int, address: str | None, say: Say, *, with_story: bool) -> int:
    story: list[str] = []
    with closing(databases_at(address)) as databases:
        told = live(seed, databases, story if with_story else None)
    for line in story:
        say(line)
    say(f"{told}")
    return int(isinstance(told, Failed))


def _many(seeds: range, address: str | None, processes: int, say: Say) -> int:
    began, failed, done, emails = monotonic(), 0, 0, 0
    lots = [seeds[at : at + SEEDS_AT_ONCE] for at in range(0, len(seeds), SEEDS_AT_ONCE)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for lot in pool.imap_unordered(partial(live_lot, address=address), lots):
            done += len(lot)
            emails += sum(told.emails for told in lot if isinstance(told, Told))
            for told in lot:
                if isinstance(told, Failed):
                    failed += 1
                    say(f"FAILED seed {told.seed}: {told.what}\n  again: {told.replay}")
            rate = done / (monotonic() - began)
            say(f"{done} of {len(seeds)} years, {emails} emails, {failed} failed, {rate:.1f}/s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
