"""Letting a log go on under another origin: the one way past the guard that forbids it.

Only the owner of the tables can, and only a restore does: on a copy that nobody works with yet.
"""

from __future__ import annotations

from typing import Final

from events.log import EventLog

_GUARD: Final = "log_head_refuse_shrinking"
_GUARD_OF_SQLITE: Final = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"


def take_origin(log: EventLog, origin: str) -> None:
    """Let what is appended from now on carry another origin.

    The next event has to be `log.continued`, or the log does not verify any more.
    """
    is_sqlite = log.engine.dialect.name == "sqlite"
    with log.engine.connect() as connection:
        if is_sqlite:
            guard = connection.exec_driver_sql(_GUARD_OF_SQLITE, (_GUARD,)).scalar_one()
            lift, put_back = f"DROP TRIGGER {_GUARD}", str(guard)
        else:
            lift = f"ALTER TABLE log_head DISABLE TRIGGER {_GUARD}"
            put_back = f"ALTER TABLE log_head ENABLE ALWAYS TRIGGER {_GUARD}"
        mark = "?" if is_sqlite else "%s"
        connection.exec_driver_sql("BEGIN")
        try:
            connection.exec_driver_sql(lift)
            rename = f"UPDATE log_head SET origin = {mark} WHERE id = 1"  # noqa: S608 - a mark
            connection.exec_driver_sql(rename, (origin,))
            connection.exec_driver_sql(put_back)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
