"""`python -m bench.one_question WHAT URL ROUNDS`: one of a scrutineer's questions, in a process.

Each has a process of its own, so that its memory is its own. It is asked once to warm up, then
some times more; printed are the middle one's seconds, and the processor's and the memory of all.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.large_record import ANSWERED_BY_FEW, AUDIT, FEW, NOTES
from bench.memory import most_kilobytes
from bench.record import Record, opened
from bench.story import STEPS_OF_A_LIFE
from events.signed_note import SigningKey
from events.tree import LogTree
from events.tree_cache import tree_of
from events.verification import verify_log
from interfaces.proof.packing import Asked, Keeping, pack
from projections.board import board
from projections.civil_days import civil_day
from projections.names import Names
from projections.replay import Grain, Milestone, replay
from projections.replay_colours import Ahead
from projections.replay_scope import scope_of_thing
from projections.store import View, ViewOfThen, ViewOfToday
from projections.true_on import ViewTrueOn

Question = Callable[[], object]


class Took(NamedTuple):
    """What a question took. `processor`: seconds of all cores; `megabytes`: resident at most.

    Worker processes count in both, to the memory each as much as the largest.
    """

    seconds: float
    processor: float
    megabytes: float

    @property
    def words(self) -> str:
        """Say it in a few words."""
        wall, cores = _readable(self.seconds), _readable(self.processor)
        return f"{wall}, processor {cores}, {self.megabytes:,.0f} MB"


def ask(what: str, url: str, rounds: int) -> Took:
    """Ask one question in a process of its own."""
    program = [sys.executable, "-m", "bench.one_question", what, url, str(rounds)]
    said = subprocess.check_output(program, text=True)  # noqa: S603 - this very file
    return Took(*json.loads(said))


def main() -> None:
    """Ask, and print what it took."""
    what, url, rounds = sys.argv[1:]
    with opened(url) as record, QUESTIONS[what](record) as question:
        question()
        took = [_timed(question) for _ in range(int(rounds))]
    seconds, processor = (statistics.median(one) for one in zip(*took, strict=True))
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    kilobytes = most_kilobytes() + (os.cpu_count() or 1) * worker
    print(json.dumps([seconds, processor, kilobytes / 1024]))


def _timed(question: Question) -> tuple[float, float]:
    begun, used = time.perf_counter(), _processor()
    question()
    return time.perf_counter() - begun, _processor() - used


def _processor() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@contextmanager
def _verify(record: Record) -> Iterator[Question]:
    def question() -> None:
        assert verify_log(record.log.engine).holds

    yield question


@contextmanager
def _board_now(record: Record) -> Iterator[Question]:
    yield lambda: _board(record, ViewOfToday(record.log))


@contextmanager
def _board_then(record: Record) -> Iterator[Question]:
    half = record.log.head().size // 2
    yield lambda: _board(record, ViewOfThen(record.log, half))


@contextmanager
def _board_true(record: Record) -> Iterator[Question]:
    size, last = _end(record)
    yield lambda: _board(record, ViewTrueOn(record.log, civil_day(last), size))


def _board(record: Record, view: View) -> None:
    _, last = _end(record)
    assert board(view, civil_day(last), record.ledger.calendar).lines


@contextmanager
def _replay(record: Record) -> Iterator[Question]:
    size, last = _end(record)
    on = civil_day(last)

    def question() -> None:
        now, then = ViewOfToday(record.log), ViewOfThen(record.log, 0)
        scope = scope_of_thing(now, ANSWERED_BY_FEW)
        ahead = Ahead(then, scope, record.ledger.calendar)
        events = scope.events(record.log, 0, size)
        ends = (Milestone(size, on, ""),)
        steps = replay(events, scope, ahead, Names(now, on), Grain.EVENT, ends)
        told = sum(len(step.happened) for step in steps)
        assert told == 1 + NOTES + FEW * STEPS_OF_A_LIFE

    yield question


@contextmanager
def _proof(record: Record) -> Iterator[Question]:
    middle = record.log.head().size // 2
    with _keeping() as keeping:
        yield lambda: _tree(record, keeping).inclusion_proofs([middle])


@contextmanager
def _tree_afresh(record: Record) -> Iterator[Question]:
    with _keeping() as keeping:
        yield lambda: _tree(record, keeping, afresh=True)


@contextmanager
def _pack(record: Record) -> Iterator[Question]:
    asked = Asked(AUDIT, "Bench partnership", _end(record)[1])
    with _keeping() as keeping:
        out = keeping.tree_cache.with_name("pack.zip")
        yield lambda: pack(record.log, ViewOfToday(record.log), keeping, asked, out)


@contextmanager
def _keeping() -> Iterator[Keeping]:
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        key = SigningKey.generate("example.org/bench")
        yield Keeping(key, folder / "high-water", folder / "tree.cache")


def _tree(record: Record, keeping: Keeping, *, afresh: bool = False) -> LogTree:
    head = record.log.head()
    whole = (head.size, head.frontier.root())
    return tree_of(record.log, whole, keeping.tree_cache, afresh=afresh)


def _end(record: Record) -> tuple[int, dt.datetime]:
    """Return the size of the record and when its last entry was made."""
    size = record.log.head().size
    (last,) = record.log.read(after=size - 1)
    return size, last.recorded_at


def _readable(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1_000:.1f} ms"


QUESTIONS = {
    "verify": _verify,
    "board_now": _board_now,
    "board_then": _board_then,
    "board_true": _board_true,
    "replay": _replay,
    "proof": _proof,
    "tree_afresh": _tree_afresh,
    "pack": _pack,
}
"""By the name that `ask` takes."""


if __name__ == "__main__":
    main()
