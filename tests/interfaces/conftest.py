from __future__ import annotations

from pathlib import Path

import pytest

from tests.interfaces.running import CommandLine


@pytest.fixture
def empty(tmp_path: Path, database_url: str) -> CommandLine:
    """Give a command line over an empty database: once on SQLite, once on PostgreSQL."""
    return CommandLine(tmp_path, database_url)


@pytest.fixture
def begun(empty: CommandLine) -> CommandLine:
    """Give a command line over a record that has begun, on both databases."""
    empty.done("init")
    return empty


@pytest.fixture
def cli(tmp_path: Path, sqlite_url: str) -> CommandLine:
    """Give a command line over a record that has begun, on SQLite."""
    line = CommandLine(tmp_path, sqlite_url)
    line.done("init")
    return line
