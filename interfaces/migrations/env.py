"""How Alembic runs the steps: on the connection it is handed, which holds the transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
