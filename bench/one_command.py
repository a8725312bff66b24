"""One command: load, decide, append, project, hash, durable commit; theirs: load, trigger, save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from uuid import UUID

from bench.databases import Medium
from bench.peer import Actions, new_action, take
from bench.record import LEAD, Record, create_actions, open_record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.story import aim, note, step
from bench.timing import Slice, in_turns
from workflow.action_work_commands import NoteActionProgress

ACTIONS = 200
TURNS_BEFORE = 6
COMMANDS = 40
"""In one slice of one side's turn; short, so that both sides share the machine's moods."""
CALLERS = 8
GOAL = 1.5


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for one command: as it is, remembering nothing, and with many callers."""
    rounds = sizes.command_rounds
    with (
        open_record(medium) as record,
        closing(_peer(medium)) as peer,
        closing(_peer(medium, best=True)) as best,
    ):
        create_actions(record, range(1, ACTIONS + 1), TURNS_BEFORE)
        ids, best_ids = _peer_actions(peer), _peer_actions(best)
        medium.settle()
        ours, cold = _commands(record), _commands(record, remembering=False)
        theirs = _peer_commands(peer, ids)
        name = medium.name
        yield beside("one command", name, in_turns(ours, theirs, rounds=rounds), "/s", goal=GOAL)
        rates = in_turns(cold, theirs, rounds=rounds // 2)
        yield beside("  with nothing remembered", name, rates, "/s")
        rates = in_turns(ours, _peer_commands(best, best_ids), rounds=rounds // 2)
        yield beside("  beside the peer with its cache and functions on", name, rates, "/s")
        rates = in_turns(_crowd(ours), _crowd(theirs), rounds=rounds // 4)
        yield beside(f"  with {CALLERS} callers at once", name, rates, "/s")


def _peer(medium: Medium, *, best: bool = False) -> Actions:
    environment = medium.fresh_environment()
    if best:
        environment |= {"AGGREGATE_CACHE_MAXSIZE": "1000", "POSTGRES_ENABLE_DB_FUNCTIONS": "y"}
    return Actions(env=environment)


def _peer_actions(peer: Actions) -> list[UUID]:
    actions = [new_action(aim(number)) for number in range(1, ACTIONS + 1)]
    for number, action in enumerate(actions, start=1):
        for turn in range(1, TURNS_BEFORE):
            take(action, step(number, turn))
    peer.save_all(actions)
    return [action.id for action in actions]


def _commands(record: Record, *, remembering: bool = True) -> Slice:
    numbers = count()

    def work() -> int:
        for _ in range(COMMANDS):
            turn = next(numbers)
            number = turn * 37 % ACTIONS + 1
            if not remembering:
                record.ledger.forget()
            command = NoteActionProgress(action=f"action-{number}", note=note(number, turn))
            answer = record.ledger.execute(command, actor=LEAD)
            assert answer.events == 1
        return COMMANDS

    return work


def _peer_commands(peer: Actions, ids: list[UUID]) -> Slice:
    numbers = count()

    def work() -> int:
        for _ in range(COMMANDS):
            turn = next(numbers)
            number = turn * 37 % ACTIONS + 1
            peer.note_progress(ids[number - 1], note(number, turn))
        return COMMANDS

    return work


def _crowd(work: Callable[[], int]) -> Slice:
    """Return the same work done by several callers at once, each on actions that nobody else has.

    `itertools.count` hands out each number once, also to threads.
    """

    def together() -> int:
        with ThreadPoolExecutor(CALLERS) as callers:
            return sum(callers.map(lambda _: work(), range(CALLERS)))

    return together
