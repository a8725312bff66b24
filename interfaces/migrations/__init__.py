"""The tables of the log and the outbox, step by step; read models have no migrations."""
