from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import DBAPIError

from events.database import open_engine
from notifications.outbox_table import create_outbox_table, grant_outbox
from tests.databases import PostgresServer, unique_name

INSERT = (
    "INSERT INTO outbox (email, person, send_on, message_id{more})"
    " VALUES ('email-1', 'person-1', '2024-12-02', '<gt-1@example.org>'{values})"
)


def test_both_databases_have_the_same_columns(sqlite_url: str, postgres_url: str) -> None:
    found = []
    for url in (sqlite_url, postgres_url):
        engine = open_engine(url)
        with engine.connect() as connection:
            create_outbox_table(connection)
        columns = inspect(engine).get_columns("outbox")
        found.append([(column["name"], column["nullable"]) for column in columns])
        engine.dispose()

    assert found[0] == found[1]
    assert found[0][0] == ("email", False)


@pytest.mark.parametrize(
    ("more", "values"),
    [
        (", state", ", 'on its way'"),
        (", state", ", 'claimed'"),
        (", state, token, lease_until", ", 'data_started', 'a', 'b'"),
        (", resends", ", 2"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(database_url: str, more: str, values: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        create_outbox_table(connection)
        with pytest.raises(DBAPIError):
            connection.exec_driver_sql(INSERT.format(more=more, values=values))
    engine.dispose()


def test_the_applications_role_can_move_emails_on_and_take_none_away(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    name = unique_name("app")
    postgres_server.create_role(name, "secret")
    owner = open_engine(postgres_url)
    with owner.connect() as connection:
        create_outbox_table(connection)
        grant_outbox(connection, name)
    owner.dispose()
    database = make_url(postgres_url).database
    assert database is not None
    engine = create_engine(
        make_url(postgres_server.role_url(database, name, "secret")).set(
            drivername="postgresql+psycopg"
        ),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(INSERT.format(more="", values=""))
        connection.exec_driver_sql("UPDATE outbox SET state = 'cancelled'")
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql("DELETE FROM outbox")
    engine.dispose()
