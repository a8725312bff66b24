"""Empty records for the simulation: made once for each process, then copied."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from events.database import create_log_tables, open_engine
from events.log import EventLog
from notifications.outbox_table import create_outbox_table
from projections.tables import create_indexes, create_read_tables, create_versions_table
from tests.databases import PostgresServer
from tests.notifications.records import MORNING


class Databases(Protocol):
    """Lends databases in which a record has been opened, with nothing in it."""

    @property
    def name(self) -> str:
        """Return what kind of databases they are."""

    def fresh(self) -> AbstractContextManager[str]:
        """Lend one, by its URL."""

    def close(self) -> None:
        """Leave nothing behind."""


def open_record(url: str) -> None:
    """Make the tables of an empty database, and open the log."""
    engine = open_engine(url)
    log = EventLog(engine, lambda: MORNING)
    with engine.connect() as connection:
        create_log_tables(connection)
        create_outbox_table(connection)
        create_read_tables(connection)
        create_indexes(connection, mark="first")
        create_versions_table(connection)
    log.open_with("example.org/record")
    log.close()
    engine.dispose()


class SqliteDatabases:
    """Files in memory, where the system has a place for such."""

    name = "sqlite"

    def __init__(self) -> None:
        memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
        where = memory if memory.is_dir() else None
        self._folder = Path(tempfile.mkdtemp(prefix="goldthread-year-", dir=where))
        self._first = self._folder / "first.sqlite3"
        open_record(f"sqlite:///{self._first}")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend a copy of the first file."""
        path = self._folder / "year.sqlite3"
        shutil.copyfile(self._first, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for left in self._folder.glob("year.sqlite3*"):
                left.unlink()

    def close(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresDatabases:
    """Databases made from a first one, on a server for tests."""

    name = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._first = server.create_database()
        open_record(server.superuser_url(self._first))
        plain = make_url(server.address).set(drivername="postgresql")
        text = plain.render_as_string(hide_password=False)
        self._administration = psycopg.connect(text, autocommit=True)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend a copy of the first database."""
        name = f"{self._first}_year"
        first, year = sql.Identifier(self._first), sql.Identifier(name)
        self._administration.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(year, first))
        try:
            yield self._server.superuser_url(name)
        finally:
            self._administration.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(year))

    def close(self) -> None:
        """Leave nothing behind."""
        self._administration.close()
        self._server.close()


def databases_at(address: str | None) -> Databases:
    """Return databases on a PostgreSQL server, or SQLite's files without one."""
    return PostgresDatabases(PostgresServer(address)) if address else SqliteDatabases()
