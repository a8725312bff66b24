"""A year of reminders under random faults, for a few seeds.

Thousands of them: python -m tests.notifications.simulation --seeds 2000 --processes 2
"""

from __future__ import annotations

from contextlib import closing

import pytest

from notifications.looking import DirectoryInMind
from tests.databases import PostgresServer
from tests.notifications.simulation.databases import PostgresDatabases, SqliteDatabases
from tests.notifications.simulation.seeds import Failed, live


@pytest.mark.parametrize("seed", range(20_000, 20_004))
def test_a_year_under_faults_on_sqlite_loses_doubles_and_misdirects_nothing(seed: int) -> None:
    with closing(SqliteDatabases()) as databases:
        told = live(seed, databases)

    assert not isinstance(told, Failed), f"{told.what}\nagain: {told.replay}"
    assert told.delivered


@pytest.mark.parametrize("seed", range(30_000, 30_002))
def test_two_months_under_faults_on_postgresql_loses_doubles_and_misdirects_nothing(
    seed: int, postgres_server: PostgresServer
) -> None:
    with closing(PostgresDatabases(PostgresServer(postgres_server.address))) as databases:
        told = live(seed, databases, days=60)

    assert not isinstance(told, Failed), f"{told.what}\nagain: {told.replay}"


def test_a_worker_that_keeps_an_old_directory_in_mind_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The simulation can fail: within a few years the wrong people are told."""
    monkeypatch.setattr(DirectoryInMind, "_has_changed", lambda *_: False)
    with closing(SqliteDatabases()) as databases:
        told = (live(seed, databases) for seed in range(1, 30))
        failed = next(one for one in told if isinstance(one, Failed))

    assert "Broken" in failed.what
    assert f"--seed {failed.seed} " in failed.replay


def test_the_same_seed_tells_the_same_story() -> None:
    first: list[str] = []
    again: list[str] = []
    with closing(SqliteDatabases()) as databases:
        told = live(7, databases, first, days=60)

        assert live(7, databases, again, days=60) == told

    assert first == again
