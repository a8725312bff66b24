"""One path for every command: decided, appended and projected together, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from events.action import ActionBlocked, ActionProgressNoted, ActionStarted
from events.catalogue import Event
from events.log import NestedWriting
from events.recorded import Recorded
from projections import ledger as ledger_module
from projections import writing_rows
from projections.catalogue import FOLD
from projections.checking import check
from projections.ledger import Ledger
from projections.projection import Fold, PoisonEvent, Projection, Row, Rows
from projections.store import ViewOfToday
from tests.projections.ledgers import MANAGER, action, existing_ledger, furnish, new_ledger
from workflow.action_commands import SetSuccessMeasure
from workflow.action_work_commands import (
    BlockAction,
    NoteActionProgress,
    UnblockAction,
)
from workflow.refusals import Conflict, NotFound, NotNow, Refusal

BLOCK = BlockAction(action="action-1", reason="The system is down.")
UNBLOCK = UnblockAction(action="action-1")


def note(words: str = "The training was held.", number: int = 1) -> NoteActionProgress:
    return NoteActionProgress(action=f"action-{number}", note=words)


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    with new_ledger(database_url) as ledger:
        furnish(ledger)
        yield ledger


@pytest.fixture
def other(ledger: Ledger, database_url: str) -> Iterator[Ledger]:  # noqa: ARG001 - makes the tables
    """Lend a second ledger on the same database, as another process has it."""
    with existing_ledger(database_url) as other:
        yield other


def row(ledger: Ledger, key: str = "action-1") -> Row:
    found = ViewOfToday(ledger.log).get("actions", key)
    assert found is not None
    return found


class TestOneCommand:
    def test_whoever_writes_reads_their_own_write(self, ledger: Ledger) -> None:
        answer = ledger.execute(BLOCK, actor=MANAGER)
        assert (answer.stream, answer.version, answer.events) == ("action-1", 3, 1)
        assert row(ledger)["status"] == "blocked"
        stored = [one.event for one in ledger.log.read_stream("action-1")]
        assert stored[2:] == [ActionBlocked(reason=BLOCK.reason)]

    def test_each_command_builds_on_the_one_before(self, ledger: Ledger) -> None:
        for number in range(1, 6):
            answer = ledger.execute(note(f"note {number}"), actor=MANAGER)
            assert answer.version == 2 + number
        assert (row(ledger)["notes"], row(ledger)["latest_note"]) == (5, "note 5")
        assert check(ledger.log, ledger.fold) == ()

    def test_what_is_remembered_makes_no_difference(self, ledger: Ledger) -> None:
        for number in range(1, 6):
            ledger.forget()
            ledger.execute(note(f"note {number}"), actor=MANAGER)
        assert row(ledger)["notes"] == 5
        assert check(ledger.log, ledger.fold) == ()

    def test_it_is_recorded_who_asked_and_through_which_command(self, ledger: Ledger) -> None:
        ledger.execute(BLOCK, actor=MANAGER, command_id="this-command")
        recorded = ledger.log.read_stream("action-1")[-1]
        assert (recorded.actor, recorded.command_id) == (MANAGER, "this-command")
        assert (recorded.correlation_id, recorded.causation_id) == ("this-command", None)

    def test_a_command_that_changes_nothing_stores_nothing(self, ledger: Ledger) -> None:
        measure = SetSuccessMeasure(action="action-1", success_measure="Everybody knows it.")
        ledger.execute(measure, actor=MANAGER)
        size = ledger.log.head().size
        assert ledger.execute(measure, actor=MANAGER).events == 0
        assert ledger.log.head().size == size

    def test_memory_is_bounded_and_forgetting_harmless(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger_module, "REMEMBERED_STATES", 1)
        monkeypatch.setattr(writing_rows, "REMEMBERED_ROWS", 1)
        for number in range(1, 9):
            ledger.execute(note(f"note {number}", number % 2 + 1), actor=MANAGER)
        assert row(ledger)["notes"] == row(ledger, "action-2")["notes"] == 4
        assert check(ledger.log, ledger.fold) == ()


class TestRetries:
    def test_a_retry_stores_nothing_and_gets_the_first_answer(self, ledger: Ledger) -> None:
        first = ledger.execute(note(), actor=MANAGER, command_id="once")
        ledger.execute(note("Something else."), actor=MANAGER)
        size = ledger.log.head().size
        again = ledger.execute(note(), actor=MANAGER, command_id="once")
        assert (again.stream, again.version, again.events) == (first.stream, first.version, 1)
        assert ledger.log.head().size == size

    def test_a_retry_is_answered_in_another_process_too(
        self, ledger: Ledger, other: Ledger
    ) -> None:
        other.execute(note("warm"), actor=MANAGER)
        first = ledger.execute(note(), actor=MANAGER, command_id="once")
        again = other.execute(note(), actor=MANAGER, command_id="once")
        assert (again.stream, again.version, again.events) == (first.stream, first.version, 1)
        assert row(ledger)["notes"] == 2

    def test_a_command_that_was_refused_may_be_tried_again(self, ledger: Ledger) -> None:
        with pytest.raises(NotNow):
            ledger.execute(UNBLOCK, actor=MANAGER, command_id="again")
        ledger.execute(BLOCK, actor=MANAGER)
        assert ledger.execute(UNBLOCK, actor=MANAGER, command_id="again").events == 1


class TestRefusals:
    def test_a_refusal_leaves_nothing(self, ledger: Ledger) -> None:
        ledger.execute(note(), actor=MANAGER)
        before = ledger.log.head()
        for wrong in (UNBLOCK, NoteActionProgress(action="action-99", note="nobody")):
            with pytest.raises(Refusal):
                ledger.execute(wrong, actor=MANAGER)
        assert ledger.log.head() == before
        assert ledger.execute(note(), actor=MANAGER).version == 4
        assert check(ledger.log, ledger.fold) == ()

    def test_a_stranger_is_refused(self, ledger: Ledger) -> None:
        with pytest.raises(Refusal):
            ledger.execute(BLOCK, actor="person-99")

    def test_a_version_that_was_not_seen_is_a_conflict(self, ledger: Ledger) -> None:
        ledger.execute(note(), actor=MANAGER, expected_version=2)
        with pytest.raises(Conflict):
            ledger.execute(note(), actor=MANAGER, expected_version=2)
        assert ledger.execute(note(), actor=MANAGER, expected_version=3).version == 4

    def test_an_event_that_a_projection_cannot_take_is_not_stored(self, database_url: str) -> None:
        broken = Projection("actions_too", version=1)

        @broken.on(ActionProgressNoted)
        def fails(*_: object) -> None:
            raise ZeroDivisionError

        with new_ledger(database_url, fold=Fold([*FOLD.projections, broken])) as ledger:
            furnish(ledger)
            ledger.execute(BLOCK, actor=MANAGER)
            size = ledger.log.head().size
            with pytest.raises(PoisonEvent, match=f"position {size + 1} "):
                ledger.execute(note(), actor=MANAGER)
            assert ledger.log.head().size == size
            assert row(ledger)["notes"] == 0
            ledger.execute(UNBLOCK, actor=MANAGER)
            assert row(ledger)["status"] == "in_progress"


class TestSeveralCommandsTogether:
    def test_they_are_stored_together(self, ledger: Ledger) -> None:
        with ledger.transaction(actor=MANAGER, command_id="together") as transaction:
            transaction.execute(BLOCK)
            transaction.execute(UNBLOCK)
            assert transaction.execute(note()).version == 5
        stored = ledger.log.read_stream("action-1")[2:]
        assert {one.command_id for one in stored} == {"together"}
        assert row(ledger)["status"] == "in_progress"
        assert check(ledger.log, ledger.fold) == ()

    def test_one_that_is_refused_takes_all_with_it(self, ledger: Ledger) -> None:
        ledger.execute(note(), actor=MANAGER)
        before = ledger.log.head()

        def block_and_note_on_nothing() -> None:
            with ledger.transaction(actor=MANAGER) as transaction:
                transaction.execute(BLOCK)
                transaction.execute(note(number=99))

        with pytest.raises(NotFound):
            block_and_note_on_nothing()
        assert ledger.log.head() == before
        assert row(ledger)["status"] == "in_progress"
        ledger.execute(BLOCK, actor=MANAGER)
        assert row(ledger)["status"] == "blocked"
        assert check(ledger.log, ledger.fold) == ()

    def test_a_command_sees_events_that_were_appended_before_it(self, ledger: Ledger) -> None:
        with ledger.transaction(actor=MANAGER) as transaction:
            stream = transaction.new_stream("action")
            transaction.append(stream, 0, [action(3)])
            transaction.append(stream, 1, [ActionStarted()])
            assert transaction.execute(BlockAction(action=stream, reason="Snow.")).version == 3
            transaction.append(stream, 3, [ActionProgressNoted(note="Still snow.")])
            assert transaction.execute(UnblockAction(action=stream)).version == 5
        assert row(ledger, stream)["status"] == "in_progress"
        assert ledger.execute(note(number=3), actor=MANAGER).version == 6
        assert check(ledger.log, ledger.fold) == ()

    def test_streams_appended_to_in_bulk_are_known_afterwards(self, ledger: Ledger) -> None:
        with ledger.transaction(actor=MANAGER) as transaction:
            for number in range(3, 203):
                transaction.append(f"action-{number}", 0, [action(number), ActionStarted()])
        for number in (3, 100, 202):
            block = BlockAction(action=f"action-{number}", reason="Snow.")
            assert ledger.execute(block, actor=MANAGER).version == 3
        assert check(ledger.log, ledger.fold) == ()

    def test_another_command_cannot_come_in_between(self, ledger: Ledger) -> None:
        with ledger.transaction(actor=MANAGER) as transaction:
            with pytest.raises(NestedWriting):
                ledger.execute(note(), actor=MANAGER)
            transaction.execute(BLOCK)
        assert row(ledger)["status"] == "blocked"


class TestRowsThatAreOnlyAdded:
    """A model whose rows one event adds and another looks for, changes or deletes."""

    @pytest.fixture
    def fold(self) -> Fold:
        marks = Projection("marks", version=1)

        @marks.on(ActionStarted)
        def started(rows: Rows, _event: Event, recorded: Recorded) -> None:
            key = recorded.stream
            if rows.get(key) is None:
                rows.add(key, {"n": 1})
            else:
                rows.put(key, {"n": 2})

        @marks.on(ActionProgressNoted)
        def noted(rows: Rows, _event: Event, recorded: Recorded) -> None:
            rows.delete(recorded.stream)

        return Fold([*FOLD.projections, marks])

    def test_they_are_found_later(self, database_url: str, fold: Fold) -> None:
        with new_ledger(database_url, fold=fold) as ledger:
            furnish(ledger)
            events = [ActionStarted(), ActionStarted(), ActionProgressNoted(note="gone")]
            for version, event in enumerate([*events, *events], start=1):
                with ledger.transaction(actor=MANAGER) as transaction:
                    transaction.append("action-1", version + 1, [event])
            with ledger.transaction(actor=MANAGER) as transaction:
                transaction.append("action-2", 2, [*events, ActionStarted()])
                assert transaction.get("marks", "action-2") == {"n": 1}
                transaction.append("action-1", 8, [ActionStarted()])
                assert transaction.all("marks") == {"action-1": {"n": 1}, "action-2": {"n": 1}}
            marks = {"action-1": {"n": 1}, "action-2": {"n": 1}}
            assert ViewOfToday(ledger.log).all("marks") == marks
            assert check(ledger.log, fold) == ()


class TestSomebodyElseWriting:
    def test_two_processes_in_turns_build_on_each_other(
        self, ledger: Ledger, other: Ledger
    ) -> None:
        for number in range(1, 9):
            writer = (ledger, other)[number % 2]
            assert writer.execute(note(f"note {number}"), actor=MANAGER).version == 2 + number
        assert row(ledger)["notes"] == row(other)["notes"] == 8
        assert check(ledger.log, ledger.fold) == ()

    def test_what_was_remembered_is_forgotten(self, ledger: Ledger, other: Ledger) -> None:
        ledger.execute(note(), actor=MANAGER)
        other.execute(BLOCK, actor=MANAGER)
        ledger.execute(UNBLOCK, actor=MANAGER)
        with pytest.raises(NotNow):
            other.execute(UNBLOCK, actor=MANAGER)
        assert check(ledger.log, ledger.fold) == ()

    def test_a_refusal_is_told_from_what_is_true_now(self, ledger: Ledger, other: Ledger) -> None:
        other.execute(note(), actor=MANAGER)
        ledger.execute(BLOCK, actor=MANAGER)
        assert other.execute(UNBLOCK, actor=MANAGER).events == 1

    def test_new_streams_are_numbered_without_gaps(self, ledger: Ledger, other: Ledger) -> None:
        for number in range(3, 9):
            with (ledger, other)[number % 2].transaction(actor=MANAGER) as transaction:
                stream = transaction.new_stream("action")
                transaction.append(stream, 0, [action(number)])
                assert stream == f"action-{number}"

    def test_a_crowd_loses_nothing(self, ledger: Ledger, database_url: str) -> None:
        commands = 10
        problems: list[BaseException] = []

        def work(writer: Ledger, number: int) -> None:
            try:
                for turn in range(commands):
                    writer.execute(note(f"{number}, {turn}", number % 2 + 1), actor=MANAGER)
            except BaseException as problem:  # noqa: BLE001 - a thread's problem is shown below
                problems.append(problem)

        with ExitStack() as stack:
            writers = [ledger, stack.enter_context(existing_ledger(database_url))]
            threads = [
                threading.Thread(target=work, args=(writers[number // 2 % 2], number))
                for number in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert not problems
        assert row(ledger)["notes"] + row(ledger, "action-2")["notes"] == 4 * commands
        assert check(ledger.log, ledger.fold) == ()
