from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from events.action import ActionCreated, ActionProgressNoted
from projections.reordered import moved_streams
from tests.events.logs import SetClock
from tests.projections.folds import Tale, target
from tests.projections.ledgers import new_ledger, write
from tests.projections.story_world import Step

CREATED = ActionCreated(text="See", lead_roles=(), target=target("June 2025"))
NOTE = ActionProgressNoted(note="We met.")


@pytest.mark.parametrize(
    ("told_on", "by_then", "moved"),
    [
        ("2025-01-06", 2, set()),  # the day of the entry before it: nothing lies between
        ("2025-01-05", 2, {"action-1"}),  # it tells of a day before that entry
        ("2025-01-10", 1, {"action-1"}),  # it was not recorded by then
    ],
)
def test_a_late_entry_moves_what_it_overtakes(
    tmp_path: Path, told_on: str, by_then: int, moved: set[str]
) -> None:
    tale = Tale("2025-01-06").tell("action-1", CREATED)
    tale.on("2025-02-03").tell("action-1", NOTE, effective_on=told_on)
    assert moved_in(tmp_path, tale, by_then) == moved


def test_what_stands_in_other_rows_always_moves(tmp_path: Path) -> None:
    tale = Tale("2025-01-06").tell("action-1", CREATED, effective_on="2025-01-03")
    assert moved_in(tmp_path, tale, 1) == {"action-1"}


def moved_in(folder: Path, tale: Tale, by_then: int) -> set[str]:
    clock = SetClock()
    steps = [
        Step(one.stream, one.event, one.actor, one.recorded_at, one.effective_on)
        for one in tale.events()
    ]
    with new_ledger(f"sqlite:///{folder}/record.db", clock) as ledger:
        write(ledger, clock, steps, random.Random(1))  # noqa: S311
        assert clock.now.date() > dt.date(2025, 1, 5)
        return moved_streams(ledger.log, tale.view().all("late"), by_then)
