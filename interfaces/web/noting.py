"""Small notes beside a page, such as that somebody was there: no page waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import Connection, Engine, Update
from sqlalchemy.exc import DBAPIError, OperationalError

from events.database import BUSY_MILLISECONDS

_AT_MOST_MILLISECONDS: Final = 50


def note(engine: Engine, change: Update) -> None:
    """Make a small change, unless somebody else is writing for long: the next page notes it.

    While a long document is stored, a database of one file lets nobody else write, and a page that
    only shows something would wait until it is done.
    """
    with suppress(OperationalError), engine.connect() as connection, _hurried(connection):
        connection.execute(change)


@contextmanager
def _hurried(connection: Connection) -> Iterator[None]:
    """Wait for other writers less long than usual. On PostgreSQL nobody waits for them anyway."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {_AT_MOST_MILLISECONDS}")
    try:
        yield
    finally:
        _unhurried(connection)


def _unhurried(connection: Connection) -> None:
    """Wait for others as long as usual again; a connection that cannot is used by nobody else."""
    try:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    except DBAPIError:
        connection.invalidate()
