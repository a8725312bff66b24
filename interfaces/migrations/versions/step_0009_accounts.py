"""Which account of which provider is whose."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table of connected accounts."""
    run_script("0009")
