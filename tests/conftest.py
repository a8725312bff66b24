"""What every test may ask for: real databases, and a quiet, repeatable machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import databases
from tests.databases import PostgresServer
from tests.loopback_only import forbid_other_machines
from tests.postgres_keeper import ServerFolder, running_server
from tests.postgres_programs import NoPostgresPrograms, find_programs

ON_CI = os.environ.get("CI") == "true"
NAMED_SERVER = os.environ.get("GOLDTHREAD_TEST_POSTGRES")
SERVER_FOLDER = pytest.StashKey[ServerFolder]()

# On CI a red run must be red again tomorrow; at the desk new examples are worth having.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if ON_CI else "desk")


def pytest_configure(config: pytest.Config) -> None:
    forbid_other_machines()
    if not hasattr(config, "workerinput"):
        config.stash[SERVER_FOLDER] = ServerFolder()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401  xdist has no public type for it.
    node.workerinput["server_folder"] = str(node.config.stash[SERVER_FOLDER].path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(SERVER_FOLDER, None):
        folder.close()


def pytest_report_header() -> str:
    if NAMED_SERVER:
        return "postgresql: the server named by GOLDTHREAD_TEST_POSTGRES"
    try:
        programs = find_programs()
    except NoPostgresPrograms:
        return "postgresql: none"
    return f"postgresql: {programs.version()}, {programs.folder}"


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """Lend the run's PostgreSQL server. Whatever is made on it is dropped at the end.

    Without any server the test is skipped at the desk, and fails on CI.
    """
    try:
        address = NAMED_SERVER or running_server(_server_folder(request.config))
    except NoPostgresPrograms as none_found:
        if ON_CI:
            raise
        pytest.skip(str(none_found))
    server = PostgresServer(address)
    yield server
    server.close()


def _server_folder(config: pytest.Config) -> Path:
    workerinput: dict[str, str] | None = getattr(config, "workerinput", None)
    if workerinput:
        return Path(workerinput["server_folder"])
    return config.stash[SERVER_FOLDER].path


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of a fresh, empty SQLite database."""
    return databases.sqlite_url(tmp_path)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Give the superuser's URL of a fresh, empty PostgreSQL database."""
    name = postgres_server.lend_database()
    yield postgres_server.superuser_url(name)
    postgres_server.take_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a fresh, empty database: the test runs once on SQLite, once on PostgreSQL."""
    fixtures = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}
    url: str = request.getfixturevalue(fixtures[request.param])
    return url
