"""Whole lives of actions, written by both sides in batches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from bench.peer import Action, Actions, new_action, take
from bench.record import Record, create_actions
from bench.story import STEPS_OF_A_LIFE, step
from bench.timing import Slice

BATCH_ACTIONS = 40
BATCH_EVENTS = BATCH_ACTIONS * STEPS_OF_A_LIFE
"""So many events are stored in one commit.

Over a socket in the file system the peer waits for ever once a batch is larger than the socket's
buffer (seen at 2,500 events): psycopg's `Pipeline.sync`, which it calls, leaves the rest unsent.
"""


def our_lives(record: Record, events: int) -> Slice:
    """Return the work of storing so many events more, in batches."""
    batches = count()

    def work() -> int:
        for _ in range(events // BATCH_EVENTS):
            first = next(batches) * BATCH_ACTIONS + 1
            create_actions(record, range(first, first + BATCH_ACTIONS))
        return events

    return work


def their_lives(peer: Actions, events: int) -> Slice:
    """Return the peer's work of storing so many events more, in batches of the same size."""
    batches = count(1)

    def work() -> int:
        for _ in range(events // BATCH_EVENTS):
            first = next(batches) * BATCH_ACTIONS
            peer.save_all([_life(number) for number in range(first, first + BATCH_ACTIONS)])
        return events

    return work


def _life(number: int) -> Action:
    action = new_action(step(number, 0).words)
    for turn in range(1, STEPS_OF_A_LIFE):
        take(action, step(number, turn))
    return action


def lives_in_rounds(actions: int) -> Iterator[tuple[int, int]]:
    """Yield number and turn of every event: first all actions are created, then all go on."""
    for turn in range(STEPS_OF_A_LIFE):
        for number in range(1, actions + 1):
            yield number, turn
