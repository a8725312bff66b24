"""The heartbeat's table: made empty in a new database, and opened to the application's role."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlalchemy import Connection


def create_heartbeat_table(connection: Connection) -> None:
    """Create the table, empty: one statement, so all or none."""
    driver: Any = connection.connection.driver_connection
    driver.execute(_script(f"heartbeat_{connection.dialect.name}"))


def grant_heartbeat(connection: Connection, role: str) -> None:
    """Let the application's role on PostgreSQL write its beats and read those of others.

    Run it as the owner of the table.
    """
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    driver: Any = connection.connection.driver_connection
    driver.execute(_script("heartbeat_postgresql_grants").replace("{role}", quoted))


def _script(name: str) -> str:
    return files("notifications.schema").joinpath(f"{name}.sql").read_text(encoding="utf-8")
