"""The two tables of the read models: rows that stand, and rows that stood.

All read models share them, so that one command writes them in one statement each, and the board
as known on any day is one indexed query. They have no migrations: a rebuild makes new tables.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from events.sessions import Delete, Insert, routine_text

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
STANDING_ROWS: Final = f"SELECT key, from_position, row FROM {STANDING} WHERE model = ?"
CLOSED_PAGE: Final = (
    f"SELECT key, from_position, until_position, row FROM {CLOSED}"
    " WHERE model = ? AND (key, from_position) > (?, ?) ORDER BY key, from_position LIMIT ?"
)


def delete_standing(suffix: str = "") -> Delete:
    """Return the statement that lets no row stand under a model and key."""
    return Delete(STANDING + suffix, _STANDING_COLUMNS[:2], f"{STANDING}_delete{suffix}")


def insert_standing(suffix: str = "") -> Insert:
    """Return the statement that lets rows stand, in place of those before them."""
    replacing = ("model", "key")
    return Insert(STANDING + suffix, _STANDING_COLUMNS, replacing, f"{STANDING}_put{suffix}")


def insert_closed(suffix: str = "") -> Insert:
    """Return the statement that keeps rows which stood until a position."""
    return Insert(CLOSED + suffix, _CLOSED_COLUMNS, routine=f"{CLOSED}_add{suffix}")


def create_read_tables(connection: Connection, suffix: str = "") -> None:
    """Create the tables, empty; on PostgreSQL, for those in use, also the functions that fill them.

    Closed rows lie in the order in which a question about the past reads them: by node of the
    tree, then by until when they stood.
    """
    postgres = connection.dialect.name == "postgresql"
    text = 'text COLLATE "C"' if postgres else "text"
    blob = "bytea" if postgres else "blob"
    clustered = "" if postgres else " WITHOUT ROWID"
    connection.exec_driver_sql(
        f"CREATE TABLE {STANDING}{suffix} (model {text} NOT NULL, key {text} NOT NULL,"
        f" from_position bigint NOT NULL, row {blob} NOT NULL,"
        f" PRIMARY KEY (model, key)){clustered}"
    )
    connection.exec_driver_sql(
        f"CREATE TABLE {CLOSED}{suffix} (model {text} NOT NULL, key {text} NOT NULL,"
        f" from_position bigint NOT NULL, until_position bigint NOT NULL, node bigint NOT NULL,"
        f" row {blob} NOT NULL,"
        f" PRIMARY KEY (model, node, until_position, from_position, key)){clustered}"
    )
    if postgres and not suffix:
        for statement in (insert_standing(), insert_closed(), delete_standing()):
            connection.exec_driver_sql(routine_text(statement))


def create_indexes(connection: Connection, suffix: str = "", *, mark: str) -> None:
    """Create the index that finds the history of one key. `mark` keeps the index names apart."""
    connection.exec_driver_sql(
        f"CREATE INDEX {CLOSED}_key_{mark} ON {CLOSED}{suffix} (model, key, from_position)"
    )


def create_versions_table(connection: Connection) -> None:
    """Create the table that tells which versions of the projections filled the tables."""
    text = 'text COLLATE "C"' if connection.dialect.name == "postgresql" else "text"
    connection.exec_driver_sql(
        f"CREATE TABLE {VERSIONS} (id integer PRIMARY KEY CHECK (id = 1), versions {text} NOT NULL)"
    )


def drop_read_tables(connection: Connection, suffix: str) -> None:
    """Drop the tables of a suffix if they are there."""
    for table in (STANDING, CLOSED):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}{suffix}")


def rename_statements(was: str, becomes: str) -> list[str]:
    """Return the statements that rename the tables of one suffix to another."""
    return [f"ALTER TABLE {table}{was} RENAME TO {table}{becomes}" for table in (STANDING, CLOSED)]
