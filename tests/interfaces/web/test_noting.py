"""Small notes beside a page: no page waits long for one, and the next writer waits as ever."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from events.database import BUSY_MILLISECONDS, open_engine
from interfaces.web.noting import note
from interfaces.web.web_tables import USED

CHANGE = USED.update().values(used_at="now")
RESET = f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}"


@pytest.fixture
def engine(sqlite_url: str) -> Engine:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        USED.create(connection)
    return engine


def waits(engine: Engine) -> int:
    """Return how long the next writer waits for others, in milliseconds."""
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()  # type: ignore[no-any-return]


def test_a_note_gives_way_to_who_is_writing_and_is_left_out(engine: Engine) -> None:
    with engine.connect() as writing:
        writing.exec_driver_sql("BEGIN IMMEDIATE")
        note(engine, CHANGE)
        writing.exec_driver_sql("ROLLBACK")
    assert waits(engine) == BUSY_MILLISECONDS


def test_a_connection_that_cannot_be_set_back_is_used_by_nobody_else(engine: Engine) -> None:
    def breaks(_connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
        if statement == RESET:
            raise OperationalError(statement, None, Exception("broken"))

    event.listen(engine, "before_cursor_execute", breaks)
    note(engine, CHANGE)
    event.remove(engine, "before_cursor_execute", breaks)
    assert waits(engine) == BUSY_MILLISECONDS
