from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.databases import sqlite_url
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages


@contextmanager
def served(line: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a record."""
    settings = read_settings(line.config, {"GOLDTHREAD_DATABASE__URL": line.url})
    with opened(settings, line.clock) as partnership:
        yield Pages(partnership, line.folder)


@pytest.fixture(scope="session")
def small_plan(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Make the record of a small plan once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("small-plan")
    line = CommandLine(folder, sqlite_url(folder))
    line.done("init")
    a_small_plan(line)
    return line


@pytest.fixture
def cli(tmp_path: Path, small_plan: CommandLine) -> CommandLine:
    """Give a command line over a small plan of its own, on SQLite."""
    return small_plan.copied_to(tmp_path)


@pytest.fixture
def pages(cli: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, on SQLite."""
    with served(cli) as found:
        yield found


@pytest.fixture
def pages_on_both(begun: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, once on SQLite and once on PostgreSQL."""
    a_small_plan(begun)
    with served(begun) as found:
        yield found
