"""Goldthread in a browser: server-rendered pages over the same commands and read models."""
