"""The bytes of an email on its way are stored as they are."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let PostgreSQL compress no message."""
    run_script("0008")
