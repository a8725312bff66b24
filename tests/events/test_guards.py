"""Triggers that were taken away, switched off, changed or added are told, and made anew."""

from __future__ import annotations

import pytest

from events.guards import guard_faults, put_guards_back
from events.log import EventLog
from tests.events.logs import append, new_log, note

PASSES = "CREATE {} FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
GONE = {
    "sqlite": ["DROP TRIGGER events_refuse_delete"],
    "postgresql": ["DROP TRIGGER events_refuse_change ON events"],
}
EMPTIED = {
    "sqlite": [
        "DROP TRIGGER events_refuse_delete",
        "CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT 1; END",
    ],
    "postgresql": [PASSES.format("OR REPLACE", "goldthread_refuse_change")],
}
SILENT = ["ALTER TABLE events ENABLE TRIGGER events_refuse_change"]
OFF = ["ALTER TABLE log_head DISABLE TRIGGER log_head_refuse_shrinking"]
FOREIGN = {
    "sqlite": ["CREATE TRIGGER mine AFTER INSERT ON events BEGIN SELECT 1; END"],
    "postgresql": [
        PASSES.format("", "mine"),
        "CREATE TRIGGER mine BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION mine()",
    ],
}


def done(log: EventLog, statements: list[str]) -> None:
    with log.engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def put_back(log: EventLog) -> tuple[str, ...]:
    with log.engine.connect() as connection:
        return put_guards_back(connection)


def test_triggers_as_they_were_made_are_no_fault(log: EventLog) -> None:
    assert guard_faults(log.engine) == ()
    assert put_back(log) == ()


@pytest.mark.parametrize(("how", "words"), [(GONE, "is missing"), (EMPTIED, "or changed")])
def test_what_was_done_to_a_trigger_is_told_and_undone(
    log: EventLog, how: dict[str, list[str]], words: str
) -> None:
    append(log, "action-1", note())
    dialect = log.engine.dialect.name
    done(log, how[dialect])
    name = "events_refuse_delete" if dialect == "sqlite" else "events_refuse_change"
    (found,) = guard_faults(log.engine)
    assert f"'{name}'" in found
    assert found.endswith(words)
    assert put_back(log) == (found,)
    assert guard_faults(log.engine) == ()
    with pytest.raises(Exception, match=r"immutable|what is recorded stays"):
        done(log, ["DELETE FROM events"])


@pytest.mark.parametrize("statements", [SILENT, OFF])
def test_a_trigger_that_some_do_not_meet_is_told(postgres_url: str, statements: list[str]) -> None:
    with new_log(postgres_url) as log:
        done(log, statements)
        (found,) = guard_faults(log.engine)
        assert "was switched off or changed" in found
        put_back(log)
        assert guard_faults(log.engine) == ()


def test_a_trigger_of_somebody_else_is_told_and_left(log: EventLog) -> None:
    done(log, FOREIGN[log.engine.dialect.name])
    expected = ("there is a trigger 'mine' that Goldthread did not make",)
    assert guard_faults(log.engine) == expected
    assert put_back(log) == ()
    assert guard_faults(log.engine) == expected


def test_the_triggers_of_files_that_are_evidence_are_looked_at_where_there_is_a_table_of_them(
    log: EventLog,
) -> None:
    gone = "DROP TRIGGER evidence_file_refuse_delete"
    if log.engine.dialect.name == "postgresql":
        gone = "DROP TRIGGER evidence_file_refuse_change ON evidence_file"
    done(log, [gone])
    (found,) = guard_faults(log.engine)
    assert "'evidence_file_refuse_" in found
    assert put_back(log) == (found,)
    assert guard_faults(log.engine) == ()
    done(log, ["DROP TABLE evidence_file"])
    assert guard_faults(log.engine) == ()
