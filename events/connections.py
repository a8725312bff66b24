"""The connections of one log: a lasting one that writes, and pooled ones that read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, inspect

from events.postgresql_session import PostgresSession
from events.reading import NoLog
from events.sessions import Row, Session
from events.sqlite_session import SqliteSession


class Connections:
    """Lends sessions on a database. Who borrows the writing one holds the process's turn."""

    def __init__(self, engine: Engine) -> None:
        self.engine: Final = engine
        self._writer: Any = None

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run one statement that reads. Raises `NoLog` where the tables are missing."""
        with self.pooled() as session:
            try:
                return session.query(statement, parameters)
            except Exception as problem:
                self.require_tables(problem)
                raise

    @contextmanager
    def pooled(self) -> Iterator[Session]:
        """Lend a session of the pool."""
        connection = self.engine.raw_connection()
        try:
            yield _session_for(self.engine.dialect.name, connection.driver_connection)
        finally:
            connection.close()

    def writing(self) -> Session:
        """Return the session that writes; its connection stays open."""
        if self._writer is None:
            self._writer = self.engine.raw_connection()
        return _session_for(self.engine.dialect.name, self._writer.driver_connection)

    def give_up(self, session: Session) -> None:
        """Undo what the writing session has begun; replace its connection if it is broken."""
        try:
            session.roll_back()
        except Exception:  # noqa: BLE001 - whatever broke it, a fresh connection follows
            self._writer.invalidate()
            self._writer = None

    def close(self) -> None:
        """Let go of the connection that writes; the next write takes another."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    def require_tables(self, problem: Exception) -> None:
        """Raise `NoLog` in place of a problem that comes from missing tables."""
        if not inspect(self.engine).has_table("log_head"):
            raise NoLog from problem


def _session_for(dialect: str, connection: Any) -> Session:  # noqa: ANN401 - the driver's class
    """Return the session of a dialect (`sqlite` or `postgresql`) over a driver's connection."""
    return SqliteSession(connection) if dialect == "sqlite" else PostgresSession(connection)
