"""The tables that the pages keep beside the log: sessions, and links that were used."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

from events.sessions import Change

_METADATA: Final = MetaData()

SESSIONS: Final = Table(
    "web_session",
    _METADATA,
    Column("token", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)
"""Who is signed in. `token` is a SHA-256; times are UTC instants as the log writes them."""

USED: Final = Table(
    "web_used",
    _METADATA,
    Column("token", Text, primary_key=True),
    Column("used_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)
"""Links that hold only once, and were used, and keys that programs gave with what they sent.

After `expires_at` they need not be remembered.
"""

TOKENS: Final = Table(
    "web_token",
    _METADATA,
    Column("token", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_on", Text),
)
"""Tokens with which programs act for a person. `number` counts those of one person, for good."""

ACCOUNTS: Final = Table(
    "web_account",
    _METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("connected_at", Text, nullable=False),
)
"""Which account of which provider is whose."""


_FORGET: Final = tuple(
    f"DELETE FROM {table} WHERE person = ?"  # noqa: S608 - tables of ours
    for table in ("web_session", "web_token", "web_account")
)


def forgotten_visitor(person: str) -> tuple[Change, ...]:
    """Return the changes after which nothing here tells who somebody is elsewhere."""
    return tuple(Change(statement, [(person,)]) for statement in _FORGET)


def create_web_tables(connection: Connection) -> None:
    """Create the tables, empty, all or none."""
    driver: Any = connection.connection.driver_connection
    script = _script(connection.dialect.name)
    if connection.dialect.name == "postgresql":
        driver.execute(script)
        return
    try:
        driver.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
    except BaseException:
        driver.rollback()
        raise


def grant_web_tables(connection: Connection, role: str) -> None:
    """Let the application's role on PostgreSQL sign people in and out. Run it as their owner."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    driver: Any = connection.connection.driver_connection
    driver.execute(_script("postgresql_grants").replace("{role}", quoted))


def _script(name: str) -> str:
    return files("interfaces.web.schema").joinpath(f"{name}.sql").read_text(encoding="utf-8")
