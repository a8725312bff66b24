"""Attacks on what is recorded, by somebody who may run any statement but not change the schema."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from events.log import EventLog
from tests.events.logs import append, existing_log, new_log, note
from tests.events.tampering import tamper

COLUMNS = "position, stream, version, type, recorded_at, event_id, command_id, body, texts, leaf"
FORGED = "SELECT {}, 'plan-9', 9, type, recorded_at, 'forged', command_id, body, NULL, leaf"
SAME_POSITION = FORGED.format("position")
SAME_EVENT_ID = "SELECT 99, 'plan-9', 9, type, recorded_at, event_id, 'c', body, NULL, leaf"
SAME_VERSION = "SELECT 99, stream, version, type, recorded_at, 'forged', 'c', body, NULL, leaf"
SECOND = " FROM events WHERE position = 2"
HEAD_AGAIN = "SELECT {}, origin, 0, frontier, recorded_at, counters, 0 FROM log_head WHERE true"
WITH_ROWID = COLUMNS.replace("position", "rowid")
EVERYTHING = (
    "SELECT * FROM events ORDER BY position",
    "SELECT id, origin, size, frontier, recorded_at, counters FROM log_head",
)

ON_BOTH = [
    "UPDATE events SET body = leaf",
    "UPDATE events SET texts = NULL WHERE position = 2",
    "UPDATE events SET position = position + 10",
    "DELETE FROM events",
    "DELETE FROM events WHERE position = 3",
    "DELETE FROM log_head",
    "UPDATE log_head SET size = size - 1",
    "UPDATE log_head SET size = 0, frontier = '', recorded_at = '9999-12-31T00:00:00.000000Z'",
    "UPDATE log_head SET recorded_at = '2000-01-01T00:00:00.000000Z'",
    "UPDATE log_head SET origin = 'example.org/other'",
    f"INSERT INTO log_head {HEAD_AGAIN.format(2)}",
    f"INSERT INTO log_head {HEAD_AGAIN.format(1)} ON CONFLICT (id) DO UPDATE SET size = 0",
    *(
        f"INSERT INTO events ({COLUMNS}) {forged}{SECOND}"
        for forged in (SAME_POSITION, SAME_EVENT_ID, SAME_VERSION)
    ),
    *(
        f"INSERT INTO events ({COLUMNS}) {forged}{SECOND}"
        f" ON CONFLICT ({key}) DO UPDATE SET body = excluded.leaf"
        for forged, key in (
            (SAME_POSITION, "position"),
            (SAME_EVENT_ID, "event_id"),
            (SAME_VERSION, "stream, version"),
        )
    ),
]
ON_SQLITE = [
    *(
        f"{verb} INTO {table} ({COLUMNS}) {forged}{SECOND}"
        for verb in ("REPLACE", "INSERT OR REPLACE", "INSERT OR ABORT", "INSERT OR ROLLBACK")
        for table in ("events", "main.events")
        for forged in (
            SAME_POSITION,
            SAME_EVENT_ID,
            SAME_VERSION,
            FORGED.format("CAST(position AS text)"),
            FORGED.format("position + 0.0"),
            SAME_VERSION.replace("version", "CAST(version AS text)", 1),
        )
    ),
    f"REPLACE INTO events ({WITH_ROWID}) {SAME_POSITION}{SECOND}",
    f"INSERT OR FAIL INTO events ({COLUMNS}) {SAME_POSITION}{SECOND}",
    "UPDATE OR REPLACE events SET position = 3 WHERE position = 2",
    "UPDATE OR FAIL events SET position = 3 WHERE position = 2",
    "UPDATE OR REPLACE events SET event_id = (SELECT max(event_id) FROM events)",
    "UPDATE OR IGNORE events SET body = leaf",
    "UPDATE events SET body = frontier FROM log_head",
    "WITH gone AS (SELECT 2 AS at) DELETE FROM events WHERE position IN (SELECT at FROM gone)",
    f"REPLACE INTO log_head {HEAD_AGAIN.format(1)}",
    "UPDATE OR REPLACE log_head SET size = 1",
    f"PRAGMA ignore_check_constraints = ON;INSERT INTO log_head {HEAD_AGAIN.format(2)}",
    f"PRAGMA recursive_triggers = OFF;REPLACE INTO events ({COLUMNS}) {SAME_POSITION}{SECOND}",
]
ON_POSTGRESQL = [
    "TRUNCATE events",
    "TRUNCATE events, log_head CASCADE",
    "TRUNCATE ONLY log_head RESTART IDENTITY",
    "MERGE INTO events USING log_head ON position = 2 WHEN MATCHED THEN DELETE",
    "MERGE INTO events USING log_head ON position = 2 WHEN MATCHED THEN UPDATE SET body = leaf",
    "WITH gone AS (DELETE FROM events RETURNING *) SELECT count(*) FROM gone",
]
BY_OUR_RULES = (
    "immutable|cannot be replaced|one head|cannot be deleted|cannot shrink"  # SQLite
    "|is refused|duplicate key|check constraint"  # PostgreSQL
)
SILENCED = "SET session_replication_role = replica;"


def everything(log: EventLog) -> list[object]:
    return [log.query(statement) for statement in EVERYTHING]


def attack(log: EventLog, statements: str) -> None:
    with log.engine.connect() as connection:
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("statement", ON_BOTH)
def test_what_is_recorded_stays_recorded(log: EventLog, statement: str) -> None:
    append(log, "action-1", note(), note(), note())
    before = everything(log)
    with pytest.raises(DBAPIError, match=BY_OUR_RULES):
        attack(log, statement)
    assert everything(log) == before


def test_it_stays_recorded_on_sqlite(sqlite_url: str) -> None:
    with new_log(sqlite_url) as log:
        append(log, "action-1", note(), note(), note())
        before = everything(log)
        for statement in ON_SQLITE:
            with pytest.raises(DBAPIError, match=BY_OUR_RULES):
                attack(log, statement)
            assert everything(log) == before, statement


@pytest.mark.parametrize("silenced", ["", SILENCED])
def test_it_stays_recorded_on_postgresql_even_for_a_superuser_who_silences_triggers(
    postgres_url: str, silenced: str
) -> None:
    with new_log(postgres_url) as log:
        append(log, "action-1", note(), note(), note())
        before = everything(log)
        with existing_log(postgres_url) as attacker:
            for statement in [*ON_BOTH, *ON_POSTGRESQL]:
                with pytest.raises(DBAPIError, match=BY_OUR_RULES):
                    attack(attacker, silenced + statement)
                assert everything(log) == before, statement


def test_the_attacks_would_succeed_without_the_triggers(log: EventLog) -> None:
    append(log, "action-1", note(), note(), note())
    tamper(log, "UPDATE events SET texts = NULL WHERE position = 2")
    tamper(log, "DELETE FROM events WHERE position = 3")
    tamper(log, "UPDATE log_head SET size = size - 1")
    assert [row.texts is None for row in log.stored(until=2)] == [False, True]
    assert log.query("SELECT size FROM log_head") == [(2,)]


def test_an_insert_that_ignores_conflicts_changes_nothing(log: EventLog) -> None:
    append(log, "action-1", note(), note(), note())
    before = everything(log)
    ignoring = f"INSERT INTO events ({COLUMNS}) {SAME_POSITION}{SECOND} ON CONFLICT DO NOTHING"
    try:
        attack(log, ignoring)
    except DBAPIError:
        assert log.engine.dialect.name == "sqlite"
    assert everything(log) == before
