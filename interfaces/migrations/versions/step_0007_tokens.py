"""The tokens with which programs act for people."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table of personal tokens."""
    run_script("0007")
