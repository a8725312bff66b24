from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, inspect

from events.database import create_log_tables, open_engine
from interfaces.bootstrap import SCHEMA_REVISION
from interfaces.migrations.scripts import statements_in
from interfaces.migrations.upgrading import newest_revision, upgrade
from interfaces.web.web_tables import create_web_tables
from notifications.heartbeat_table import create_heartbeat_table
from notifications.outbox_table import create_outbox_table
from tests import databases
from tests.databases import PostgresServer

SQLITE_SCHEMA = (
    "SELECT type, name, sql FROM sqlite_master"
    " WHERE name NOT LIKE '%alembic_version%' ORDER BY type, name"
)
POSTGRES_SCHEMA = (
    (
        "SELECT 'column', table_name, column_name, data_type, is_nullable, column_default,"
        " collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 2, 3"
    ),
    (
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1"
    ),
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
        " AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2"
    ),
    (
        "SELECT tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal ORDER BY 1"
    ),
    (
        "SELECT attrelid::regclass::text, attname, attstattarget, attstorage, attoptions"
        " FROM pg_attribute"
        " WHERE attrelid IN ('events'::regclass, 'outbox'::regclass) AND attnum > 0 ORDER BY 1, 2"
    ),
    (
        "SELECT proname, pg_get_functiondef(oid) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
    ),
    (
        "SELECT relname, reloptions::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND relname <> 'alembic_version' ORDER BY 1"
    ),
)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(connection: Connection) -> list[tuple[object, ...]]:
    is_sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.driver_connection
    assert driver is not None
    statements = [SQLITE_SCHEMA] if is_sqlite else POSTGRES_SCHEMA
    return [tuple(row) for one in statements for row in driver.execute(one).fetchall()]


def plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Let SQL texts differ in white space only."""
    return [
        tuple(" ".join(one.split()) if isinstance(one, str) else one for one in row) for row in rows
    ]


def assert_fresh_equals_migrated(fresh_url: str, migrated_url: str) -> None:
    with engine_of(fresh_url) as fresh, fresh.connect() as connection:
        create_log_tables(connection)
        create_outbox_table(connection)
        create_heartbeat_table(connection)
        create_web_tables(connection)
        expected = schema_of(connection)
    with engine_of(migrated_url) as migrated:
        upgrade(migrated)
        with migrated.connect() as connection:
            found = schema_of(connection)
    assert len(expected) > 10
    assert plain(found) == plain(expected)


def test_on_sqlite_the_schema_built_fresh_equals_the_schema_migrated(
    sqlite_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_fresh_equals_migrated(sqlite_url, fresh_sqlite(tmp_path_factory))


def fresh_sqlite(factory: pytest.TempPathFactory) -> str:
    return databases.sqlite_url(factory.mktemp("migrated"))


def test_on_postgresql_the_schema_built_fresh_equals_the_schema_migrated(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    name = postgres_server.create_database()
    assert_fresh_equals_migrated(postgres_url, postgres_server.superuser_url(name))
    postgres_server.drop_database(name)


def test_upgrading_twice_is_harmless(database_url: str) -> None:
    with engine_of(database_url) as engine:
        upgrade(engine)
        upgrade(engine)
        assert {"events", "log_head", "outbox", "heartbeat"} <= set(
            inspect(engine).get_table_names()
        )


def test_all_steps_are_taken_or_none(database_url: str) -> None:
    with engine_of(database_url) as engine:
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE outbox (words text)")
        with pytest.raises(Exception, match="outbox"):
            upgrade(engine)
        assert set(inspect(engine).get_table_names()) == {"outbox"}


def test_the_newest_step_is_the_one_that_opening_expects() -> None:
    assert newest_revision() == SCHEMA_REVISION


def test_a_script_is_parted_into_statements_and_a_trigger_stays_whole() -> None:
    script = "CREATE TABLE a (b);\nCREATE TRIGGER c AFTER INSERT ON a\nBEGIN\n  SELECT 1;\nEND;\n"
    table, trigger = statements_in(script)
    assert table == "CREATE TABLE a (b);"
    assert trigger.endswith("SELECT 1;\nEND;")
