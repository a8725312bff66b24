"""The outbox: which emails wait, and what became of them."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of the outbox."""
    run_script("0002")
