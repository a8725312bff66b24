from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages


@contextmanager
def _served(line: CommandLine) -> Iterator[Pages]:
    settings = read_settings(line.config, {"GOLDTHREAD_DATABASE__URL": line.url})
    with opened(settings, line.clock) as partnership:
        yield Pages(partnership, line.folder)


@pytest.fixture
def pages(cli: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, on SQLite."""
    a_small_plan(cli)
    with _served(cli) as served:
        yield served


@pytest.fixture
def pages_on_both(begun: CommandLine) -> Iterator[Pages]:
    """Serve the pages of a small plan, once on SQLite and once on PostgreSQL."""
    a_small_plan(begun)
    with _served(begun) as served:
        yield served
