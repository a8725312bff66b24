"""Writing in one round trip: nothing is locked until the end; an unchanged head takes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from events.log import EventLog, HeadMoved, NestedWriting, Writing, WrongExpectedVersion
from events.postgresql_session import routine_text
from events.reading import NoLog
from events.sessions import Change, Delete, Insert
from events.verification import verify_log
from tests.events.logs import append, append_in, by, existing_log, note

COLUMNS = (("number", "bigint"), ("words", "text"))
PUT = Insert("remark", COLUMNS, replacing=("number",), routine="put_remark")
ADD = Insert("remark", COLUMNS, routine="add_remark")
DROP = Delete("remark", COLUMNS[:1], routine="drop_remark")
WITHOUT_ROUTINE = Insert("remark", COLUMNS)


@pytest.fixture
def remarks(log: EventLog) -> Callable[[], list[tuple[int, str]]]:
    """Make a table besides the log, and give a function that reads it."""
    with log.engine.connect() as connection:
        create = "CREATE TABLE remark (number bigint PRIMARY KEY, words text)"
        connection.exec_driver_sql(create)
        if connection.dialect.name == "postgresql":
            for statement in (PUT, ADD, DROP):
                connection.exec_driver_sql(routine_text(statement))
    append(log, "action-1", note("The head is known from here on."))

    def read() -> list[tuple[int, str]]:
        rows = log.query("SELECT number, words FROM remark ORDER BY number")
        return [(number, words) for number, words in rows]

    return read


def write_at_once(
    log: EventLog, command_id: str, *changes: Change, stream: str = "action-1"
) -> Writing:
    with log.writing_at_once(command_id) as writing:
        append_in(writing, stream, [note()], command_id)
        for change in changes:
            writing.also(change)
    return writing


@pytest.mark.usefixtures("remarks")
class TestAtOnce:
    def test_it_is_stored_like_any_other(self, log: EventLog) -> None:
        writing = write_at_once(log, "command-2")
        write_at_once(log, "command-3", stream="plan-1")
        append(log, "action-1", note())
        assert [recorded.position for recorded in log.read()] == [1, 2, 3, 4]
        assert writing.committed
        assert writing.committed.size == 2
        assert log.head().counters == {"action": 1, "plan": 1}
        assert verify_log(log.engine).holds

    def test_other_rows_are_stored_with_it(
        self, log: EventLog, remarks: Callable[[], object]
    ) -> None:
        write_at_once(log, "command-2", Change(ADD, [(1, "one"), (2, "two"), (3, "three")]))
        write_at_once(log, "command-3", Change(PUT, [(2, "changed")]), Change(DROP, [(1,), (3,)]))
        assert remarks() == [(2, "changed")]

    def test_a_command_that_was_answered_is_stored_once(self, log: EventLog) -> None:
        write_at_once(log, "command-2")
        with pytest.raises(HeadMoved, match="try again"):
            write_at_once(log, "command-2")
        assert log.head().size == 2

    def test_whoever_is_overtaken_stores_nothing(
        self, log: EventLog, database_url: str, remarks: Callable[[], object]
    ) -> None:
        with existing_log(database_url) as other:
            append(other, "action-2", note())
        with pytest.raises(HeadMoved):
            write_at_once(log, "command-2", Change(ADD, [(1, "lost")]))
        assert log.head().size == 2
        assert remarks() == []

    def test_after_any_failure_the_head_must_be_learned_again(self, log: EventLog) -> None:
        with pytest.raises(HeadMoved), log.writing_at_once("command-2"):
            pass
        with pytest.raises(HeadMoved):
            write_at_once(log, "command-3")
        append(log, "action-1", note())
        write_at_once(log, "command-4")
        assert log.head().size == 3

    def test_a_version_that_moved_on_is_refused(self, log: EventLog) -> None:
        with pytest.raises(WrongExpectedVersion), log.writing_at_once("command-2") as writing:
            writing.append("action-1", 5, [note()], by("command-2"))
        assert log.head().size == 1

    def test_a_row_that_cannot_be_stored_stores_nothing(
        self, log: EventLog, remarks: Callable[[], object]
    ) -> None:
        twice = Change(ADD, [(1, "one"), (1, "again")])
        with pytest.raises(Exception, match=r"(?i)unique"):
            write_at_once(log, "command-2", twice)
        assert log.head().size == 1
        assert remarks() == []
        append(log, "action-1", note())
        write_at_once(log, "command-2", Change(ADD, [(1, "one")]))
        assert log.head().size == 3

    def test_it_does_not_go_inside_another_block(self, log: EventLog) -> None:
        with pytest.raises(NestedWriting), log.writing("command-2"):
            write_at_once(log, "command-3")


def test_on_postgresql_a_change_needs_a_function_to_go_in_one_trip(
    log: EventLog, remarks: Callable[[], object]
) -> None:
    changes = (
        Change(WITHOUT_ROUTINE, [(1, "one")]),
        Change("UPDATE remark SET words = ?", [("all",)]),
    )
    for number, change in enumerate(changes):
        append(log, "action-1", note())
        before = log.head().size
        try:
            write_at_once(log, f"command-{number + 10}", change)
        except HeadMoved:
            assert log.engine.dialect.name == "postgresql"
            assert log.head().size == before
    assert remarks() == ([(1, "all")] if log.engine.dialect.name == "sqlite" else [])


def test_a_log_that_was_never_looked_at_is_not_known(log: EventLog) -> None:
    with pytest.raises(HeadMoved):
        write_at_once(log, "command-1")
    assert log.head().size == 0


@pytest.mark.usefixtures("remarks")
class TestApart:
    def test_rows_are_stored_without_the_heads_lock(
        self, log: EventLog, remarks: Callable[[], object]
    ) -> None:
        log.store_apart([Change(ADD, [(1, "one"), (2, "two")]), Change(DROP, [(2,)])])
        log.store_apart([])
        assert remarks() == [(1, "one")]
        assert log.head().size == 1

    def test_they_are_stored_all_or_none(
        self, log: EventLog, remarks: Callable[[], object]
    ) -> None:
        with pytest.raises(Exception, match=r"(?i)unique"):
            log.store_apart([Change(ADD, [(1, "one")]), Change(ADD, [(1, "again")])])
        assert remarks() == []
        append(log, "action-1", note())


def test_a_log_is_opened_once(log: EventLog) -> None:
    append(log, "action-1", note())
    with pytest.raises(Exception, match=r"one head|duplicate key"):
        log.open_with("example.org/other")
    assert log.head().origin == "example.org/record"


def test_a_database_without_a_log_has_no_head_to_know(database_url: str) -> None:
    with existing_log(database_url) as log:
        with pytest.raises(HeadMoved):
            write_at_once(log, "command-1")
        with pytest.raises(NoLog):
            log.head()
