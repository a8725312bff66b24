"""The contract of the log: one suite, run on every database that it can live in."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from events import catalogue
from events.action import ActionBlocked, ActionStarted
from events.canonical import decode
from events.catalogue import UnknownEventType
from events.database import create_log_tables
from events.log import Appended, EventLog, NestedWriting, Writing, WrongExpectedVersion
from events.merkle import Frontier, leaf_hash, root_of
from events.reading import NoLog
from events.recorded import Position, Provenance, UnreadableEvent, commitment
from events.sessions import Change, Insert
from tests.events.logs import (
    NOON,
    ORIGIN,
    SetClock,
    append,
    append_in,
    by,
    existing_log,
    new_log,
    note,
)
from tests.events.tampering import tamper

HOUR = dt.timedelta(hours=1)


def positions(log: EventLog) -> list[int]:
    return [recorded.position for recorded in log.read()]


def log_command(
    log: EventLog, command_id: str
) -> Callable[[Callable[[Writing], None]], Callable[[], None]]:
    """Make of a function one that runs inside a writing block."""

    def within(block: Callable[[Writing], None]) -> Callable[[], None]:
        def run() -> None:
            with log.writing(command_id) as writing:
                block(writing)

        return run

    return within


def stored_body(log: EventLog, position: int) -> dict[str, Any]:
    (row,) = log.stored(position - 1, position)
    return decode(row.body)


def test_an_empty_log_has_a_head_and_no_events(log: EventLog) -> None:
    assert list(log.read()) == []
    assert list(log.stored()) == []
    assert log.read_stream("action-1") == []
    assert log.position_at(NOON) == 0
    head = log.head()
    assert (head.origin, head.size, head.counters) == (ORIGIN, 0, {})
    assert head.frontier.root() == root_of([])


def test_positions_run_from_one_without_gaps_over_all_streams(log: EventLog) -> None:
    append(log, "action-1", note(), note())
    append(log, "plan-1", note())
    append(log, "action-1", note())
    assert positions(log) == [1, 2, 3, 4]
    assert log.head().size == 4
    assert [event.version for event in log.read_stream("action-1")] == [1, 2, 3]
    assert [event.position for event in log.read_stream("action-1", after_version=1)] == [2, 4]


def test_the_log_is_read_in_pages_of_any_range(log: EventLog, monkeypatch: Any) -> None:  # noqa: ANN401
    monkeypatch.setattr("events.reading.PAGE_ROWS", 3)
    append(log, "action-1", *[note(f"Note {number}.") for number in range(1, 11)])
    assert positions(log) == list(range(1, 11))
    assert [event.position for event in log.read(after=4, until=9)] == [5, 6, 7, 8, 9]
    assert [row.position for row in log.stored(after=8)] == [9, 10]


def test_an_event_reads_as_it_was_written_with_its_whole_envelope(log: EventLog) -> None:
    told = Provenance("person-7", "command-9", "correlation-3", "cause-2")
    event = ActionBlocked(reason="The venue – “Café Ünïcode” – fell through.\n\t😀")
    with log.writing("command-9") as writing:
        (answer,) = writing.append("action-1", 0, [event], told, dt.date(2025, 2, 28))
    (recorded,) = log.read()
    assert recorded == answer
    assert recorded.event == event
    assert recorded.recorded_at == NOON
    assert recorded.effective_on == recorded.happened_on == dt.date(2025, 2, 28)
    assert (recorded.actor, recorded.command_id) == ("person-7", "command-9")
    assert (recorded.correlation_id, recorded.causation_id) == ("correlation-3", "cause-2")


def test_without_a_date_of_its_own_an_event_happened_on_the_day_it_was_recorded(
    log: EventLog,
) -> None:
    (recorded,) = append(log, "action-1", note())
    assert recorded.effective_on is None
    assert recorded.happened_on == NOON.date()


def test_the_columns_say_what_the_body_says(log: EventLog) -> None:
    append(log, "action-1", note())
    (row,) = log.stored()
    body = decode(row.body)
    assert body["origin"] == ORIGIN
    for column in ("position", "stream", "version", "type", "recorded_at", "event_id"):
        assert body[column] == getattr(row, column)
    assert body["command_id"] == row.command_id
    assert row.leaf == leaf_hash(row.body)


def test_event_ids_are_all_different(log: EventLog) -> None:
    append(log, "action-1", *[note()] * 50)
    assert len({recorded.event_id for recorded in log.read()}) == 50


def test_the_head_keeps_the_tree_of_all_leaves(log: EventLog) -> None:
    for number in range(1, 14):
        append(log, f"action-{number}", *[note()] * (number % 4 + 1))
        leaves = [row.leaf for row in log.stored()]
        assert log.head().frontier == Frontier().extend(leaves)
        assert log.head().frontier.root() == root_of(leaves)


class TestExpectedVersion:
    def test_an_append_at_the_version_that_was_seen_is_stored(self, log: EventLog) -> None:
        with log.writing("command-1") as writing:
            writing.append("action-1", 0, [note(), note()], by("command-1"))
        with log.writing("command-2") as writing:
            assert writing.version_of("action-1") == 2
            writing.append("action-1", 2, [note()], by("command-2"))
        assert positions(log) == [1, 2, 3]

    @pytest.mark.parametrize("expected", [0, 1, 3])
    def test_another_version_is_refused_and_nothing_is_stored(
        self, log: EventLog, expected: int
    ) -> None:
        append(log, "action-1", note(), note())

        @log_command(log, "command-2")
        def attempt(writing: Writing) -> None:
            writing.append("plan-1", 0, [note()], by("command-2"))
            writing.append("action-1", expected, [note()], by("command-2"))

        with pytest.raises(WrongExpectedVersion, match=f"at version 2, not {expected}") as refusal:
            attempt()
        assert refusal.value.stream == "action-1"
        assert (refusal.value.expected_version, refusal.value.version) == (expected, 2)
        assert positions(log) == [1, 2]

    def test_a_known_version_need_not_be_looked_up(self, log: EventLog) -> None:
        append(log, "action-1", note())
        with log.writing("command-2") as writing:
            writing.trust_version("action-1", 1)
            assert writing.version_of("action-1") == 1
            writing.append("action-1", 1, [note()], by("command-2"))
            writing.trust_version("action-1", 1)
            assert writing.version_of("action-1") == 2

    def test_no_events_at_all_change_nothing(self, log: EventLog) -> None:
        with log.writing("command-1") as writing:
            assert writing.append("action-1", 0, [], by("command-1")) == []
        assert log.head().size == 0
        assert log.head().counters == {}


class TestNewStreams:
    def test_each_category_is_numbered_from_one(self, log: EventLog) -> None:
        with log.writing("command-1") as writing:
            names = [writing.new_stream(kind) for kind in ("action", "plan", "action")]
            assert names == ["action-1", "plan-1", "action-2"]
            for name in names:
                writing.append(name, 0, [note()], by("command-1"))
        with log.writing("command-2") as writing:
            assert writing.new_stream("action") == "action-3"
        assert log.head().counters == {"action": 2, "plan": 1}

    def test_a_stream_named_by_the_caller_counts_too(self, log: EventLog) -> None:
        append(log, "role-4", note())
        append(log, "role-2", note())
        with log.writing("command-1") as writing:
            assert writing.new_stream("role") == "role-5"

    def test_a_number_given_to_no_event_is_given_again(self, log: EventLog) -> None:
        with log.writing("command-1") as writing:
            assert writing.new_stream("action") == "action-1"
            writing.append("plan-1", 0, [note()], by("command-1"))
        assert log.head().counters == {"plan": 1}
        with log.writing("command-2") as writing:
            assert writing.new_stream("action") == "action-1"

    @pytest.mark.parametrize(
        "name", ["action", "action-0", "action-01", "Action-1", "a-1/finding-2"]
    )
    def test_a_stream_needs_a_category_and_a_number(self, log: EventLog, name: str) -> None:
        with pytest.raises(ValueError, match="is not the name of a stream"):
            append(log, name, note())
        assert log.head().size == 0


class TestRetry:
    def test_a_command_that_was_stored_is_answered_with_where(self, log: EventLog) -> None:
        with log.writing("command-1") as writing:
            assert list(writing.answered) == []
            append_in(writing, "action-1", [note(), note()], "command-1")
            append_in(writing, "plan-1", [note()], "command-1")
        append(log, "action-1", note())
        with log.writing("command-1") as writing:
            assert list(writing.answered) == [
                Appended(1, "action-1", 1),
                Appended(2, "action-1", 2),
                Appended(3, "plan-1", 1),
            ]
        assert positions(log) == [1, 2, 3, 4]

    def test_a_command_that_failed_may_be_tried_again(self, log: EventLog) -> None:
        @log_command(log, "command-1")
        def attempt(writing: Writing) -> None:
            append_in(writing, "action-1", [note()], "command-1")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            attempt()
        with log.writing("command-1") as writing:
            assert list(writing.answered) == []
            append_in(writing, "action-1", [note()], "command-1")
        assert positions(log) == [1]


class TestAllOrNone:
    REMARKS = Insert("remark", (("number", "bigint"), ("words", "text")), replacing=("number",))

    def create_remarks(self, log: EventLog) -> None:
        with log.engine.connect() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE remark (number bigint PRIMARY KEY, words text)"
            )

    def remarks(self, log: EventLog) -> list[tuple[int, str]]:
        return [tuple(row) for row in log.query("SELECT number, words FROM remark ORDER BY number")]

    def test_a_block_that_fails_leaves_nothing(self, log: EventLog) -> None:
        self.create_remarks(log)
        append(log, "action-1", note())
        before = log.head()

        @log_command(log, "command-2")
        def attempt(writing: Writing) -> None:
            stream = writing.new_stream("action")
            writing.append(stream, 0, [note()], by("command-2"))
            writing.also(Change(self.REMARKS, [(1, "lost")]))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            attempt()
        assert log.head() == before
        assert self.remarks(log) == []
        append(log, "action-2", note())
        assert positions(log) == [1, 2]
        assert log.head().counters == {"action": 2}

    def test_a_block_whose_last_statement_fails_leaves_nothing(self, log: EventLog) -> None:
        append(log, "action-1", note())
        before = log.head()

        @log_command(log, "command-2")
        def attempt(writing: Writing) -> None:
            append_in(writing, "action-1", [note()], "command-2")
            writing.also(Change("UPDATE no_such_table SET words = ?", [("x",)]))

        with pytest.raises(Exception, match="no_such_table"):
            attempt()
        assert log.head() == before
        append(log, "action-1", note())
        assert positions(log) == [1, 2]

    def test_other_rows_are_stored_with_the_events(self, log: EventLog) -> None:
        self.create_remarks(log)
        with log.writing("command-1") as writing:
            append_in(writing, "action-1", [note()], "command-1")
            writing.also(Change(self.REMARKS, [(1, "first"), (2, "second")]))
            writing.also(Change(self.REMARKS, [(2, "replaced")]))
            writing.also(Change("UPDATE remark SET words = ? WHERE number = ?", [("changed", 1)]))
            writing.also(Change(self.REMARKS, []))
        assert self.remarks(log) == [(1, "changed"), (2, "replaced")]

    def test_other_rows_may_be_stored_without_events(self, log: EventLog) -> None:
        self.create_remarks(log)
        before = log.head()
        with log.writing("command-1") as writing:
            writing.also(Change(Insert("remark", self.REMARKS.columns), [(1, "first")]))
        assert self.remarks(log) == [(1, "first")]
        assert log.head() == before

    def test_the_transaction_reads_what_was_stored_before_it(self, log: EventLog) -> None:
        append(log, "action-1", note("Before."))
        with log.writing("command-2") as writing:
            append_in(writing, "action-1", [note("Within.")], "command-2")
            assert [event.event for event in writing.events_of("action-1")] == [note("Before.")]
            assert writing.query("SELECT size FROM log_head WHERE id = ?", (1,)) == [(1,)]
            assert writing.size == 2
        assert writing.committed == log.head()

    def test_whoever_waits_for_the_commit_is_called_after_it_only(self, log: EventLog) -> None:
        seen: list[int] = []
        with log.writing("command-1") as writing:
            append_in(writing, "action-1", [note()], "command-1")
            writing.when_committed(lambda: seen.append(log.head().size))
            assert seen == []
        assert seen == [1]

        @log_command(log, "command-2")
        def attempt(writing: Writing) -> None:
            writing.when_committed(lambda: seen.append(log.head().size))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            attempt()
        assert seen == [1]

    def test_a_block_inside_a_block_is_refused(self, log: EventLog) -> None:
        @log_command(log, "command-1")
        def attempt(writing: Writing) -> None:
            append_in(writing, "action-1", [note()], "command-1")
            append(log, "action-2", note())

        with pytest.raises(NestedWriting):
            attempt()
        append(log, "action-1", note())
        assert positions(log) == [1]


class TestTime:
    def test_the_time_of_recording_never_goes_back(self, log: EventLog, clock: SetClock) -> None:
        append(log, "action-1", note())
        clock.now = NOON - 2 * HOUR
        append(log, "action-1", note())
        clock.now = NOON + HOUR
        append(log, "action-1", note())
        times = [recorded.recorded_at for recorded in log.read()]
        assert times == [NOON, NOON, NOON + HOUR]
        assert log.head().recorded_at == "2025-03-31T13:00:00.000000Z"

    def test_a_clock_elsewhere_is_written_in_utc(self, log: EventLog, clock: SetClock) -> None:
        clock.now = dt.datetime(2025, 7, 1, 0, 30, tzinfo=dt.timezone(HOUR))
        (recorded,) = append(log, "action-1", note())
        assert stored_body(log, 1)["recorded_at"] == "2025-06-30T23:30:00.000000Z"
        assert recorded.recorded_at == clock.now

    def test_a_clock_without_a_zone_is_refused(self, log: EventLog, clock: SetClock) -> None:
        clock.now = NOON.replace(tzinfo=None)
        with pytest.raises(ValueError, match="no time zone"):
            append(log, "action-1", note())
        clock.now = NOON
        append(log, "action-1", note())
        assert positions(log) == [1]

    def test_a_past_instant_has_its_last_position(self, log: EventLog, clock: SetClock) -> None:
        for hours in (0, 1, 1, 3):
            clock.now = NOON + hours * HOUR
            append(log, "action-1", note())
        asked = [-1, 0, 0.5, 1, 2.9, 3, 1000]
        answers = [log.position_at(NOON + hours * HOUR) for hours in asked]
        assert answers == [Position(at) for at in (0, 1, 1, 3, 3, 4, 4)]
        assert log.position_at(dt.datetime.min.replace(tzinfo=dt.UTC)) == 0


class TestTexts:
    SECRET = "Somebody wrote more than was wise."

    def test_a_text_stays_out_of_the_body_which_commits_to_it(self, log: EventLog) -> None:
        append(log, "action-1", note(self.SECRET))
        (row,) = log.stored()
        assert self.SECRET.encode() not in row.body
        assert row.texts is not None
        texts: dict[str, Any] = decode(row.texts)
        salt, value = texts["note"]
        assert value == self.SECRET
        assert decode(row.body)["commitments"] == {"note": commitment(bytes.fromhex(salt), value)}
        assert decode(row.body)["data"] == {}

    def test_equal_texts_have_different_commitments(self, log: EventLog) -> None:
        append(log, "action-1", note(self.SECRET), note(self.SECRET))
        commitments = [decode(row.body)["commitments"] for row in log.stored()]
        assert commitments[0] != commitments[1]

    def test_an_event_without_texts_stores_none(self, log: EventLog) -> None:
        append(log, "action-1", ActionStarted())
        (row,) = log.stored()
        assert row.texts is None
        assert decode(row.body)["commitments"] == {}

    @pytest.mark.parametrize("left", [None, b"{}"])
    def test_a_text_that_is_gone_reads_as_erased(self, log: EventLog, left: bytes | None) -> None:
        append(log, "action-1", note(self.SECRET))
        (row,) = log.stored()
        tamper(log, "UPDATE events SET texts = ?", left)
        (recorded,) = log.read()
        assert recorded.event == note("[erased]")
        assert next(log.stored()).body == row.body


@pytest.mark.usefixtures("own_types")
class TestOtherReleases:
    def test_an_unknown_type_is_a_clear_error(self, log: EventLog) -> None:
        append(log, "action-1", note())
        del catalogue._types["action.progress_noted"]  # noqa: SLF001
        with pytest.raises(UnknownEventType, match="update Goldthread") as problem:
            list(log.read())
        assert problem.value.type_name == "action.progress_noted"
        assert problem.value.schema_version == 1

    def test_data_that_no_release_wrote_stop_loudly(self, log: EventLog) -> None:
        append(log, "action-1", note())
        catalogue._types["action.progress_noted"] = ActionStarted  # noqa: SLF001
        with pytest.raises(UnreadableEvent, match="Entry 1 of the record cannot be read") as found:
            list(log.read())
        assert found.value.position == 1
        assert found.value.what.endswith("'note' (extra_forbidden)")
        assert note().note not in str(found.value)

    def test_data_that_cannot_be_lifted_stop_as_loudly(self, log: EventLog) -> None:
        append(log, "action-1", ActionStarted())
        lifted = catalogue._types["action.started"]  # noqa: SLF001
        later = type("Later", (lifted,), {"schema_version": 2})
        catalogue._types["action.started"] = later  # noqa: SLF001
        catalogue._upcasters["action.started", 1] = lambda data: {"by": data["by"]}  # noqa: SLF001
        with pytest.raises(UnreadableEvent, match="KeyError"):
            list(log.read())


class TestConnections:
    def test_readers_are_served_while_somebody_writes(self, log: EventLog) -> None:
        append(log, "action-1", note())
        with log.writing("command-2") as writing:
            append_in(writing, "action-1", [note()], "command-2")
            assert positions(log) == [1]
            assert log.head().size == 1
        assert positions(log) == [1, 2]

    def test_a_snapshot_stands_still_while_somebody_writes(self, log: EventLog) -> None:
        append(log, "action-1", note())
        with log.snapshot() as reader:
            assert reader.head().size == 1
            append(log, "action-1", note())
            assert reader.head().size == 1
            assert [recorded.position for recorded in reader.read()] == [1]
        assert log.head().size == 2

    def test_threads_write_one_after_the_other(self, log: EventLog) -> None:
        def write(number: int) -> None:
            for turn in range(5):
                append(log, f"action-{number}", note(), command_id=f"thread-{number}-{turn}")

        threads = [threading.Thread(target=write, args=(number,)) for number in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert positions(log) == list(range(1, 21))
        for number in range(1, 5):
            assert [event.version for event in log.read_stream(f"action-{number}")] == [
                1,
                2,
                3,
                4,
                5,
            ]

    def test_the_log_can_be_closed_and_used_again(self, log: EventLog) -> None:
        log.close()
        append(log, "action-1", note())
        log.close()
        append(log, "action-1", note())
        assert positions(log) == [1, 2]

    def test_a_second_engine_sees_the_same_log(self, log: EventLog, database_url: str) -> None:
        append(log, "action-1", note())
        with existing_log(database_url) as other:
            append(other, "action-1", note())
        assert positions(log) == [1, 2]


def test_a_broken_connection_is_replaced_after_one_error(postgres_url: str) -> None:
    with new_log(postgres_url) as log:
        append(log, "action-1", note())
        with log.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(Exception, match=r"terminat|closed|lost"):
            append(log, "action-1", note())
        append(log, "action-1", note())
        assert positions(log) == [1, 2]


class TestNoLog:
    def test_a_database_without_tables_holds_no_log(self, database_url: str) -> None:
        with existing_log(database_url) as log:
            self.refuses(log)

    def test_tables_without_a_head_row_hold_no_log(self, database_url: str) -> None:
        with existing_log(database_url) as log:
            with log.engine.connect() as connection:
                create_log_tables(connection)
            self.refuses(log)
            log.open_with(ORIGIN)
            append(log, "action-1", note())
            assert positions(log) == [1]

    def refuses(self, log: EventLog) -> None:
        with pytest.raises(NoLog, match="goldthread init"):
            log.head()
        with pytest.raises(NoLog), log.writing("command-1"):
            pass

    def test_another_error_is_not_taken_for_a_missing_log(self, log: EventLog) -> None:
        with pytest.raises(Exception, match="no_such_table"):
            log.query("SELECT 1 FROM no_such_table")
