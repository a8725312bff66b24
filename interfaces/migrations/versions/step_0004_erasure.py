"""The one guarded way to take a text out of the log: an event has named it before."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let the triggers of the log admit an erasure, and nothing else."""
    run_script("0004")
