"""The log: its events, its head, and the triggers that keep what is recorded."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the log."""
    run_script("0001")
