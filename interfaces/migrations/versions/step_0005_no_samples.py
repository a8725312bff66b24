"""The database's own statistics hold no sample of a text that may have to be forgotten."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Let PostgreSQL take no samples of texts, and let go of those it has."""
    run_script("0005")
