"""Fresh databases for both sides: the same medium, the same settings of durability."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from tests.databases import PostgresServer
from tests.postgres_keeper import ServerFolder, running_server

NAMED_SERVER = "GOLDTHREAD_TEST_POSTGRES"


class Medium(Protocol):
    """A kind of database on which both sides are measured."""

    @property
    def name(self) -> str:
        """Return `sqlite` or `postgresql`."""

    def fresh_url(self) -> str:
        """Return the URL of a new, empty database for us."""

    def fresh_environment(self) -> dict[str, str]:
        """Return the peer's settings for a new, empty database."""

    def settle(self) -> None:
        """Let the databases finish what they put off, and know their own statistics."""


@dataclass
class SqliteMedium:
    """Files in one folder. Both sides write ahead (WAL) and wait for the disk at every commit."""

    folder: Path
    name: str = "sqlite"
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh_url(self) -> str:
        """See `Medium.fresh_url`."""
        return f"sqlite:///{self._fresh_file()}"

    def fresh_environment(self) -> dict[str, str]:
        """See `Medium.fresh_environment`."""
        file = self._fresh_file()
        with sqlite3.connect(file) as connection:
            ((synchronous,),) = connection.execute("PRAGMA synchronous").fetchall()
        connection.close()
        assert synchronous == 2, "the peer's SQLite must wait for the disk, as ours does"
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)}

    def settle(self) -> None:
        """See `Medium.settle`: nothing to do, the files are always settled."""

    def _fresh_file(self) -> Path:
        return self.folder / f"bench-{next(self._numbers)}.sqlite3"


@dataclass
class PostgresMedium:
    """Databases of one server, which waits for the disk at every commit."""

    server: PostgresServer
    name: str = "postgresql"

    def fresh_url(self) -> str:
        """See `Medium.fresh_url`."""
        return self.server.superuser_url(self.server.create_database())

    def fresh_environment(self) -> dict[str, str]:
        """See `Medium.fresh_environment`."""
        name = self.server.create_database()
        url = make_url(self.server.superuser_url(name))
        host = url.host or url.query.get("host", "127.0.0.1")
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": name,
            "POSTGRES_HOST": str(host),
            "POSTGRES_PORT": str(url.port or url.query.get("port", 5432)),
            "POSTGRES_USER": url.username or "postgres",
            "POSTGRES_PASSWORD": url.password or "unused",
        }

    def settle(self) -> None:
        """See `Medium.settle`."""
        for name in self.server.made_databases:
            url = make_url(self.server.superuser_url(name)).set(drivername="postgresql")
            plain = url.render_as_string(hide_password=False)
            with psycopg.connect(plain, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
                connection.execute("CHECKPOINT")


@contextmanager
def media(folder: Path, names: tuple[str, ...]) -> Iterator[list[Medium]]:
    """Lend the media of some names; whatever was made on them is gone afterwards."""
    found: list[Medium] = []
    if "sqlite" in names:
        found.append(SqliteMedium(folder))
    if "postgresql" not in names:
        yield found
        return
    with _postgres() as server:
        yield [*found, PostgresMedium(server)]


@contextmanager
def _postgres() -> Iterator[PostgresServer]:
    keeper = ServerFolder()
    server = PostgresServer(os.environ.get(NAMED_SERVER) or running_server(keeper.path))
    try:
        yield server
    finally:
        server.close()
        keeper.close()
