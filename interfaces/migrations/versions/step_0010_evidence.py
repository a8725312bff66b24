"""The bytes of files that are evidence."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table of files, with what keeps them from being changed."""
    run_script("0010")
