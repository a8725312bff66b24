"""The table of the outbox: made empty in a new database, and opened to the application's role."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlalchemy import Connection


def create_outbox_table(connection: Connection) -> None:
    """Create the outbox, empty, with its indexes, all or none."""
    driver: Any = connection.connection.driver_connection
    script = _script(connection.dialect.name)
    if connection.dialect.name == "sqlite":
        try:
            driver.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
        except BaseException:
            driver.rollback()
            raise
    else:
        driver.execute(script)


def grant_outbox(connection: Connection, role: str) -> None:
    """Let the application's role on PostgreSQL add to the outbox, read it and move it on.

    Run it as the owner of the table. Nobody needs to delete: what left stays countable.
    """
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    driver: Any = connection.connection.driver_connection
    driver.execute(_script("postgresql_grants").replace("{role}", quoted))


def _script(name: str) -> str:
    return files("notifications.schema").joinpath(f"{name}.sql").read_text(encoding="utf-8")
