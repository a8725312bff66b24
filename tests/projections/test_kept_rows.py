"""What is kept is what stands, whoever wrote it; and what did not change is not read again."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from events.audit import AuditHandedOver
from events.directory import SubgroupFormed
from events.recommendation import RecommendationProposed
from projections.board import board
from projections.board_filter import BoardFilter
from projections.kept_board import KeptBoard
from projections.kept_rows import KEPT, KeptRows
from projections.rebuild import rebuild
from projections.store import ViewOfToday
from tests.events.logs import SetClock
from tests.projections.example_board import partnership
from tests.projections.folds import CALENDAR, Tale
from tests.projections.ledgers import new_ledger, write
from tests.projections.stories import random_story
from workflow.brag import CADENCE_DAYS

DAY = dt.date(2025, 3, 31)
OTHERS = ("series", "reminders")
CHANCE = random.Random(11)  # noqa: S311


@pytest.mark.parametrize("seed", range(3))
def test_kept_rows_and_their_board_are_those_of_the_tables_after_every_change(
    database_url: str, seed: int
) -> None:
    clock = SetClock()
    with new_ledger(database_url, clock) as ledger:
        kept, boards = KeptRows(ledger.log), KeptBoard(CALENDAR, CADENCE_DAYS)
        story = random_story(seed, 240)
        for at in range(0, len(story), 12):
            write(ledger, clock, story[at : at + 12], CHANCE)
            view, today = kept.view(), ViewOfToday(ledger.log)
            assert view.position == today.position
            for model in (*KEPT, *OTHERS):
                assert view.all(model) == today.all(model)
            day = DAY + dt.timedelta(days=at // 60)
            for filters in (None, BoardFilter(kind="action")):
                expected = board(today, day, CALENDAR, filters)
                assert boards.board(view, day, filters) == expected
                assert boards.board(kept.view(), day, filters) == expected


def test_rows_that_stand_are_the_same_objects_until_they_change(sqlite_url: str) -> None:
    clock = SetClock()
    with new_ledger(sqlite_url, clock) as ledger:
        kept = KeptRows(ledger.log)
        story = random_story(7, 200)
        write(ledger, clock, story[:180], CHANCE)
        before = kept.view()
        rows = {model: before.rows(model) for model in KEPT}
        write(ledger, clock, story[180:], CHANCE)
        for model in KEPT:
            after = kept.view().rows(model)
            same = [key for key, row in after.items() if rows[model].get(key) is row]
            equal = [key for key, row in after.items() if rows[model].get(key) == row]
            assert same == equal


def test_a_model_that_a_view_was_asked_for_stays_in_it_as_it_was(sqlite_url: str) -> None:
    clock = SetClock()
    with new_ledger(sqlite_url, clock) as ledger:
        write(ledger, clock, random_story(7, 100), CHANCE)
        kept = KeptRows(ledger.log)
        before = kept.view()
        rows = before.all("directory")
        latest = Tale("2027-09-03").tell("subgroup-99", SubgroupFormed(name="The latest"))
        write(ledger, clock, latest.steps, CHANCE)
        assert kept.view().all("directory") != rows
        assert before.all("directory") == rows
        assert before.get("directory", "subgroup-99") is None


def test_a_rebuild_is_noticed(sqlite_url: str) -> None:
    clock = SetClock()
    with new_ledger(sqlite_url, clock) as ledger:
        write(ledger, clock, random_story(3, 100), CHANCE)
        kept = KeptRows(ledger.log)
        before = kept.view().rows("actions")
        rebuild(ledger.log, ledger.fold)
        after = kept.view().rows("actions")
        assert after == before
        assert after is not before


def test_an_audit_that_is_handed_over_takes_what_came_of_it_to_another_board(
    sqlite_url: str,
) -> None:
    came_of_it = RecommendationProposed(text="Share it", audit="audit-1", addressed_to=("role-3",))
    told = partnership().tell("audit-1", AuditHandedOver(subgroup="subgroup-1"))
    told.tell("subgroup-2", SubgroupFormed(name="Implementation"))
    told.tell("recommendation-2", came_of_it)
    clock = SetClock()
    with new_ledger(sqlite_url, clock) as ledger:
        write(ledger, clock, told.steps, CHANCE)
        kept, boards = KeptRows(ledger.log), KeptBoard(CALENDAR, CADENCE_DAYS)
        theirs = BoardFilter(subgroup="S1")
        before = boards.board(kept.view(), DAY, theirs)
        assert "recommendation-2" in {line.ref for line in before.lines}
        handed_over = Tale("2024-09-03").tell("audit-1", AuditHandedOver(subgroup="subgroup-2"))
        write(ledger, clock, handed_over.steps, CHANCE)
        after = boards.board(kept.view(), DAY, theirs)
        assert after == board(ViewOfToday(ledger.log), DAY, CALENDAR, theirs)
        assert "recommendation-2" not in {line.ref for line in after.lines}
