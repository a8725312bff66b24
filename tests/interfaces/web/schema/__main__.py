"""Ask the API for hours whatever its description allows, as different people.

python -m tests.interfaces.web.schema --requests 50000
python -m tests.interfaces.web.schema --requests 2000 --asker chair --seed 7
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import structlog

from tests.interfaces.web.schema.questions import Plan, Tally, ask
from tests.interfaces.web.schema.record import ASKERS, Sample

EXAMPLES: Final = 40
Say = Callable[[str], object]


def main(arguments: Sequence[str], say: Say = print) -> int:
    """Return 0 if every answer was as described, 1 if not."""
    wanted = _read(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    names = [wanted.asker] if wanted.asker else list(ASKERS)
    told, began = Tally(), monotonic()
    with TemporaryDirectory() as folder:
        sample = Sample.made_in(Path(folder, "sample"))
        for number in count():
            seed, name = wanted.seed + number // len(names), names[number % len(names)]
            with sample.asked_by(ASKERS[name], Path(folder, str(number))) as asked:
                most = wanted.requests - told.requests
                told.include(ask(asked, Plan(EXAMPLES, seed=seed), most))
            rate = told.requests / (monotonic() - began)
            say(f"{told.requests} requests, the last as the {name}, seed {seed}; {rate:.0f}/s")
            if told.requests >= wanted.requests:
                break
    say(f"statuses: {dict(sorted(told.statuses.items()))}")
    if told.breaches:
        say(told.told)
    say(f"{len(told.breaches)} breaches")
    return int(bool(told.breaches))


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.interfaces.web.schema")
    parser.add_argument("--requests", type=int, default=2_000, help="how many, or hardly more")
    parser.add_argument("--seed", type=int, default=1, help="the first seed of the questions")
    parser.add_argument("--asker", choices=ASKERS, help="ask as one of them alone")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
