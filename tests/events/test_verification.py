from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from events.action import ActionRecommendationAnswered, ActionStarted
from events.canonical import decode
from events.checkpoint import Checkpoint
from events.database import create_log_tables
from events.log import EventLog
from events.merkle import EMPTY_ROOT, Frontier, leaf_hash
from events.reading import NoLog
from events.record import RECORD_STREAM, TextErased
from events.recorded import Provenance, StoredRow
from events.signing import checkpoint_of
from events.verification import Verdict, verify_log
from tests.events.logs import NOON, SetClock, append, by, existing_log, new_log, note
from tests.events.tampering import take_triggers_away, tamper

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verify four rows at a time, so that a small log has seams."""
    for module in ("verification", "verification_tally"):
        monkeypatch.setattr(f"events.{module}.RANGE_ROWS", 4)


def row_at(log: EventLog, position: int) -> StoredRow:
    (row,) = log.stored(position - 1, position)
    return row


def fill(log: EventLog, count: int = 11) -> None:
    """Append events of two streams in turn, with and without texts, some as one command."""
    for number in range(count):
        event = ActionStarted() if number % 3 == 2 else note(f"Note {number}.")
        append(log, f"action-{number % 2 + 1}", event)


def erase(log: EventLog, position: int, *fields: str) -> None:
    tamper(log, "UPDATE events SET texts = NULL WHERE position = ?", position)
    record_erasure(log, position, *fields)


def record_erasure(log: EventLog, position: int, *fields: str) -> None:
    said = TextErased(
        position=position, fields=fields, authority="The board.", reason="A name was in it."
    )
    append(log, RECORD_STREAM, said)


def forge(log: EventLog, position: int, change: Change) -> None:
    """Change a stored body, and write leaf, columns and tree anew, as a careful forger would."""
    row = row_at(log, position)
    record: dict[str, Any] = decode(row.body)
    change(record)
    rewrite(log, row, orjson.dumps(record, option=orjson.OPT_SORT_KEYS))
    copies = ("stream", "version", "type", "recorded_at", "event_id", "command_id")
    for column in copies:
        if isinstance(record.get(column), str | int):
            statement = f"UPDATE events SET {column} = ? WHERE position = ?"  # noqa: S608
            tamper(log, statement, record[column], position)


def rewrite(log: EventLog, row: StoredRow, body: bytes) -> None:
    statement = "UPDATE events SET body = ?, leaf = ? WHERE position = ?"
    tamper(log, statement, body, leaf_hash(body), row.position)
    rewrite_tree(log)


def rewrite_tree(log: EventLog) -> None:
    leaves = [bytes(leaf) for (leaf,) in log.query("SELECT leaf FROM events ORDER BY position")]
    frontier = Frontier().extend(leaves)
    statement = "UPDATE log_head SET size = ?, frontier = ?"
    tamper(log, statement, frontier.size, frontier.to_bytes())


def fault(log: EventLog, **options: Any) -> tuple[int, str]:  # noqa: ANN401
    found = verify_log(log.engine, **options).fault
    assert found, "nothing was found"
    return found.position, found.what


class TestSoundLogs:
    @pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8, 11])
    @pytest.mark.usefixtures("short_ranges")
    def test_an_untouched_log_holds(self, log: EventLog, count: int) -> None:
        fill(log, count)
        verdict = verify_log(log.engine)
        head = log.head()
        assert verdict == Verdict(head.origin, count, head.frontier.root(), 0, None)
        assert verdict.holds

    def test_an_empty_log_has_the_empty_root(self, log: EventLog) -> None:
        assert verify_log(log.engine).root == EMPTY_ROOT

    def test_every_kind_of_envelope_holds(self, log: EventLog, clock: SetClock) -> None:
        told = Provenance('"quoted" – “Ünïcode”', "command\\1", "correlation-1", "cause-1")
        with log.writing("command\\1") as writing:
            writing.append("action-1", 0, [note(), note()], told, effective_on=NOON.date())
        clock.now = NOON.replace(year=2030)
        append(log, "action-1", note("A long text. " * 1000))
        append(log, "action-1", ActionRecommendationAnswered(recommendation="recommendation-7"))
        assert verify_log(log.engine).holds

    @pytest.mark.usefixtures("short_ranges")
    def test_progress_is_told_range_by_range(self, log: EventLog) -> None:
        fill(log, 11)
        told: list[tuple[int, int]] = []
        verify_log(log.engine, progress=lambda done, total: told.append((done, total)))
        assert told == [(4, 11), (8, 11), (11, 11)]

    @pytest.mark.usefixtures("short_ranges")
    def test_several_processes_find_the_same(self, log: EventLog) -> None:
        fill(log, 11)
        alone, together = verify_log(log.engine, processes=1), verify_log(log.engine, processes=2)
        assert alone == together
        assert together.holds
        tamper(log, "UPDATE events SET leaf = body WHERE position IN (3, 7)")
        alone, together = verify_log(log.engine, processes=1), verify_log(log.engine, processes=2)
        assert alone == together
        assert together.fault
        assert together.fault.position == 3

    def test_a_large_log_is_shared_among_processes_by_itself(
        self, log: EventLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("events.verification.ROWS_WORTH_A_PROCESS", 2)
        monkeypatch.setattr("events.verification.RANGE_ROWS", 2)
        monkeypatch.setattr("events.verification_tally.RANGE_ROWS", 2)
        monkeypatch.setattr("os.cpu_count", lambda: 2)
        fill(log, 5)
        assert verify_log(log.engine).holds

    def test_a_database_without_a_log_is_said_to_have_none(self, database_url: str) -> None:
        with existing_log(database_url) as log:
            with pytest.raises(NoLog):
                verify_log(log.engine)
            with log.engine.connect() as connection:
                create_log_tables(connection)
            with pytest.raises(NoLog):
                verify_log(log.engine)

    def test_a_log_without_its_head_row_is_a_fault(self, log: EventLog) -> None:
        fill(log, 4)
        tamper(log, "DELETE FROM log_head")
        verdict = verify_log(log.engine)
        assert not verdict.holds
        assert fault(log) == (0, "it is missing, though 4 events are stored")
        tamper(log, "DROP TABLE log_head")
        assert fault(log) == (0, "its table is missing, though there is one of events")

    def test_a_second_head_row_is_a_fault(self, log: EventLog) -> None:
        fill(log, 4)
        columns = "origin, size, frontier, recorded_at, counters"
        second = f"INSERT INTO log_head (id, {columns}) SELECT 2, {columns} FROM log_head"  # noqa: S608
        with log.engine.connect() as connection:
            take_triggers_away(connection)
            is_sqlite = connection.dialect.name == "sqlite"
            unchecked = "PRAGMA ignore_check_constraints = ON"
            dropped = "ALTER TABLE log_head DROP CONSTRAINT log_head_id_check"
            connection.exec_driver_sql(unchecked if is_sqlite else dropped)
            connection.exec_driver_sql(second)
        assert fault(log) == (0, "there are 2 of them, where a log has one")

    def test_a_log_without_its_events_is_a_fault(self, log: EventLog) -> None:
        fill(log, 4)
        tamper(log, "DROP TABLE events")
        assert fault(log) == (1, "the table that holds this event and all others is missing")

    def test_a_head_row_out_of_reach_is_not_taken_for_a_missing_log(self, log: EventLog) -> None:
        tamper(log, "ALTER TABLE log_head RENAME COLUMN counters TO numbers")
        with pytest.raises(Exception, match="counters"):
            verify_log(log.engine)


class TestErasure:
    def test_a_text_erased_under_authority_leaves_the_log_whole(self, log: EventLog) -> None:
        fill(log, 4)
        erase(log, 2, "note")
        verdict = verify_log(log.engine)
        assert verdict.holds
        assert verdict.erased == 1

    def test_a_text_that_is_gone_without_an_event_is_named(self, log: EventLog) -> None:
        fill(log, 4)
        tamper(log, "UPDATE events SET texts = NULL WHERE position = 2")
        assert fault(log) == (2, "its text 'note' is gone, but no event erased it")
        record_erasure(log, 2, "another")
        assert fault(log) == (2, "its text 'another' was erased by 5, but is still stored")
        record_erasure(log, 1, "note")
        assert fault(log)[0] == 1

    def test_a_text_that_was_erased_but_is_still_there_is_named(self, log: EventLog) -> None:
        fill(log, 4)
        record_erasure(log, 2, "note")
        assert fault(log) == (2, "its text 'note' was erased by 5, but is still stored")

    def test_an_erasure_of_what_comes_later_erases_nothing(self, log: EventLog) -> None:
        fill(log, 1)
        record_erasure(log, 3, "note")
        append(log, "action-1", note())
        tamper(log, "UPDATE events SET texts = NULL WHERE position = 3")
        assert fault(log) == (3, "its text 'note' is gone, but no event erased it")

    def test_one_of_several_texts_may_be_erased(self, log: EventLog) -> None:
        record_erasure(log, 1, "reason")
        row = row_at(log, 1)
        assert row.texts
        texts = decode(row.texts)
        del texts["reason"]
        left = orjson.dumps(texts, option=orjson.OPT_SORT_KEYS)
        tamper(log, "UPDATE events SET texts = ? WHERE position = 1", left)
        assert fault(log) == (1, "its text 'reason' is gone, but no event erased it")
        record_erasure(log, 1, "reason")
        assert verify_log(log.engine).erased == 1


BAD_TEXTS = [
    (b"", "cannot be read"),
    (b'{"note":1', "cannot be read"),
    (b'{ "note":["00112233445566778899aabbccddeeff","x"]}', "canonical way"),
    (b'{"note":["00112233445566778899aabbccddeeff","x"]}', "is not the one that was recorded"),
    (b'{"other":["00112233445566778899aabbccddeeff","x"]}', "to which the body does not commit"),
    (b'{"note":["0011","x"]}', "not a salt and a value"),
    (b'{"note":["00112233445566778899AABBCCDDEEFF","x"]}', "not a salt and a value"),
    (b'{"note":["00112233445566778899aabbccddeeff",1]}', "not a salt and a value"),
    (b'{"note":"x"}', "not a salt and a value"),
]


class TestTamperedRows:
    @pytest.mark.parametrize(("texts", "what"), BAD_TEXTS)
    def test_texts_that_are_not_what_was_recorded_are_named(
        self, log: EventLog, texts: bytes, what: str
    ) -> None:
        fill(log, 4)
        tamper(log, "UPDATE events SET texts = ? WHERE position = 2", texts)
        position, words = fault(log)
        assert position == 2
        assert what in words

    def test_texts_beside_a_body_that_commits_to_none_are_named(self, log: EventLog) -> None:
        fill(log, 4)
        tamper(log, "UPDATE events SET texts = ? WHERE position = 3", BAD_TEXTS[3][0])
        assert fault(log) == (3, "its texts hold 'note', to which the body does not commit")

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("stream", "action-7"),
            ("version", 7),
            ("type", "action.started"),
            ("recorded_at", "2025-03-31T12:00:00.000001Z"),
            ("event_id", "another"),
            ("command_id", "another"),
        ],
    )
    def test_a_column_that_differs_from_the_body_is_named(
        self, log: EventLog, column: str, value: object
    ) -> None:
        fill(log, 5)
        tamper(log, f"UPDATE events SET {column} = ? WHERE position = 4", value)  # noqa: S608
        position, what = fault(log)
        assert position == 4
        assert what.startswith(f"its column '{column}' says '{value}', its body '")

    @pytest.mark.parametrize("gone", [1, 2, 5])
    @pytest.mark.usefixtures("short_ranges")
    def test_a_missing_event_is_named(self, log: EventLog, gone: int) -> None:
        fill(log, 5)
        tamper(log, "DELETE FROM events WHERE position = ?", gone)
        position, what = fault(log)
        assert position == gone
        assert "the event is missing" in what

    @pytest.mark.usefixtures("short_ranges")
    def test_an_event_beyond_the_head_is_named(self, log: EventLog) -> None:
        fill(log, 5)
        tamper(log, "UPDATE events SET position = 9 WHERE position = 2")
        assert fault(log)[0] == 2
        tamper(log, "UPDATE events SET position = 2 WHERE position = 9")
        assert verify_log(log.engine).holds
        append(log, "action-1", note())
        frontier = Frontier().extend([row.leaf for row in log.stored(until=5)]).to_bytes()
        tamper(log, "UPDATE log_head SET size = 5, frontier = ?", frontier)
        assert fault(log) == (6, "the head row counts 5 events, but more are stored")

    def test_a_head_row_that_counts_too_many_is_missing_an_event(self, log: EventLog) -> None:
        fill(log, 5)
        tamper(log, "UPDATE log_head SET size = size + 1")
        assert fault(log) == (6, "the event is missing")

    def test_an_event_before_the_first_position_is_named(self, log: EventLog) -> None:
        fill(log, 5)
        copy = "SELECT -3, 'plan-1', 1, type, recorded_at, 'x', 'c', body, texts, leaf FROM events"
        tamper(log, f"INSERT INTO events {copy} WHERE position = 2")
        assert fault(log) == (1, "an event stands before it, at -3")

    def test_two_events_that_changed_places_are_named(self, log: EventLog) -> None:
        fill(log, 5)
        tamper(log, "UPDATE events SET position = 100 WHERE position = 2")
        tamper(log, "UPDATE events SET position = 2 WHERE position = 4")
        tamper(log, "UPDATE events SET position = 4 WHERE position = 100")
        assert fault(log) == (2, "its column 'position' says '2', its body '4'")


def put(key: str, value: object) -> Change:
    return lambda record: record.update({key: value})


FORGERIES: list[tuple[Change, str]] = [
    (put("data", {"a": [1.5]}), "a float cannot stand in a record"),
    (put("data", {"a": 2**53}), "too large"),
    (put("data", {"é": 1}), "not ASCII"),
    (put("data", []), "'data' or 'commitments' in its body is malformed"),
    (put("commitments", {"note": "short"}), "'data' or 'commitments' in its body is malformed"),
    (put("commitments", {"note": 5}), "'data' or 'commitments' in its body is malformed"),
    (put("commitments", None), "'data' or 'commitments' in its body is malformed"),
    (put("remark", "x"), "its body lacks or adds: remark"),
    (lambda record: record.pop("actor"), "its body lacks or adds: actor"),
    (put("actor", 5), "'actor' in its body is not a text"),
    (put("correlation_id", None), "'correlation_id' in its body is not a text"),
    (put("causation_id", 5), "'causation_id' in its body is neither a text nor null"),
    (put("event_id", "over\ntwo lines"), "'event_id' in its body is broken over two lines"),
    (put("effective_on", "2025-02-30"), "'effective_on' in its body is neither a date nor null"),
    (put("effective_on", "20250228"), "'effective_on' in its body is neither a date nor null"),
    (put("effective_on", 20250228), "'effective_on' in its body is neither a date nor null"),
    (put("position", value=True), "'position' in its body is not a whole number from 1"),
    (put("version", 0), "'version' in its body is not a whole number from 1"),
    (put("schema_version", 0), "'schema_version' in its body is not a whole number from 1"),
    (put("schema_version", "1"), "'schema_version' in its body is not a whole number from 1"),
    (put("schema_version", 2), "its type 'action.progress_noted' in version 2 is unknown"),
    (put("type", "action.flown"), "its type 'action.flown' in version 1 is unknown"),
    (put("position", 9), "its column 'position' says '4', its body '9'"),
    (put("origin", "example.org/other"), "it comes from another log, 'example.org/other'"),
    (put("recorded_at", "2025-03-31T11:59:59.999999Z"), "recorded earlier than the event before"),
    (put("recorded_at", "2025-03-31 12:00:00.000000Z"), "is not an instant in UTC"),
    (put("recorded_at", "2025-02-30T12:00:00.000000Z"), "is not an instant in UTC"),
    (put("stream", "action-7"), "it is version 2 of action-7, which stood at version 0"),
    (
        lambda record: record.update(stream="nowhere", version=1),
        "'nowhere' is not the name of a stream",
    ),
    (put("version", 9), "it is version 9 of action-2, which stood at version 1"),
]


class TestForgedBodies:
    """Somebody wrote a body anew, with its leaf, its columns and the head row's tree."""

    @pytest.mark.parametrize(("change", "what"), FORGERIES)
    def test_a_body_that_the_log_would_never_write_is_named(
        self, log: EventLog, change: Change, what: str
    ) -> None:
        fill(log, 5)
        forge(log, 4, change)
        position, words = fault(log)
        assert position == 4
        assert what in words

    @pytest.mark.parametrize(
        ("body", "what"),
        [
            (b"not json", "its body is not a record"),
            (b"[]", "its body is not a record"),
            (b'{"a":1, "b":2}', "not written in the one canonical way"),
        ],
    )
    def test_bytes_that_are_no_record_are_named(
        self, log: EventLog, body: bytes, what: str
    ) -> None:
        fill(log, 5)
        rewrite(log, row_at(log, 4), body)
        position, words = fault(log)
        assert position == 4
        assert what in words

    def test_a_malformed_commitment_is_named_though_its_text_is_gone(self, log: EventLog) -> None:
        fill(log, 5)
        forge(log, 3, put("commitments", {"note": "short"}))
        assert fault(log) == (3, "'data' or 'commitments' in its body is malformed")

    def test_a_well_made_forgery_breaks_the_tree_of_the_head_row(self, log: EventLog) -> None:
        fill(log, 11)
        before = log.query("SELECT frontier FROM log_head")[0][0]
        forge(log, 10, put("actor", "person-2"))
        tamper(log, "UPDATE log_head SET frontier = ?", before)
        position, what = fault(log)
        assert position == 9
        assert what.startswith("the events from here to 10 are not those of the head row's tree")

    @pytest.mark.usefixtures("short_ranges")
    def test_seams_between_ranges_are_checked(self, log: EventLog, clock: SetClock) -> None:
        fill(log, 4)
        clock.now = NOON.replace(hour=13)
        fill(log, 4)
        assert verify_log(log.engine).holds
        forge(log, 5, put("recorded_at", "2025-03-31T11:00:00.000000Z"))
        assert fault(log) == (5, "it was recorded earlier than the event before it")

    @pytest.mark.usefixtures("short_ranges")
    def test_versions_are_checked_across_ranges(self, log: EventLog) -> None:
        fill(log, 8)
        tamper(log, "DROP INDEX events_stream_version")
        forge(log, 6, put("version", 9))
        assert fault(log) == (6, "it is version 9 of action-2, which stood at version 2")

    def test_the_first_event_of_a_stream_is_version_one(self, log: EventLog) -> None:
        fill(log, 2)
        forge(log, 2, put("version", 2))
        assert fault(log) == (2, "it is version 2 of action-2, which stood at version 0")

    @pytest.mark.parametrize("of", [2, 5])
    @pytest.mark.usefixtures("short_ranges")
    def test_an_event_id_that_was_used_before_is_named(self, log: EventLog, of: int) -> None:
        fill(log, 8)
        tamper(log, "DROP INDEX events_event_id")
        forge(log, 7, put("event_id", row_at(log, of).event_id))
        assert fault(log) == (7, "its event id is that of an earlier event")


class TestHead:
    @pytest.mark.parametrize(
        ("statement", "what"),
        [
            ("UPDATE log_head SET size = size + 2", "its frontier does not fit"),
            ("UPDATE log_head SET recorded_at = 'noon'", "its time of recording is"),
            (
                "UPDATE log_head SET recorded_at = '2025-03-31T12:00:01.000000Z'",
                "not that of the last",
            ),
            ("UPDATE log_head SET counters = '{}'", "not the highest numbers"),
            ("""UPDATE log_head SET counters = '{"action":3}'""", "not the highest numbers"),
            ("""UPDATE log_head SET counters = '{"action": 2}'""", "its counters are"),
            ("UPDATE log_head SET counters = '['", "its counters are"),
        ],
    )
    def test_a_head_row_that_does_not_fit_the_events_is_named(
        self, log: EventLog, statement: str, what: str
    ) -> None:
        fill(log, 5)
        tamper(log, statement)
        position, words = fault(log)
        assert position == 0
        assert what in words

    def test_a_head_row_of_another_log_is_no_match(self, log: EventLog) -> None:
        fill(log, 5)
        tamper(log, "UPDATE log_head SET origin = 'example.org/other'")
        assert fault(log) == (1, "it comes from another log, 'example.org/record'")

    @pytest.mark.parametrize(
        "change",
        [
            "size = 'many'",
            "size = 4.5",
            "size = x'00'",
            "frontier = 7",
            "recorded_at = x'ff'",
            "counters = x'ff'",
            "counters = 7",
        ],
    )
    def test_a_head_row_of_any_other_kind_is_named(self, sqlite_url: str, change: str) -> None:
        with new_log(sqlite_url) as log:
            fill(log, 5)
            tamper(log, "PRAGMA ignore_check_constraints = ON")
            with log.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
                connection.exec_driver_sql(f"UPDATE log_head SET {change}")  # noqa: S608
            assert fault(log)[0] == 0


class TestHeldCheckpoint:
    """What the database alone cannot show, a checkpoint that was kept elsewhere does."""

    @pytest.mark.parametrize("size", [0, 1, 4, 6, 8, 11])
    @pytest.mark.usefixtures("short_ranges")
    def test_a_log_that_grew_extends_it(self, log: EventLog, size: int) -> None:
        fill(log, size)
        held = checkpoint_of(log)
        fill(log, 11 - size)
        assert verify_log(log.engine, held=held).holds

    def test_a_log_that_was_cut_short_holds_alone_but_not_beside_it(self, log: EventLog) -> None:
        fill(log, 3)
        shorter = log.query("SELECT size, frontier, recorded_at, counters FROM log_head")[0]
        fill(log, 2)
        held = checkpoint_of(log)
        tamper(log, "DELETE FROM events WHERE position > 3")
        statement = "UPDATE log_head SET size = ?, frontier = ?, recorded_at = ?, counters = ?"
        tamper(log, statement, *shorter)
        assert verify_log(log.engine).holds
        position, what = fault(log, held=held)
        assert position == 4
        assert "counts 5 events: the log was cut short" in what

    def test_a_log_that_was_written_anew_holds_alone_but_not_beside_it(self, log: EventLog) -> None:
        fill(log, 5)
        held = checkpoint_of(log)
        forge(log, 2, put("actor", "person-2"))
        assert verify_log(log.engine).holds
        assert fault(log, held=held) == (
            1,
            "the events up to 5 are not those of the checkpoint held elsewhere",
        )

    def test_a_checkpoint_of_another_log_is_no_match(self, log: EventLog) -> None:
        held = Checkpoint("example.org/other", 0, EMPTY_ROOT)
        assert fault(log, held=held) == (0, "the checkpoint is of another log, 'example.org/other'")


def test_a_fault_reads_as_a_sentence(log: EventLog) -> None:
    fill(log, 2)
    tamper(log, "UPDATE log_head SET counters = '{}'")
    head_fault = verify_log(log.engine).fault
    assert str(head_fault).startswith("The head row: its counters are not")
    tamper(log, "UPDATE events SET texts = NULL WHERE position = 1")
    assert str(verify_log(log.engine).fault) == (
        "Position 1: its text 'note' is gone, but no event erased it."
    )


def test_writing_goes_on_while_the_log_is_verified(log: EventLog) -> None:
    fill(log, 3)
    with log.writing("command-x") as writing:
        writing.append("plan-1", 0, [note()], by("command-x"))
        assert verify_log(log.engine).size == 3
    assert verify_log(log.engine).size == 4
