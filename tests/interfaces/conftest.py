from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import sqlite_url
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


@pytest.fixture(scope="session")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Begin a record on SQLite once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("beginning")
    line = CommandLine(folder, sqlite_url(folder))
    line.done("init")
    return line


@pytest.fixture
def cli(tmp_path: Path, beginning: CommandLine) -> CommandLine:
    """Give a command line over a record that has begun, on SQLite."""
    return beginning.copied_to(tmp_path)
