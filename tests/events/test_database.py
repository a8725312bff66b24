"""Opening databases: what could lose a confirmed change is refused."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from events.database import (
    UnsafeDatabase,
    create_log_tables,
    journal_settings,
    open_engine,
    sqlite_driver,
)
from tests import postgres_keeper
from tests.events.logs import append, existing_log, new_log, note
from tests.postgres_programs import NoPostgresPrograms, find_programs


def connect(url: str) -> None:
    engine = open_engine(url)
    try:
        with engine.connect():
            pass
    finally:
        engine.dispose()


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


class TestSqlite:
    @pytest.mark.parametrize(
        ("version", "settings"),
        [
            ((3, 40, 1), ("delete", "EXTRA")),
            ((3, 44, 5), ("delete", "EXTRA")),
            ((3, 44, 6), ("wal", "FULL")),
            ((3, 44, 9), ("wal", "FULL")),
            ((3, 45, 0), ("delete", "EXTRA")),
            ((3, 49, 2), ("delete", "EXTRA")),
            ((3, 50, 6), ("delete", "EXTRA")),
            ((3, 50, 7), ("wal", "FULL")),
            ((3, 51, 2), ("delete", "EXTRA")),
            ((3, 51, 3), ("wal", "FULL")),
            ((3, 52, 0), ("wal", "FULL")),
            ((4, 0, 0), ("wal", "FULL")),
        ],
    )
    def test_only_releases_with_the_fix_write_ahead(
        self, version: tuple[int, ...], settings: tuple[str, str]
    ) -> None:
        assert journal_settings(version) == settings

    def test_every_connection_has_the_safe_settings(self, sqlite_url: str) -> None:
        journal, synchronous = journal_settings(sqlite_driver().sqlite_version_info)
        engine = open_engine(sqlite_url)
        for _ in range(2):
            assert pragma(engine, "journal_mode") == journal
            assert pragma(engine, "synchronous") == {"FULL": 2, "EXTRA": 3}[synchronous]
            assert pragma(engine, "foreign_keys") == 1
            assert pragma(engine, "trusted_schema") == 0
            engine.dispose()

    @pytest.mark.parametrize(
        "url",
        [
            "sqlite://",
            "sqlite:///",
            "sqlite:///:memory:",
            "sqlite:///file::memory:?uri=true",
            "sqlite:///file:log?mode=memory&cache=shared&uri=true",
        ],
    )
    def test_a_database_in_memory_is_refused(self, url: str) -> None:
        with pytest.raises(UnsafeDatabase, match="Give it a file") as refusal:
            open_engine(url)
        assert "in memory" in refusal.value.what

    def test_a_memory_database_in_disguise_is_refused_at_the_first_connection(self) -> None:
        with pytest.raises(UnsafeDatabase, match="journal mode 'memory'"):
            connect("sqlite:///file:/disguised?vfs=memdb&uri=true")

    def test_a_file_that_cannot_be_written_ahead_is_refused(self, tmp_path: Path) -> None:
        url = f"sqlite:///file:{tmp_path}/log.sqlite3?vfs=unix-dotfile&uri=true"
        with pytest.raises(UnsafeDatabase, match="instead of 'wal'") as refusal:
            connect(url)
        assert "local disk" in refusal.value.mend

    def test_a_file_that_is_no_database_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "log.sqlite3").write_text("This is a letter, not a database. " * 100)
        with pytest.raises(DBAPIError, match="not a database"):
            connect(f"sqlite:///{tmp_path}/log.sqlite3")

    def test_without_the_newer_driver_pythons_own_is_used(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pysqlite3", None)
        monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
        assert sqlite_driver() is sqlite3

    def test_the_log_works_with_pythons_own_driver_too(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("events.database.sqlite_driver", lambda: sqlite3)
        with new_log(sqlite_url) as log:
            append(log, "action-1", note(), note())
            assert [recorded.position for recorded in log.read()] == [1, 2]

    def test_the_tables_are_made_all_or_none(self, sqlite_url: str) -> None:
        with existing_log(sqlite_url) as log, log.engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE log_head (remark text)")
            with pytest.raises(Exception, match="already exists"):
                create_log_tables(connection)
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
            assert names == ["log_head"]


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(UnsafeDatabase, match="it is a 'mysql' database") as refusal:
        open_engine("mysql://somebody@127.0.0.1/record")
    assert "postgresql+psycopg://" in refusal.value.mend


class TestPostgresql:
    def alter(self, url: str, value: str) -> None:
        database = make_url(url).database
        with existing_log(url) as log, log.engine.connect() as connection:
            connection.exec_driver_sql(
                f'ALTER DATABASE "{database}" SET synchronous_commit = {value}'
            )

    def test_the_plain_name_of_the_driver_means_the_same_driver(self, postgres_url: str) -> None:
        url = make_url(postgres_url).set(drivername="postgresql")
        connect(url.render_as_string(hide_password=False))

    def test_a_database_that_confirms_too_soon_is_refused(self, postgres_url: str) -> None:
        self.alter(postgres_url, "off")
        with pytest.raises(UnsafeDatabase, match="synchronous_commit = off") as refusal:
            connect(postgres_url)
        assert "synchronous_commit = on" in refusal.value.mend

    @pytest.mark.parametrize("value", ["local", "remote_write", "on", "remote_apply"])
    def test_every_setting_that_waits_for_this_servers_disk_will_do(
        self, postgres_url: str, value: str
    ) -> None:
        self.alter(postgres_url, value)
        connect(postgres_url)

    def test_the_options_of_a_connection_are_seen_too(self, postgres_url: str) -> None:
        url = make_url(postgres_url).update_query_dict({"options": "-c synchronous_commit=off"})
        with pytest.raises(UnsafeDatabase, match="synchronous_commit = off"):
            connect(url.render_as_string(hide_password=False))

    @pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
    def test_a_server_that_may_lose_its_disk_is_refused(
        self, unset_server: str, setting: str
    ) -> None:
        connect(unset_server)
        set_on_server(unset_server, setting, "off")
        with pytest.raises(UnsafeDatabase, match=f"{setting} = off") as refusal:
            connect(unset_server)
        assert f"{setting} = on" in refusal.value.mend
        set_on_server(unset_server, setting, "on")
        connect(unset_server)


@pytest.fixture(scope="class")
def unset_server() -> Iterator[str]:
    """Give the URL of a server of its own, whose safety settings are left to its configuration."""
    try:
        programs = find_programs()
    except NoPostgresPrograms as none_found:
        pytest.skip(str(none_found))
    with (
        tempfile.TemporaryDirectory(prefix="goldthread-") as made,
        pytest.MonkeyPatch.context() as m,
    ):
        folder = Path(made)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            m.delitem(postgres_keeper.SETTINGS, setting)
        programs.give(folder)
        programs = programs.reachable_from(folder)
        postgres_keeper.start(programs, folder)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            postgres_keeper.stop(programs, folder)


def set_on_server(url: str, setting: str, value: str) -> None:
    """Set a setting as its administrator would, and wait until every new connection has it."""
    import psycopg  # noqa: PLC0415  Our own engine refuses what this makes.

    plain = url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET {setting} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")
    for _ in range(10_000):
        with closing(psycopg.connect(plain, autocommit=True)) as connection:
            row: Any = connection.execute(f"SHOW {setting}".encode()).fetchone()
        if row == (value,):
            return
    pytest.fail(f"the server never took {setting} = {value}")
