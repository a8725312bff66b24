"""What the tests of notifications share: a partnership on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.notifications.records import House, new_record


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """Begin a record with a directory and a plan, once on SQLite, once on PostgreSQL."""
    with new_record(database_url) as begun:
        yield begun
