"""The rights of the application's role on PostgreSQL: it can add to the log and change nothing.

Triggers hold against every statement; only who owns the tables, or a superuser, could take the
triggers away. So the application logs in as neither.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

_STANDING = (
    "SELECT rolsuper, rolbypassrls OR rolreplication, EXISTS ("
    "  SELECT 1 FROM pg_class WHERE oid IN ('events'::regclass, 'log_head'::regclass,"
    "  'evidence_file'::regclass)"
    "  AND pg_has_role(rolname, relowner, 'MEMBER'))"
    " FROM pg_roles WHERE rolname = %s"
)


class UnfitRole(ValueError):
    """A database role cannot be held to adding events."""

    def __init__(self, role: str, what: str) -> None:
        self.role, self.what = role, what
        super().__init__(
            f"The database role '{role}' {what}, so no grant could keep it from changing history."
            " Create another role for the application (CREATE ROLE name LOGIN) and grant it that."
        )


def grant_application_role(connection: Connection, role: str) -> None:
    """Give a role SELECT and INSERT on the events, SELECT and UPDATE on the head, nothing else.

    Run it as the owner of the tables. Other tables (read models, outbox) have their own grants.
    Raises `UnfitRole` for a superuser, for an owner of the tables, or a role that does not exist.
    """
    _require_fit(connection, role)
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    script = files("events.schema").joinpath("postgresql_grants.sql").read_text(encoding="utf-8")
    driver: Any = connection.connection.driver_connection
    driver.execute(script.replace("{role}", quoted))


def _require_fit(connection: Connection, role: str) -> None:
    standing = connection.exec_driver_sql(_STANDING, (role,)).one_or_none()
    if standing is None:
        raise UnfitRole(role, "does not exist")
    is_superuser, is_special, owns_tables = standing
    if is_superuser:
        raise UnfitRole(role, "is a superuser")
    if is_special:
        raise UnfitRole(role, "may replicate or bypass row security")
    if owns_tables:
        raise UnfitRole(role, "owns the tables, or belongs to the role that does")
