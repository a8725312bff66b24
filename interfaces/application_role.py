"""The role as which Goldthread works on PostgreSQL, held to adding events.

Whoever owns the tables could take their triggers away. So the tables are made by one role (`init`
and `rebuild` run as their owner), and daily work is done as another, which owns nothing.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, inspect

from events.grants import grant_application_role
from interfaces.settings import Settings
from interfaces.web.web_tables import grant_web_tables
from notifications.heartbeat_table import grant_heartbeat
from notifications.outbox_table import grant_outbox
from projections.tables import grant_read_tables

_OWNED: Final = (
    "SELECT current_user, coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true) FROM pg_class"
    " WHERE oid IN (to_regclass('events'), to_regclass('log_head'), to_regclass('outbox'))"
)


class NotTheOwner(RuntimeError):
    """What only the owner of the tables can do was asked for as another role."""

    def __init__(self, role: str, does: str) -> None:
        self.role = role
        super().__init__(
            f"The database role '{role}' does not own the tables, and only their owner {does}."
            " Nothing was changed. Let url in [database] name the owner for this one command:"
            " GOLDTHREAD_DATABASE__URL=postgresql+psycopg://OWNER@HOST/NAME goldthread ..."
        )


def require_owner(engine: Engine, does: str) -> None:
    """Check that the tables belong to the role that is connected. Raises `NotTheOwner`.

    `does`: what the owner alone does, as a verb. On SQLite there are no roles.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        role, is_owner = connection.exec_driver_sql(_OWNED).one()
    if not is_owner:
        raise NotTheOwner(role, does)


def grant_daily_work(engine: Engine, settings: Settings) -> None:
    """Let the configured role do the daily work, and nothing else, where one is configured.

    Run it as the owner of the tables, also after a rebuild, which makes new ones. On SQLite there
    are no roles, and nothing happens. Raises `UnfitRole` for a role that could change history.
    """
    role = settings.database.application_role
    if not role or engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        grant_application_role(connection, role)
        grant_outbox(connection, role)
        grant_heartbeat(connection, role)
        grant_web_tables(connection, role)
        grant_read_tables(connection, role)
        if inspect(connection).has_table("alembic_version"):
            name = connection.dialect.identifier_preparer.quote_identifier(role)
            connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {name}")
