"""On PostgreSQL the daily work is done by a role that can add to the record and not change it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from events.database import open_engine
from interfaces.written_ahead import let_go_of_log
from tests.databases import PostgresServer, unique_name
from tests.interfaces.erasures import ask_to_erase
from tests.interfaces.running import CommandLine

PASSWORD = "a-password"


@pytest.fixture
def role(postgres_server: PostgresServer) -> str:
    """Return a role that owns nothing."""
    name = unique_name("daily")
    postgres_server.create_role(name, PASSWORD)
    return name


@pytest.fixture
def owner(tmp_path: Path, postgres_url: str, role: str) -> CommandLine:
    """Return the command line of who owns the tables."""
    line = CommandLine(
        tmp_path, postgres_url, environment={"GOLDTHREAD_DATABASE__APPLICATION_ROLE": role}
    )
    line.done("init")
    return line


@pytest.fixture
def daily(owner: CommandLine, role: str, postgres_server: PostgresServer) -> CommandLine:
    """Return the command line of the role that does the daily work."""
    database = make_url(owner.url).database
    assert database
    return CommandLine(owner.folder, postgres_server.role_url(database, role, PASSWORD))


def test_the_role_does_all_of_the_daily_work(daily: CommandLine) -> None:
    daily.done("plan", "adopt", "--title", "Plan")
    daily.done(
        *("action", "create", "--text", "Do it", "--lead-roles", "RO1"),
        *("--target", "April 2025", "--plan", "P1"),
    )
    assert daily.answer("remind")["emails"]
    assert "The record holds" in daily.done("verify")
    assert "exactly what" in daily.done("rebuild", "--check")


def test_the_role_still_works_after_the_owner_rebuilt(
    owner: CommandLine, daily: CommandLine
) -> None:
    owner.done("rebuild")
    daily.done("plan", "adopt", "--title", "Plan")
    assert "exactly what" in daily.done("rebuild", "--check")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET type = 'x'",
        "DELETE FROM events",
        "TRUNCATE events",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM outbox",
    ],
)
def test_the_role_cannot_change_what_is_recorded(daily: CommandLine, statement: str) -> None:
    address = daily.url.replace("postgresql+psycopg://", "postgresql://")
    with (
        psycopg.connect(address) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_a_superuser_is_not_taken_for_the_daily_work(tmp_path: Path, postgres_url: str) -> None:
    superuser = make_url(postgres_url).username or "postgres"
    line = CommandLine(
        tmp_path, postgres_url, environment={"GOLDTHREAD_DATABASE__APPLICATION_ROLE": superuser}
    )
    assert "is a superuser" in line.refused("init")


def test_what_only_the_owner_can_do_is_refused_in_words_before_anything_is_noted(
    owner: CommandLine, daily: CommandLine
) -> None:
    daily.done("plan", "adopt", "--title", "Zebedee")
    (found,) = daily.answer("erase", "find", "Zebedee")
    backup = owner.folder / "a.backup"
    owner.done("backup", "--out", str(backup))
    noted = (owner.folder / "data" / "erasures.jsonl").read_bytes()
    asked = ask_to_erase(daily, found["entry"])  # To ask is daily work.
    said = daily.refused("erase", "agree", asked, "--as", "PE8")
    assert "does not own the tables, and only their owner erases" in said
    assert "only their owner cleans" in daily.refused("erase", "clean")
    assert "may not create databases" in daily.refused("restore", str(backup), "--replace")
    assert (owner.folder / "data" / "erasures.jsonl").read_bytes() == noted


def test_the_write_ahead_log_is_let_go_of_by_whoever_may(
    owner: CommandLine, daily: CommandLine
) -> None:
    for line, what in ((owner, "let_go"), (daily, "not_allowed")):
        engine = open_engine(line.url)
        assert let_go_of_log(engine) == what
        engine.dispose()
    assert "switched to a new file" in owner.done("erase", "clean")
