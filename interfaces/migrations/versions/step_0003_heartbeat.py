"""The heartbeat: which workers there are, and when each was last awake."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of the heartbeat."""
    run_script("0003")
