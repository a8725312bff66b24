"""Bringing a database's tables of log and outbox to this release, all steps or none."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_HERE = Path(__file__).parent


def upgrade(engine: Engine) -> None:
    """Run the steps that the database lacks, in one transaction. Harmless when there is none."""
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        begin = "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN"
        connection.exec_driver_sql(begin)
        try:
            command.upgrade(config, "head")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise


def newest_revision() -> str | None:
    """Return the revision of the last step."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return config
