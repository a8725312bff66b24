"""What the application's role may do on PostgreSQL, by privilege alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError

from events.grants import UnfitRole, grant_application_role
from events.log import EventLog
from events.verification import verify_log
from tests.databases import PostgresServer, unique_name
from tests.events.logs import append, append_in, existing_log, new_log, note

PASSWORD = "a-password"


@dataclass
class Household:
    """A log, who owns its tables, and a role that may add to it."""

    owner: EventLog
    application: EventLog
    role: str


@pytest.fixture
def household(postgres_server: PostgresServer, postgres_url: str) -> Iterator[Household]:
    role = unique_name("Application ")  # Names with capitals and spaces need quoting.
    postgres_server.create_role(role, PASSWORD)
    database = make_url(postgres_url).database
    assert database
    with new_log(postgres_url) as owner:
        with owner.engine.connect() as connection:
            grant_application_role(connection, role)
        role_url = postgres_server.role_url(database, role, PASSWORD)
        with existing_log(role_url) as application:
            yield Household(owner, application, role)


def test_the_application_appends_and_reads(household: Household) -> None:
    log = household.application
    append(log, "action-1", note(), note())
    append(log, "action-1", note())
    with log.writing_at_once("command-1") as writing:
        append_in(writing, "action-1", [note()], "command-1")
    assert [recorded.position for recorded in log.read()] == [1, 2, 3, 4]
    assert verify_log(log.engine).size == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = leaf",
        "UPDATE events SET texts = NULL",
        "DELETE FROM events",
        "TRUNCATE events",
        "DROP TABLE events",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "ALTER TABLE events DISABLE TRIGGER events_refuse_change",
        "ALTER TABLE events ADD COLUMN remark text",
        "DROP TRIGGER events_refuse_change ON events",
        "CREATE TRIGGER mine BEFORE INSERT ON events EXECUTE FUNCTION goldthread_refuse()",
        "CREATE OR REPLACE FUNCTION goldthread_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "CREATE RULE mine AS ON INSERT TO events DO INSTEAD NOTHING",
        "CREATE TABLE mine () INHERITS (events)",
        "SET session_replication_role = replica",
        "DELETE FROM log_head",
        "TRUNCATE log_head",
        "UPDATE log_head SET id = 1",
        "UPDATE log_head SET origin = 'example.org/other'",
        "INSERT INTO log_head (id) VALUES (2)",
        "GRANT ALL ON events TO PUBLIC",
    ],
)
def test_the_application_can_change_nothing_else(household: Household, statement: str) -> None:
    append(household.application, "action-1", note())
    before = household.owner.query("SELECT * FROM events")
    refused = "permission denied|must be owner"
    with household.application.engine.connect() as connection:
        if statement.startswith("GRANT"):
            connection.exec_driver_sql(statement)  # PostgreSQL only warns, and grants nothing.
        else:
            with pytest.raises(ProgrammingError, match=refused):
                connection.exec_driver_sql(statement)
    assert household.owner.query("SELECT * FROM events") == before
    rights = "SELECT count(*) FROM information_schema.table_privileges WHERE grantee = 'PUBLIC'"
    assert household.owner.query(f"{rights} AND table_name = 'events'") == [(0,)]


def test_granting_again_changes_nothing(household: Household) -> None:
    with household.owner.engine.connect() as connection:
        grant_application_role(connection, household.role)
    append(household.application, "action-1", note())


def test_a_superuser_is_not_fit(household: Household) -> None:
    with (
        household.owner.engine.connect() as connection,
        pytest.raises(UnfitRole, match="is a superuser") as refusal,
    ):
        grant_application_role(connection, "postgres")
    assert refusal.value.role == "postgres"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ('ALTER TABLE events OWNER TO "{role}"', "owns the tables"),
        ('ALTER ROLE "{role}" REPLICATION', "may replicate"),
        ('ALTER ROLE "{role}" BYPASSRLS', "bypass row security"),
    ],
)
def test_a_role_that_could_help_itself_is_not_fit(
    household: Household, statement: str, what: str
) -> None:
    with household.owner.engine.connect() as connection:
        connection.exec_driver_sql(statement.format(role=household.role))
        with pytest.raises(UnfitRole, match=what):
            grant_application_role(connection, household.role)


def test_a_role_that_is_not_there_cannot_be_granted_anything(household: Household) -> None:
    with (
        household.owner.engine.connect() as connection,
        pytest.raises(UnfitRole, match="does not exist"),
    ):
        grant_application_role(connection, "nobody_of_that_name")
