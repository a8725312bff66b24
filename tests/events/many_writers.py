"""Writers in processes of their own, and a reader that tails the log while they write."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from typing_extensions import override

from events.log import EventLog, Writing
from tests.events.logs import append_in, existing_log, note


@dataclass(frozen=True)
class Premise:
    """How many processes write how many commands each, and how often one is rolled back."""

    writers: int = 6
    commands: int = 100
    rolled_back: float = 0.1

    @override
    def __str__(self) -> str:
        return (
            f"{self.writers} processes, {self.commands} commands each,"
            f" {self.rolled_back:.0%} of them rolled back; 1 to 3 events a command"
        )


@dataclass
class Written:
    """What one writer did: the event ids it committed, and how often it rolled back."""

    committed: list[str]
    rolled_back: int = 0


class SecondThoughts(Exception):
    """A writer gave up in the middle of its transaction."""


def write(url: str, number: int, premise: Premise) -> Written:
    """Run one writer's commands, each on a stream of its own or on one that all share."""
    chance = random.Random(number)  # noqa: S311
    done = Written([])
    with existing_log(url) as log:
        for turn in range(premise.commands):
            try:
                with log.writing(f"command-{number}-{turn}") as writing:
                    ids = append_some(writing, number, chance)
                    think_again(chance, premise)
                done.committed += ids
            except SecondThoughts:
                done.rolled_back += 1
    return done


def think_again(chance: random.Random, premise: Premise) -> None:
    if chance.random() < premise.rolled_back:
        raise SecondThoughts


def append_some(writing: Writing, number: int, chance: random.Random) -> list[str]:
    stream = chance.choice([f"action-{number}", "action-99", writing.new_stream("plan")])
    events = [note(f"Writer {number}.") for _ in range(chance.randint(1, 3))]
    return [recorded.event_id for recorded in append_in(writing, stream, events, f"of-{number}")]


@contextmanager
def writing_processes(url: str, premise: Premise) -> Iterator[list[Future[Written]]]:
    """Start the writers. They are forked from a server that holds no connection."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(premise.writers, context) as pool:
        yield [pool.submit(write, url, n, premise) for n in range(1, premise.writers + 1)]


def tail(log: EventLog, writers: list[Future[Written]]) -> list[tuple[int, str]]:
    """Read what is new again and again until all writers are done; return positions and ids."""
    seen: list[tuple[int, str]] = []
    done = False
    while not done:
        done = all(writer.done() for writer in writers)
        after = seen[-1][0] if seen else 0
        seen += [(recorded.position, recorded.event_id) for recorded in log.read(after)]
    return seen
