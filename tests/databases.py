"""Real, empty databases for tests: a file for SQLite, a database of its own on PostgreSQL."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.emptying import PUBLIC_RIGHTS, Connection, emptied


def sqlite_url(folder: Path) -> str:
    """Return the URL of a database file in `folder` that does not exist yet."""
    return f"sqlite:///{folder / 'goldthread.sqlite3'}"


@dataclass
class PostgresServer:
    """A running PostgreSQL server, and what tests made on it.

    `address` is the URL of a superuser on any database of the server. Names are unique across
    processes, so several runs may share one server.
    """

    address: str
    made_databases: list[str] = field(default_factory=list)
    made_roles: list[str] = field(default_factory=list)
    _spare: list[str] = field(default_factory=list)

    def superuser_url(self, database: str) -> str:
        """Return the URL of `database` for the superuser."""
        return _text(self._address.set(database=database))

    def role_url(self, database: str, role: str, password: str) -> str:
        """Return the URL of `database` for a role that `create_role` made."""
        return _text(self._address.set(database=database, username=role, password=password))

    def create_database(self) -> str:
        """Create an empty database and return its name."""
        name = unique_name("goldthread_test")
        # Any pristine template will do for rows, but only template0 is nobody's to change.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        self._administration.execute(create)
        self.made_databases.append(name)
        return name

    def lend_database(self) -> str:
        """Return the name of an empty database: one that was given back, or a new one."""
        return self._spare.pop() if self._spare else self.create_database()

    def take_back(self, name: str) -> None:
        """Empty a lent database for the next who asks; drop one that cannot be made as new."""
        with self._connected(self.superuser_url(name)) as connection:
            is_as_new = emptied(connection, self._public_rights)
        if is_as_new:
            self._spare.append(name)
        else:
            self.drop_database(name)

    def drop_database(self, name: str) -> None:
        """Drop a database that `create_database` made, cutting off whoever still reads it."""
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        self._administration.execute(drop)
        self.made_databases.remove(name)

    def create_role(self, name: str, password: str) -> None:
        """Create a role that may log in and has been granted nothing.

        Roles belong to the whole server: take the name from `unique_name`.
        """
        create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        self._administration.execute(create.format(sql.Identifier(name), sql.Literal(password)))
        self.made_roles.append(name)

    def close(self) -> None:
        """Drop every database and role that is left, and disconnect."""
        for database in list(self.made_databases):
            self.drop_database(database)
        self._spare.clear()
        for role in self.made_roles:
            self._administration.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
        self.made_roles.clear()
        self._administration.close()

    @cached_property
    def _administration(self) -> Connection:
        """A connection that stays open, because connecting costs as much as a small database."""
        return self._connected(self.address)

    @cached_property
    def _public_rights(self) -> object:
        return self._administration.execute(PUBLIC_RIGHTS).fetchone()

    def _connected(self, url: str) -> Connection:
        plain = make_url(url).set(drivername="postgresql")
        return psycopg.connect(_text(plain), autocommit=True)

    @property
    def _address(self) -> URL:
        return make_url(self.address)


def unique_name(prefix: str) -> str:
    """Return `prefix` with an ending that no other test or process has."""
    return f"{prefix}_{uuid.uuid4().hex[:12]}"


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
