from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.interfaces.cli.stories import a_small_plan
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


@pytest.fixture(scope="session")
def small_plan(tmp_path_factory: pytest.TempPathFactory, beginning: CommandLine) -> CommandLine:
    """Tell the story of a small plan on SQLite once; tests get copies."""
    line = beginning.copied_to(tmp_path_factory.mktemp("small-plan"))
    a_small_plan(line)
    return line


@pytest.fixture
def plan_on_sqlite(tmp_path: Path, small_plan: CommandLine) -> CommandLine:
    """Give a command line over the record of a small plan, on SQLite."""
    return small_plan.copied_to(tmp_path)


@pytest.fixture
def plan_on_both(tmp_path: Path, database_url: str, small_plan: CommandLine) -> CommandLine:
    """Give a command line over the record of a small plan, on both databases."""
    if database_url == sqlite_url(tmp_path):
        return small_plan.copied_to(tmp_path)
    line = CommandLine(tmp_path, database_url)
    line.done("init")
    a_small_plan(line)
    return line
