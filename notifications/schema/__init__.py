"""The outbox's table, written out for each database."""
