from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages


@contextmanager
def served(line: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a record."""
    settings = read_settings(line.config, {"GOLDTHREAD_DATABASE__URL": line.url})
    with opened(settings, line.clock) as partnership:
        yield Pages(partnership, line.folder)


@pytest.fixture
def cli(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give a command line over a small plan of its own, on SQLite."""
    return plan_on_sqlite


@pytest.fixture
def pages(cli: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, on SQLite."""
    with served(cli) as found:
        yield found


@pytest.fixture
def pages_on_both(plan_on_both: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, once on SQLite and once on PostgreSQL."""
    with served(plan_on_both) as found:
        yield found
