"""Opening a database safely: the driver, the settings on which durability rests, the tables."""

from __future__ import annotations

import importlib
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from events.read_only import is_read_only, to_read, unreadable_here

SQLITE_WITH_WAL_RESET_FIX = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first release of each branch in which a reset of the WAL cannot lose a commit."""

POSTGRESQL_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")
"""Settings that must not be off: without them PostgreSQL may forget a commit it has confirmed.

`synchronous_commit` may also be `local` or `remote_write`: a commit then still waits until this
server has it on disk, and only a standby server may lag behind.
"""


BUSY_MILLISECONDS: Final = 60_000
"""So long somebody waits for whoever else writes to an SQLite file."""


class UnsafeDatabase(RuntimeError):
    """The database could lose what it has confirmed, so nothing is stored in it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"Goldthread does not start on this database: {what}. {mend}")


def open_engine(url: str) -> Engine:
    """Open an SQLite file or a PostgreSQL database by its SQLAlchemy URL.

    Transactions are begun and ended by our own statements, so the driver is in autocommit mode. An
    SQLite file that cannot be written to, or whose URL ends in `?mode=ro`, is opened for reading
    alone.
    Raises `UnsafeDatabase` for another kind of database, an in-memory one, or unsafe settings (the
    latter at the first connection).
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed)
        case "postgresql":
            return _open_postgresql(parsed)
        case other:
            raise UnsafeDatabase(
                f"it is a '{other}' database",
                "Use sqlite:///path/to/file.db or postgresql+psycopg://user@host/database.",
            )


def journal_settings(version: tuple[int, ...]) -> tuple[str, str]:
    """Return SQLite's safest journal mode and synchronous setting for one of its releases."""
    for fixed in SQLITE_WITH_WAL_RESET_FIX:
        if version[:2] == fixed[:2] and version >= fixed:
            return "wal", "FULL"
    if version >= SQLITE_WITH_WAL_RESET_FIX[-1]:
        return "wal", "FULL"
    return "delete", "EXTRA"


def sqlite_driver() -> Any:  # noqa: ANN401 - a module of the DB-API
    """Return the driver with the newest SQLite: `pysqlite3` where there is one, else Python's."""
    with suppress(ImportError):
        return importlib.import_module("pysqlite3.dbapi2")
    return importlib.import_module("sqlite3")


def create_log_tables(connection: Connection) -> None:
    """Create the tables and triggers of the log in an empty database, all or none."""
    dialect = connection.dialect.name
    script = files("events.schema").joinpath(f"{dialect}.sql").read_text(encoding="utf-8")
    driver: Any = connection.connection.driver_connection
    if dialect == "sqlite":
        try:
            driver.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
        except BaseException:
            driver.rollback()
            raise
    else:
        driver.execute(script)


def _open_sqlite(url: URL) -> Engine:
    if not url.database or ":memory:" in url.database or "mode=memory" in str(url):
        raise UnsafeDatabase(
            "an SQLite database in memory is lost when the program ends",
            "Give it a file: sqlite:///path/to/file.db.",
        )
    path = Path(url.database)
    if url.query.get("mode") == "ro" or is_read_only(path):
        return _open_to_read(url, path)
    driver = sqlite_driver()
    engine = create_engine(url, module=driver, isolation_level="AUTOCOMMIT")
    journal, synchronous = journal_settings(driver.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's class
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        (mode,) = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
        if mode != journal:
            connection.close()
            raise UnsafeDatabase(
                f"SQLite keeps journal mode '{mode}' instead of '{journal}'",
                "Close every other program that uses the file, and keep it on a local disk.",
            )
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -32768")

    return engine


def _open_to_read(url: URL, path: Path) -> Engine:
    if unreadable_here(path):
        raise UnsafeDatabase(
            f"{path} cannot be written to, and its last changes still stand in {path.name}-wal",
            "Copy both files into a folder of your own and open the copy, or ask for a copy that"
            " was made after every program that uses it was closed.",
        )
    database, query = to_read(path)
    url = url.set(database=database, query=query)
    engine = create_engine(url, module=sqlite_driver(), isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's class
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -32768")

    return engine


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def check(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's class
        for setting in POSTGRESQL_SETTINGS:
            (value,) = connection.execute(f"SHOW {setting}").fetchone()
            if value == "off":
                connection.close()
                raise UnsafeDatabase(
                    f"PostgreSQL runs with {setting} = off and could lose confirmed changes",
                    f"Set {setting} = on in postgresql.conf and reload the server.",
                )

    return engine
