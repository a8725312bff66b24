"""The two tables of the read models: rows that stand, and rows that stood.

All read models share them, so that one command writes them in one statement each, and the board
as known on any day is one indexed query. They have no migrations: a rebuild makes new tables.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Engine, inspect

from events.postgresql_session import routine_text
from events.sessions import Delete, Insert

STANDING: Final = "read_standing"
CLOSED: Final = "read_closed"
VERSIONS: Final = "read_versions"
PUT_VERSIONS: Final = Insert(VERSIONS, (("id", "bigint"), ("versions", "text")), replacing=("id",))
FRESH: Final = "_new"
BEFORE: Final = "_before"
"""Suffixes of the tables that a rebuild fills, and of those that it replaced."""

_STANDING_COLUMNS: Final = (
    ("model", "text"),
    ("key", "text"),
    ("from_position", "bigint"),
    ("row", "bytea"),
)
_CLOSED_COLUMNS: Final = (
    ("model", "text"),
    ("key", "text"),
    ("from_position", "bigint"),
    ("until_position", "bigint"),
    ("node", "bigint"),
    ("row", "bytea"),
)


ROW_STANDING: Final = f"SELECT from_position, row FROM {STANDING} WHERE model = ? AND key = ?"
SOME_STANDING: Final = (
    f"SELECT key, from_position, row FROM {STANDING} WHERE model = ? AND key IN ({{marks}})"
)
STANDING_ROWS: Final = f"SELECT key, from_position, row FROM {STANDING} WHERE model = ?"
CHANGED_ROWS: Final = (
    f"SELECT key, CASE WHEN from_position > ? THEN row END FROM {STANDING} WHERE model = ?"
)
CLOSED_PAGE: Final = (
    f"SELECT key, from_position, until_position, node, row FROM {CLOSED}"
    " WHERE model = ? AND (key, from_position) > (?, ?) ORDER BY key, from_position LIMIT ?"
)
CLOSED_COUNT: Final = f"SELECT count(*) FROM {CLOSED} WHERE model = ?"
MODELS: Final = tuple(f"SELECT DISTINCT model FROM {table}" for table in (STANDING, CLOSED))


def delete_standing(suffix: str = "") -> Delete:
    """Return the statement that lets no row stand under a model and key."""
    return Delete(STANDING + suffix, _STANDING_COLUMNS[:2], f"{STANDING}_delete{suffix}")


def put_standing(suffix: str = "") -> Insert:
    """Return the statement that lets rows stand, in place of those before them."""
    replacing = ("model", "key")
    return Insert(STANDING + suffix, _STANDING_COLUMNS, replacing, f"{STANDING}_put{suffix}")


def add_standing(suffix: str = "") -> Insert:
    """Return the statement that lets rows stand where none stood; it needs no index."""
    return Insert(STANDING + suffix, _STANDING_COLUMNS)


def insert_closed(suffix: str = "") -> Insert:
    """Return the statement that keeps rows which stood until a position."""
    return Insert(CLOSED + suffix, _CLOSED_COLUMNS, routine=f"{CLOSED}_add{suffix}")


def create_read_tables(connection: Connection, suffix: str = "") -> None:
    """Create the tables, empty and without indexes.

    On PostgreSQL those in use (without a suffix) have the functions that fill them, too.
    """
    postgres = connection.dialect.name == "postgresql"
    text = 'text COLLATE "C"' if postgres else "text"
    blob = "bytea" if postgres else "blob"
    # SQLite keeps rows of a kilobyte whole only in tables that have a row id.
    connection.exec_driver_sql(
        f"CREATE TABLE {STANDING}{suffix} (model {text} NOT NULL, key {text} NOT NULL,"
        f" from_position bigint NOT NULL, row {blob} NOT NULL)"
    )
    connection.exec_driver_sql(
        f"CREATE TABLE {CLOSED}{suffix} (model {text} NOT NULL, key {text} NOT NULL,"
        f" from_position bigint NOT NULL, until_position bigint NOT NULL, node bigint NOT NULL,"
        f" row {blob} NOT NULL)"
    )
    if postgres:
        # Statistics would keep samples of what was erased, and no query asks for a row by value.
        for table in (STANDING, CLOSED):
            connection.exec_driver_sql(f"ALTER TABLE {table}{suffix} ALTER row SET STATISTICS 0")
    if postgres and not suffix:
        for statement in (put_standing(), insert_closed(), delete_standing()):
            connection.exec_driver_sql(routine_text(statement))


def create_indexes(connection: Connection, suffix: str = "", *, mark: str) -> None:
    """Create the indexes by key, and the one by node that answers questions about the past.

    `mark` keeps their names apart from those of the tables before and after.
    """
    for kind, table, columns in (
        ("UNIQUE INDEX", STANDING, "model, key"),
        ("UNIQUE INDEX", CLOSED, "model, key, from_position"),
        ("INDEX", CLOSED, "model, node, until_position, from_position"),
    ):
        name = f"{table}_{'node' if 'node' in columns else 'key'}_{mark}"
        connection.exec_driver_sql(f"CREATE {kind} {name} ON {table}{suffix} ({columns})")


def create_versions_table(connection: Connection) -> None:
    """Create the table that tells which versions of the projections filled the tables."""
    text = 'text COLLATE "C"' if connection.dialect.name == "postgresql" else "text"
    connection.exec_driver_sql(
        f"CREATE TABLE {VERSIONS} (id integer PRIMARY KEY CHECK (id = 1), versions {text} NOT NULL)"
    )


def missing_tables(database: Engine | Connection) -> list[str]:
    """Return which of the tables are not there."""
    there = inspect(database)
    return [table for table in (STANDING, CLOSED) if not there.has_table(table)]


def drop_read_tables(connection: Connection, suffix: str) -> None:
    """Drop the tables of a suffix if they are there."""
    for table in (STANDING, CLOSED):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}{suffix}")


def rename_statements(was: str, becomes: str) -> list[str]:
    """Return the statements that rename the tables of one suffix to another."""
    return [f"ALTER TABLE {table}{was} RENAME TO {table}{becomes}" for table in (STANDING, CLOSED)]


def grant_read_tables(connection: Connection, role: str) -> None:
    """Let a role of PostgreSQL write the read models; run it as the owner of the tables."""
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    for table in (STANDING, CLOSED):
        connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {name}")
    connection.exec_driver_sql(f"GRANT SELECT ON {VERSIONS} TO {name}")
