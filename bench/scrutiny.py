"""What a scrutineer waits for in a record of a million events, and the memory that it takes.

`python -m bench.scrutiny URL` asks the record of a database that is kept; where the database is
empty, the record is written there first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sqlalchemy import inspect, make_url

from bench.databases import Medium
from bench.large_record import long_record, write
from bench.one_question import Took, ask
from bench.packing import packs
from bench.record import begun, opened
from bench.results import Result, print_table
from bench.sizes import Sizes

VERIFIED_A_SECOND = 200_000
TIMES_TODAYS_BOARD = 2.0
TRUE_ON_SECONDS = 10.0
REPLAY_MS = 50.0


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield a line for each thing that is asked of the record."""
    url = long_record(medium, sizes.packed_log_actions)
    yield from questions(url, medium.name, sizes)


def questions(url: str, database: str, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for a record that stands."""
    with opened(url) as record:
        size = record.log.head().size
    of = f"of {size:,} events"
    took = ask("verify", url, 1)
    rate = size / took.seconds
    goal = VERIFIED_A_SECOND
    yield Result(f"verify a record {of}", database, took.words, "-", rate, "events/s", goal)
    now, then = (ask(what, url, sizes.rounds) for what in ("board_now", "board_then"))
    yield _at_most(
        f"board of half of the record {of}", database, then, then.seconds / now.seconds,
        "× today's", TIMES_TODAYS_BOARD, beside=now.words,
    )  # fmt: skip
    took = ask("board_true", url, sizes.rounds)
    work = f"board as true on a day {of}"
    yield _at_most(work, database, took, took.seconds, "s", TRUE_ON_SECONDS, beside=now.words)
    took = ask("replay", url, sizes.rounds * 4)
    work = f"replay of one recommendation {of}"
    yield _at_most(work, database, took, took.seconds * 1_000, "ms", REPLAY_MS)


def _at_most(
    work: str, database: str, took: Took, score: float, unit: str, goal: float, beside: str = "-"
) -> Result:
    return Result(work, database, took.words, beside, score, unit, goal, at_most=True)


def main() -> None:
    """Ask everything of one record, and print the table."""
    (url,), sizes = sys.argv[1:], Sizes()
    database = make_url(url).get_backend_name()
    if not _stands(url):
        with begun(url) as record:
            write(record, sizes.packed_log_actions)
    print_table([*packs(url, database, sizes), *questions(url, database, sizes)])


def _stands(url: str) -> bool:
    with opened(url) as record:
        return inspect(record.log.engine).has_table("log_head")


if __name__ == "__main__":
    main()
