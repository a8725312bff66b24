"""What somebody with the database's own tools could do: take the triggers away, change rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from events.log import EventLog


def tamper(log: EventLog, statement: str, *parameters: Any) -> None:  # noqa: ANN401
    """Change the stored rows behind the log's back; `?` stands for a parameter."""
    with log.engine.connect() as connection:
        take_triggers_away(connection)
        marked = statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
        connection.exec_driver_sql(marked, parameters)


def take_triggers_away(connection: Connection) -> None:
    """Drop every trigger, as only the owner of the tables can."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    else:
        for table in ("events", "log_head"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
