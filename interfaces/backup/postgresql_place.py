"""Where a record stands on PostgreSQL: dumping a database by its own tools, and replacing it.

A backup is a dump in `pg_dump`'s custom format, made in one snapshot. It is restored into a
database of its own beside the live one; the two then change their names in one transaction.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.dialects import registry

from interfaces.backup.refusing import BadBackup, CannotRestore, NoTools

_ENVIRONMENT: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
}
_INSTALLED: Final = Path("/usr/lib/postgresql")
_ADMINISTRATION: Final = "postgres"
_RIGHTS: Final = (
    "SELECT rolname, rolsuper OR rolcreatedb, NOT EXISTS (SELECT 1 FROM pg_database"
    " WHERE datname = %s AND NOT pg_has_role(datdba, 'USAGE'))"
    " FROM pg_roles WHERE rolname = current_user"
)
_HEAD: Final = "SELECT origin, size, frontier, recorded_at FROM log_head WHERE id = 1"


class PostgresPlace:
    """A database on a server, by its SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        dialect = registry.load("postgresql.psycopg")()
        _, self._arguments = dialect.create_connect_args(self._url)
        self.name: Final = str(self._arguments.pop("dbname", self._url.database))

    def url_of(self, name: str) -> str:
        """Return the URL of another database on the same server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def dumping(self) -> Iterator[tuple[tuple[Any, ...], str]]:
        """Hold a snapshot; give the head row in it, and its name for `dump`."""
        with self._connected(self.name) as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            head = connection.execute(_HEAD).fetchone()
            exported = connection.execute("SELECT pg_export_snapshot()").fetchone()
            if head is None or exported is None:
                raise BadBackup("The record has no head, so it is not backed up.")
            yield head, str(exported[0])
            connection.execute("ROLLBACK")

    def dump(self, snapshot: str, to: Path) -> None:
        """Dump the database as a snapshot shows it. Raises `NoTools`, `BadBackup`."""
        self._run(
            "pg_dump",
            *("--format=custom", "--no-owner", "--no-privileges", "--no-password"),
            *(f"--snapshot={snapshot}", f"--file={to}", f"--dbname={self.name}"),
        )

    def load(self, dump: Path, name: str) -> None:
        """Make a fresh database out of a dump. Raises `NoTools`, `BadBackup`."""
        program("pg_restore")
        self.drop(name)
        self._administer("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
        self._run(
            "pg_restore",
            *("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
            *("--no-password", f"--dbname={name}", str(dump)),
        )

    def require_mine(self) -> None:
        """Check that the role may make and replace the database. Raises `CannotRestore`."""
        with self._connected(_ADMINISTRATION) as connection:
            found = connection.execute(_RIGHTS, (self.name,)).fetchone()
        role, may_create, is_owner = found or ("", False, False)
        if not may_create or not is_owner:
            raise CannotRestore(
                f"The database role '{role}' may not"
                f" {'replace the database' if may_create else 'create databases'}, and a restore"
                f" does. Let url in [database] name the owner of '{self.name}', with the right"
                " CREATEDB, for this one command. Nothing was changed."
            )

    def exists(self, name: str) -> bool:
        """Tell whether the server has a database of that name."""
        with self._connected(_ADMINISTRATION) as connection:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return connection.execute(asked, (name,)).fetchone() is not None

    def drop(self, name: str) -> None:
        """Drop a database, if it is there."""
        self._administer("DROP DATABASE IF EXISTS {}", name)

    def replace(self, staged: str, aside: str) -> str | None:
        """Let a staged database take the live one's name. Returns under which that is kept.

        Raises `CannotRestore` when somebody is connected to either.
        """
        is_there = self.exists(self.name)
        try:
            with self._connected(_ADMINISTRATION) as connection, connection.transaction():
                if is_there:
                    connection.execute(_rename(self.name, aside))
                connection.execute(_rename(staged, self.name))
        except psycopg.errors.ObjectInUse as problem:
            raise CannotRestore(
                f"Another program is connected to the database '{self.name}'. Stop the worker and"
                " whatever else uses the record, and try again. Nothing was changed."
            ) from problem
        return aside if is_there else None

    def _administer(self, statement: str, name: str) -> None:
        with self._connected(_ADMINISTRATION) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    @contextmanager
    def _connected(self, name: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        try:
            connection = psycopg.connect(**self._arguments, dbname=name, autocommit=True)
        except psycopg.OperationalError as problem:
            raise CannotRestore(
                f"The database '{name}' cannot be reached: {str(problem).strip()}. Check url in"
                " [database] of the configuration, and that the server is running."
            ) from problem
        with connection:
            yield connection

    def _run(self, name: str, *arguments: str) -> None:
        given = {_ENVIRONMENT[key]: str(self._arguments[key]) for key in _known(self._arguments)}
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, found below
            [program(name), *arguments],
            env=os.environ | given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip() or f"it ended with {done.returncode}"
            raise BadBackup(f"PostgreSQL's program '{name}' did not do its work. It said: {said}")


def program(name: str) -> str:
    """Return where one of PostgreSQL's programs is: in PATH, or the newest that is installed.

    Raises `NoTools`.
    """
    found = shutil.which(name)
    if found:
        return found
    folders = sorted(_INSTALLED.glob("*/bin"), key=_major, reverse=True)
    for folder in folders:
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    raise NoTools(name)


def staged_name(name: str) -> str:
    """Return the name of the database in which a restore is prepared."""
    return f"{name[:50]}_restoring"


def _known(arguments: dict[str, Any]) -> list[str]:
    return [key for key in arguments if key in _ENVIRONMENT]


def _rename(name: str, to: str) -> sql.Composed:
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    return statement.format(sql.Identifier(name), sql.Identifier(to))


def _major(folder: Path) -> int:
    number = re.match(r"\d+", folder.parent.name)
    return int(number[0]) if number else 0
