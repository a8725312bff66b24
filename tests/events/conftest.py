from __future__ import annotations

from collections.abc import Iterator

import pytest

from events import catalogue
from events.log import EventLog
from tests.events.logs import SetClock, new_log


@pytest.fixture
def clock() -> SetClock:
    """Give the clock of the test's log; it stands at noon until the test sets it."""
    return SetClock()


@pytest.fixture
def log(database_url: str, clock: SetClock) -> Iterator[EventLog]:
    """Give an empty, opened log: the test runs once on SQLite, once on PostgreSQL."""
    with new_log(database_url, clock) as opened:
        yield opened


@pytest.fixture
def own_types(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget at the end what event types and upcasters the test registered."""
    catalogue.reader_of.cache_clear()
    monkeypatch.setattr(catalogue, "_types", dict(catalogue._types))  # noqa: SLF001
    monkeypatch.setattr(catalogue, "_upcasters", dict(catalogue._upcasters))  # noqa: SLF001
    yield
    catalogue.reader_of.cache_clear()
