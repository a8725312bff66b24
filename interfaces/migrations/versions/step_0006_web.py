"""Who is signed in on the pages, and which links that hold only once were used."""

from __future__ import annotations

from interfaces.migrations.scripts import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables of the web's sessions and used links."""
    run_script("0006")
