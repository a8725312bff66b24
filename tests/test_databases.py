"""The databases that every other test trusts: real, safe, fresh, and gone afterwards."""

from __future__ import annotations

import fcntl
import os
import platform
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE

import psycopg
import pytest
from sqlalchemy import Engine, NullPool, create_engine, inspect, make_url, text

from tests.databases import PostgresServer, unique_name
from tests.loopback_only import LeftTheMachine

WAL_RESET_FIX = (3, 51, 3)  # https://www.sqlite.org/wal.html, "The WAL-Reset Bug"
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url, poolclass=NullPool)
    yield engine
    engine.dispose()


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    plain = make_url(url).set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)


def setting(url: str, name: str) -> object:
    with connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row
    return row[0]


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_an_empty_database_and_may_write_to_it(engine: Engine, turn: int) -> None:
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE remark (turn integer)"))
        connection.execute(text("INSERT INTO remark VALUES (:turn)"), {"turn": turn})
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT turn FROM remark")) == turn


def test_the_postgresql_server_is_a_recent_one(postgres_url: str) -> None:
    version = setting(postgres_url, "server_version_num")
    print(f"PostgreSQL {version}")  # noqa: T201  Shown when the next line fails.
    assert int(str(version)) >= 14_00_00


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_the_postgresql_server_keeps_what_it_has_committed(postgres_url: str, name: str) -> None:
    assert setting(postgres_url, name) == "on"


def test_two_postgresql_databases_do_not_see_each_other(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.create_database(), postgres_server.create_database()
    with connect(postgres_server.superuser_url(first)) as connection:
        connection.execute("CREATE TABLE remark (words text)")
    with connect(postgres_server.superuser_url(second)) as connection:
        assert connection.execute("SELECT to_regclass('remark')").fetchone() == (None,)


def test_a_dropped_database_is_gone_though_somebody_reads_it(
    postgres_server: PostgresServer,
) -> None:
    name = postgres_server.create_database()
    url = postgres_server.superuser_url(name)
    with connect(url) as reader:
        postgres_server.drop_database(name)
        with pytest.raises(psycopg.OperationalError):
            reader.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(url)


def test_a_role_may_do_only_what_it_is_granted(postgres_server: PostgresServer) -> None:
    database, role = postgres_server.create_database(), unique_name("clerk")
    postgres_server.create_role(role, "a-password")
    with connect(postgres_server.superuser_url(database)) as connection:
        connection.execute("CREATE TABLE remark (words text)")
        connection.execute(f'GRANT SELECT, INSERT ON remark TO "{role}"')
    with connect(postgres_server.role_url(database, role, "a-password")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (role,)
        connection.execute("INSERT INTO remark VALUES ('granted')")
        for refused in ("DELETE FROM remark", "TRUNCATE remark", "CREATE TABLE mine (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(refused)


@pytest.fixture
def lender(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    server = PostgresServer(postgres_server.address)
    yield server
    server.close()


def test_a_database_that_is_given_back_is_lent_again_and_empty(lender: PostgresServer) -> None:
    name = lender.lend_database()
    with connect(lender.superuser_url(name)) as reader:
        reader.execute("CREATE TABLE remark (number serial, words text)")
        reader.execute("CREATE FUNCTION one() RETURNS int RETURN 1")
        reader.execute("CREATE VIEW remarks AS SELECT words, one() FROM remark")
        lender.take_back(name)
        with pytest.raises(psycopg.OperationalError):
            reader.execute("SELECT 1")
    assert lender.lend_database() == name
    with connect(lender.superuser_url(name)) as connection:
        found = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert connection.execute(found).fetchone() == (0,)
        assert connection.execute("SELECT to_regproc('one')").fetchone() == (None,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA elsewhere",
        "CREATE TYPE mood AS ENUM ('good')",
        "CREATE VIEW one AS SELECT 1 AS number",
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
        "SELECT lo_create(0)",
        'ALTER DATABASE "{database}" SET work_mem = 99',
        'REVOKE CONNECT ON DATABASE "{database}" FROM PUBLIC',
    ],
)
def test_a_database_that_cannot_be_made_as_new_is_lent_to_nobody_again(
    lender: PostgresServer, statement: str
) -> None:
    name = lender.lend_database()
    with connect(lender.superuser_url(name)) as connection:
        connection.execute(statement.format(database=name))
    lender.take_back(name)
    assert lender.lend_database() != name
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(lender.superuser_url(name))


def test_closing_the_server_drops_the_databases_and_roles_made_on_it(
    postgres_server: PostgresServer,
) -> None:
    guest = PostgresServer(postgres_server.address)
    database, role = guest.create_database(), unique_name("guest")
    guest.create_role(role, "a-password")
    guest.close()
    query = "SELECT datname FROM pg_database UNION SELECT rolname FROM pg_roles"
    with connect(postgres_server.address) as connection:
        left = {row[0] for row in connection.execute(query)}
    assert not left & {database, role}


@pytest.mark.skipif(
    (sys.platform, platform.machine()) not in {("linux", "x86_64"), ("darwin", "arm64")},
    reason="pysqlite3 comes ready built for these machines only",
)
def test_the_newer_sqlite_has_the_wal_reset_fix() -> None:
    from pysqlite3 import dbapi2  # noqa: PLC0415  Not to be had on every machine.

    assert dbapi2.sqlite_version_info >= WAL_RESET_FIX


@pytest.mark.skipif(
    bool(os.environ.get("GOLDTHREAD_TEST_POSTGRES")), reason="the named server is not ours to stop"
)
def test_the_server_stops_when_its_test_run_is_killed() -> None:
    script = (
        "from tests.postgres_keeper import ServerFolder, running_server;"
        "folder = ServerFolder(); print(folder.path, flush=True);"
        "print(running_server(folder.path), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True
    ) as run:
        assert run.stdout
        folder, address = run.stdout.readline().strip(), run.stdout.readline().strip()
        with connect(address) as connection:
            run.kill()
            wait_for_the_keeper(Path(folder))
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")


def wait_for_the_keeper(folder: Path) -> None:
    """Wait as `ServerFolder.close` does: the keeper holds its lock until the server has stopped."""
    with suppress(FileNotFoundError), (folder / "keeper").open("rb") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_SH)


def test_a_test_cannot_connect_to_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(LeftTheMachine):
        outward.connect(("192.0.2.1", 25))  # reserved for documentation by RFC 5737
