"""Running the SQL of a step: one file for each database, frozen once it was released."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from alembic import op


def run_script(revision: str) -> None:
    """Run a step's SQL statement by statement, inside the transaction that is open."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    # SQLAlchemy would look for parameters in the text of a trigger.
    driver: Any = connection.connection.driver_connection
    source = files("interfaces.migrations.versions").joinpath(f"{revision}.{dialect}.sql")
    script = source.read_text(encoding="utf-8")
    if dialect == "postgresql":
        driver.execute(script)
        return
    for statement in statements_in(script):
        driver.execute(statement)


def statements_in(script: str) -> Iterator[str]:
    """Split a script for SQLite; a trigger's body stays whole.

    SQLite's own `executescript` would first end the transaction that is open.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement) and statement.strip():
            yield statement.strip()
            statement = ""
