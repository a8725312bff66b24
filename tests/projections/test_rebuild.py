"""A rebuild leaves what writing left, whatever happens meanwhile; a check finds what does not."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from events.action import ActionProgressNoted
from events.recorded import Recorded
from projections import rebuild as rebuild_module
from projections.catalogue import FOLD
from projections.checking import check
from projections.ledger import Ledger
from projections.projection import Fold, PoisonEvent, Projection, Rows
from projections.rebuild import Rebuilt, rebuild
from projections.store import ViewOfThen, stored_versions
from projections.tables import BEFORE
from tests.events.logs import SetClock
from tests.projections.folds import Folded
from tests.projections.ledgers import (
    MANAGER,
    existing_ledger,
    furnish,
    new_ledger,
    tables,
    write,
)
from tests.projections.stories import random_story
from workflow.action_work_commands import BlockAction, NoteActionProgress, UnblockAction
from workflow.refusals import Refusal

SIZE = 300
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    """Lend a ledger with a random story in it, and actions of its own far away from that."""
    clock = SetClock()
    with new_ledger(database_url, clock) as ledger:
        write(ledger, clock, random_story(11, SIZE), random.Random(11))  # noqa: S311
        yield ledger


@pytest.fixture
def small(database_url: str) -> Iterator[Ledger]:
    """Lend a ledger of few events in which a manager may give commands."""
    with new_ledger(database_url) as ledger:
        furnish(ledger)
        for number in range(4):
            ledger.execute(note(number), actor=MANAGER)
        yield ledger


def note(number: int) -> NoteActionProgress:
    return NoteActionProgress(action="action-1", note=f"note {number}")


class TestRebuild:
    def test_it_leaves_what_writing_left(self, ledger: Ledger) -> None:
        written = tables(ledger.log)
        rebuilt = rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log) == written
        assert rebuilt == Rebuilt(SIZE, len(written[0]), len(written[1]))

    def test_it_leaves_the_same_page_by_page(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rebuild_module, "FLUSH_ROWS", 7)
        written = tables(ledger.log)
        rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log) == written

    def test_it_mends_what_was_lost(self, ledger: Ledger) -> None:
        written = tables(ledger.log)
        change(ledger, "DELETE FROM read_standing")
        change(ledger, "DELETE FROM read_closed")
        rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log) == written

    def test_the_tables_before_are_kept_for_a_way_back(self, ledger: Ledger) -> None:
        written = tables(ledger.log)
        rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log, BEFORE) == written
        rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log, BEFORE) == written

    def test_it_notes_the_versions_of_the_projections(self, ledger: Ledger) -> None:
        rebuild(ledger.log, ledger.fold)
        assert stored_versions(ledger.log) == FOLD.versions

    def test_it_tells_how_far_it_is(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rebuild_module, "PROGRESS_EVERY", 100)
        told: list[tuple[int, int]] = []
        rebuild(ledger.log, ledger.fold, lambda done, size: told.append((done, size)))
        assert told == [(100, SIZE), (200, SIZE), (SIZE, SIZE)]

    def test_nothing_is_appended(self, ledger: Ledger) -> None:
        before = ledger.log.head()
        rebuild(ledger.log, ledger.fold)
        assert ledger.log.head() == replace(before, generation=1)

    def test_zero_events_are_rebuilt_too(self, database_url: str) -> None:
        with new_ledger(database_url) as ledger:
            assert rebuild(ledger.log, ledger.fold) == Rebuilt(0, 0, 0)
            assert tables(ledger.log) == ([], [])
            assert check(ledger.log, ledger.fold) == ()
            furnish(ledger)
            assert check(ledger.log, ledger.fold) == ()

    def test_commands_go_on_after_it(self, small: Ledger, database_url: str) -> None:
        with existing_ledger(database_url) as other:
            other.execute(note(10), actor=MANAGER)
            rebuild(small.log, small.fold)
            other.execute(note(11), actor=MANAGER)
            small.execute(BlockAction(action="action-2", reason="Snow."), actor=MANAGER)
            other.execute(note(12), actor=MANAGER)
        assert check(small.log, small.fold) == ()

    def test_what_is_appended_meanwhile_is_in_it(
        self, small: Ledger, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rebuild_module, "PROGRESS_EVERY", 3)
        with existing_ledger(database_url) as other:
            turns = iter(range(10, 100))

            def somebody_writes(_done: int, _size: int) -> None:
                other.execute(note(next(turns)), actor=MANAGER)

            rebuilt = rebuild(small.log, small.fold, somebody_writes)
        assert rebuilt.records == small.log.head().size
        assert check(small.log, small.fold) == ()
        for position in range(rebuilt.records + 1):
            prefix = Folded(small.log.read(until=position)).view()
            then = ViewOfThen(small.log, position)
            assert all(then.all(model) == prefix.all(model) for model in FOLD.versions)

    def test_rows_that_were_wrong_are_not_remembered_after_it(
        self, small: Ledger, database_url: str
    ) -> None:
        change(small, "UPDATE read_standing SET from_position = 1 WHERE key = 'action-1'")
        with existing_ledger(database_url) as other:
            other.execute(
                NoteActionProgress(action="action-2", note="It reads action 1 too."), actor=MANAGER
            )
            with pytest.raises(Refusal):
                other.execute(UnblockAction(action="action-1"), actor=MANAGER)
            rebuild(small.log, small.fold)
            for ledger in (other, small, other):
                ledger.execute(note(12), actor=MANAGER)
        assert check(small.log, small.fold) == ()

    def test_a_crowd_may_write_while_it_runs(self, small: Ledger, database_url: str) -> None:
        done = threading.Event()
        problems: list[BaseException] = []

        def work() -> None:
            try:
                with existing_ledger(database_url) as writer:
                    while not done.is_set():
                        writer.execute(note(20), actor=MANAGER)
            except BaseException as problem:  # noqa: BLE001 - a thread's problem is shown below
                problems.append(problem)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            rebuild(small.log, small.fold)
        done.set()
        for thread in threads:
            thread.join()
        assert not problems
        assert check(small.log, small.fold) == ()

    def test_rows_deleted_meanwhile_are_gone(
        self, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rebuild_module, "PROGRESS_EVERY", 5)
        marks = Projection("marks", version=1)

        @marks.on(ActionProgressNoted)
        def noted(rows: Rows, event: ActionProgressNoted, _recorded: Recorded) -> None:
            if event.note == "wipe":
                rows.delete("mark")
            else:
                rows.put("mark", {"note": event.note})

        fold = Fold([*FOLD.projections, marks])
        with (
            new_ledger(database_url, fold=fold) as ledger,
            existing_ledger(database_url, fold=fold) as other,
        ):
            furnish(ledger)
            ledger.execute(note(1), actor=MANAGER)
            wipe = NoteActionProgress(action="action-1", note="wipe")

            def somebody_wipes(_done: int, _size: int) -> None:
                other.execute(wipe, actor=MANAGER)

            rebuild(ledger.log, fold, somebody_wipes)
            assert check(ledger.log, fold) == ()

    def test_it_can_be_killed_at_any_time(self, ledger: Ledger, database_url: str) -> None:
        written = tables(ledger.log)
        for done in (1, SIZE // 2, SIZE):
            program = [sys.executable, "-m", "tests.projections.killed_rebuild", database_url]
            killed = subprocess.run([*program, str(done)], cwd=ROOT, check=False)
            assert killed.returncode == -signal.SIGKILL
            assert tables(ledger.log) == written
        rebuild(ledger.log, ledger.fold)
        assert tables(ledger.log) == written
        assert check(ledger.log, ledger.fold) == ()


class TestPoison:
    @pytest.fixture
    def broken(self) -> Fold:
        """Give a fold in which one read model cannot take a certain note."""
        picky = Projection("picky", version=1)

        @picky.on(ActionProgressNoted)
        def noted(_rows: Rows, event: ActionProgressNoted, _recorded: Recorded) -> None:
            if event.note == "note 2":
                raise ZeroDivisionError

        return Fold([*FOLD.projections, picky])

    def test_it_stops_loudly_and_names_the_position(self, small: Ledger, broken: Fold) -> None:
        written = tables(small.log)
        poison = next(
            one.position
            for one in small.log.read()
            if isinstance(one.event, ActionProgressNoted) and one.event.note == "note 2"
        )
        with pytest.raises(PoisonEvent, match=f"'picky' cannot take.* {poison} ") as caught:
            rebuild(small.log, broken)
        assert (caught.value.position, caught.value.model) == (poison, "picky")
        assert tables(small.log) == written
        assert stored_versions(small.log) == {}

    def test_the_old_tables_stay_in_use(self, small: Ledger, broken: Fold) -> None:
        with pytest.raises(PoisonEvent):
            rebuild(small.log, broken)
        small.execute(note(9), actor=MANAGER)
        assert check(small.log, small.fold) == ()


TAMPERINGS: dict[str, tuple[str, tuple[str, str, str]]] = {
    "another row stands": (
        "UPDATE read_standing SET row = EMPTY_ROW WHERE key = 'action-1'",
        ("actions", "action-1", "differs"),
    ),
    "a row stands since another position": (
        "UPDATE read_standing SET from_position = 1 WHERE key = 'action-1'",
        ("actions", "action-1", "differs"),
    ),
    "a row that was only added differs": (
        "UPDATE read_standing SET row = EMPTY_ROW WHERE key = 'role-1'",
        ("directory", "role-1", "differs"),
    ),
    "a row is missing": (
        "DELETE FROM read_standing WHERE key = 'role-1'",
        ("directory", "role-1", "missing"),
    ),
    "a row too many": (
        "INSERT INTO read_standing VALUES ('actions', 'action-9', 3, EMPTY_ROW)",
        ("actions", "action-9", "not in the log"),
    ),
    "another row stood": (
        "UPDATE read_closed SET row = EMPTY_ROW WHERE model = 'actions'",
        ("actions", "action-1", "has a past row that differs"),
    ),
    "a row stood for longer": (
        "UPDATE read_closed SET until_position = until_position + 1 WHERE model = 'actions'",
        ("actions", "action-1", "has a past row that differs"),
    ),
    "a row hangs at another node": (
        "UPDATE read_closed SET node = node + 1 WHERE model = 'actions'",
        ("actions", "action-1", "has a past row that differs"),
    ),
    "a past row is missing": (
        "DELETE FROM read_closed WHERE model = 'directory'",
        ("directory", "person-1", "lacks a past row"),
    ),
    "a past row too many": (
        "INSERT INTO read_closed VALUES ('plans', 'plan-1', 3, 4, 3, EMPTY_ROW)",
        ("plans", "plan-1", "has a past row that is not in the log"),
    ),
    "a row of no read model": (
        "INSERT INTO read_standing VALUES ('nothing', 'x', 3, EMPTY_ROW)",
        ("nothing", "", "no read model"),
    ),
}


class TestCheck:
    def test_what_was_written_is_as_it_should_be(self, ledger: Ledger) -> None:
        told: list[tuple[int, int]] = []
        assert check(ledger.log, ledger.fold, lambda *at: told.append(at)) == ()
        assert told[-1] == (SIZE, SIZE)

    @pytest.mark.parametrize("tampering", TAMPERINGS)
    def test_it_finds_every_kind_of_tampered_row(self, small: Ledger, tampering: str) -> None:
        statement, (model, key, words) = TAMPERINGS[tampering]
        change(small, statement)
        found, *others = check(small.log, small.fold)
        assert (found.model, found.key) == (model, key)
        assert words in found.what
        assert {one.model for one in others} <= {model}

    def test_a_rebuild_mends_it(self, small: Ledger) -> None:
        change(small, TAMPERINGS["another row stood"][0])
        rebuild(small.log, small.fold)
        assert check(small.log, small.fold) == ()


def change(ledger: Ledger, statement: str) -> None:
    """Change the tables behind the ledger's back; EMPTY_ROW stands for a row without fields."""
    blob = "bytea" if ledger.log.engine.dialect.name == "postgresql" else "blob"
    with ledger.log.engine.connect() as connection:
        connection.exec_driver_sql(statement.replace("EMPTY_ROW", f"CAST('{{}}' AS {blob})"))
