"""Tampers with a log at random and counts what is found: `python -m tests.events.attack`.

    --tampers 100000  how many     --seed 1  which     --events 200  in how large a log

After each, every byte of the log is verified anew. Each tamper is found by that, or else by a head
that is kept outside the database: one that somebody holds, or the high-water mark. What no such
head covers cannot be found, and is told. A log is small, and after some tampers comes another.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psycopg

from events.database import sqlite_driver
from events.verification import verify_log
from tests.events.attacked_log import Attacked, fill
from tests.events.logs import existing_log, new_log
from tests.events.tampers import WAYS, Tamper, Way

OUTCOMES = ("by verification", "by a held head", "by the high-water mark", "not covered", "MISSED")
_ORIGINAL = "original.sqlite3"
TAMPERS_OF_A_LOG = 2_000
WHOLE_EVERY = 500
"""How often the whole program is asked as well, on a copy in a file."""


Also = Callable[[str], None]
Counts = Counter[tuple[str, str]]


class Missed(AssertionError):
    """A tamper that should have been found was not."""


def attack(log: Attacked, tampers: int, seed: int, also: Also | None = None) -> Counts:
    """Tamper so often, and count by way and outcome. `also`: is told some of the outcomes."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    ways, weights = list(WAYS), list(WAYS.values())
    counted: Counts = Counter()
    while counted.total() < tampers:
        (way,) = chance.choices(ways, weights)
        outcome = one_try(log, way, chance, also if counted.total() % WHOLE_EVERY == 0 else None)
        if outcome is not None:
            counted[way.__name__, outcome] += 1
    return counted


def one_try(log: Attacked, way: Way, chance: random.Random, also: Also | None) -> str | None:
    """Tamper once and undo it. Returns how it was found, None if nothing was changed by it."""
    log.begin()
    try:
        try:
            done = way(log, chance)
        except _refusals(log):
            return None  # The database's own types refuse the value.
        if not done.consistent and not log.is_changed(done.touched):
            return None
        found = outcome_of(log, done)
        if also is not None:
            also(found)
        return found
    finally:
        log.undo()


def outcome_of(log: Attacked, done: Tamper) -> str:
    """Return how a tamper was found, or why not."""
    if log.fault() is not None:
        return "by verification"
    by = log.trusted_fault()
    if by is not None:
        return "by a held head" if by == "held head" else "by the high-water mark"
    size = done.size if done.size is not None else log.size
    covered = not done.consistent or min(done.first, size + 1) <= log.high_water.size
    return "MISSED" if covered else "not covered"


def _refusals(log: Attacked) -> tuple[type[Exception], ...]:
    """Return what a database raises for a value that it does not take."""
    if log.is_sqlite:
        driver: Any = sqlite_driver()
        return (driver.Error, OverflowError)
    return (psycopg.Error, ValueError, OverflowError)


def in_memory(folder: Path, events: int, seed: int) -> Attacked:
    """Make a log in a file, and tamper with a copy in memory."""
    path = folder / _ORIGINAL
    with new_log(f"sqlite:///{path}") as log:
        held, high_water = fill(log, events, seed)
    connection = sqlite_driver().connect(":memory:", isolation_level=None)
    with closing(sqlite_driver().connect(str(path))) as source:
        source.backup(connection)
    return Attacked(connection, is_sqlite=True, held=held, high_water=high_water)


def whole_program(log: Attacked, folder: Path) -> Also:
    """Return what verifies a tampered log wholly, as `goldthread verify` does, and compares."""

    def compare(found: str) -> None:
        path = folder / "copy.sqlite3"
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        log.connection.execute("COMMIT")
        with closing(sqlite_driver().connect(str(path))) as target:
            log.connection.backup(target)
        with closing(sqlite_driver().connect(str(folder / _ORIGINAL))) as source:
            source.backup(log.connection)
        log.begin()
        try:
            with existing_log(f"sqlite:///{path}") as copy:
                verdict = verify_log(copy.engine, processes=1)
        except RuntimeError:
            verdict = None
        is_found = verdict is None or not verdict.holds
        if is_found != (found == "by verification"):
            message = f"the whole program says {verdict}, the quick way '{found}'"
            raise Missed(message)

    return compare


def missed(counted: Counts) -> int:
    """Return how many tampers should have been found and were not."""
    return sum(count for (_, outcome), count in counted.items() if outcome == "MISSED")


def table(counted: Counts) -> str:
    """Return the counts as text, a way a line."""
    lines = [f"{'':24}" + "".join(f"{outcome:>24}" for outcome in OUTCOMES)]
    for name in [*(way.__name__ for way in WAYS), "all"]:
        counts = [
            sum(n for (way, what), n in counted.items() if what == outcome and name in (way, "all"))
            for outcome in OUTCOMES
        ]
        lines.append(f"{name:24}" + "".join(f"{count:24,}" for count in counts))
    return "\n".join(lines)


def attack_many(tampers: int, seed: int, events: int) -> Counts:
    """Tamper with one log after another, and with each in ways of its own."""
    counted: Counts = Counter()
    while counted.total() < tampers:
        some = min(TAMPERS_OF_A_LOG, tampers - counted.total())
        with tempfile.TemporaryDirectory() as folder:
            log = in_memory(Path(folder), events, seed)
            counted += attack(log, some, seed, whole_program(log, Path(folder)))
            log.connection.close()
        sys.stderr.write(f"{counted.total():,} done, {missed(counted)} missed\n")
        seed += 1
    return counted


def main() -> int:
    """Attack, tell what was found, and return 1 if anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option, default in (("--tampers", 100_000), ("--seed", 1), ("--events", 200)):
        parser.add_argument(option, type=int, default=default)
    asked = parser.parse_args()
    told = "heads held at 90 and high-water marks at 97 per cent"
    sys.stdout.write(f"Logs of {asked.events} events, {told}.\n")
    wall, begun = perf_counter(), process_time()
    counted = attack_many(asked.tampers, asked.seed, asked.events)
    took = f"{perf_counter() - wall:.0f} s ({process_time() - begun:.0f} s of processor)"
    sys.stdout.write(f"{table(counted)}\n{counted.total():,} tampers in {took}.\n")
    return 1 if missed(counted) else 0


if __name__ == "__main__":
    sys.exit(main())
