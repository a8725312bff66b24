from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.resources import files

import pytest
from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import DBAPIError

from events.database import open_engine
from notifications.heartbeat import SILENT_AFTER, Heart, beats
from notifications.heartbeat_table import create_heartbeat_table, grant_heartbeat
from tests.databases import PostgresServer, unique_name
from tests.notifications.records import MORNING, House, opened


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """Open a database in which there is nothing but the table of the heartbeat."""
    with opened(database_url) as made:
        with made.log.engine.connect() as connection:
            create_heartbeat_table(connection)
        yield made


def heart_of(house: House, process: int = 7) -> Heart:
    return Heart(house.log, house.clock, host="office", process=process)


def test_a_worker_that_begins_is_known_at_once(house: House) -> None:
    heart = heart_of(house)
    assert beats(house.log) == ()

    heart.begin()

    (beat,) = beats(house.log)
    assert beat == heart.beat
    assert (beat.host, beat.process, beat.since, beat.did) == ("office", 7, MORNING, None)


def test_a_tick_beats_and_what_it_did_stays_until_it_does_something_else(house: House) -> None:
    heart = heart_of(house)
    heart.begin()
    house.clock.goes_on(minutes=1)
    heart.ticked("3 emails sent")
    house.clock.goes_on(minutes=1)
    heart.ticked(None)

    (beat,) = beats(house.log)
    assert beat.last_beat_at == MORNING + dt.timedelta(minutes=2)
    assert (beat.did, beat.did_at) == ("3 emails sent", MORNING + dt.timedelta(minutes=1))
    assert beat.since == MORNING


def test_in_the_middle_of_a_long_tick_it_beats_once_a_minute(house: House) -> None:
    heart = heart_of(house)
    heart.begin()
    house.clock.goes_on(seconds=59)
    heart.goes_on()
    assert beats(house.log)[0].last_beat_at == MORNING
    house.clock.goes_on(seconds=1)
    heart.goes_on()
    assert beats(house.log)[0].last_beat_at == MORNING + dt.timedelta(minutes=1)


def test_a_tick_that_fails_is_no_beat(house: House) -> None:
    heart = heart_of(house)
    heart.begin()
    house.clock.now = MORNING + SILENT_AFTER
    heart.failed("OperationalError")

    (beat,) = beats(house.log)
    assert beat.problem == "OperationalError"
    assert beat.is_silent(house.clock.now)
    heart.ticked(None)
    (beat,) = beats(house.log)
    assert (beat.problem, beat.is_silent(house.clock.now)) == (None, False)


def test_it_is_silent_after_a_quarter_of_an_hour_or_once_it_was_stopped(house: House) -> None:
    heart = heart_of(house)
    heart.begin()
    (beat,) = beats(house.log)
    assert not beat.is_silent(MORNING + SILENT_AFTER - dt.timedelta(seconds=1))
    assert beat.is_silent(MORNING + SILENT_AFTER)
    heart.stop()
    (beat,) = beats(house.log)
    assert beat.is_silent(MORNING)


def test_after_a_clock_is_set_back_only_a_worker_that_lives_says_so_anew(house: House) -> None:
    heart_of(house, 7).begin()
    heart = heart_of(house, 8)
    heart.begin()
    house.clock.goes_on(hours=-2)
    heart.goes_on()

    dead, alive = sorted(beats(house.log), key=lambda beat: beat.process)

    assert (dead.process, alive.process) == (7, 8)
    assert dead.is_silent(house.clock.now)
    assert dead.silent_for(house.clock.now) == dt.timedelta(hours=2)
    assert not alive.is_silent(house.clock.now)
    assert alive.last_beat_at == house.clock.now


def test_the_worker_that_was_awake_last_is_told_first(house: House) -> None:
    for process in (7, 8):
        heart_of(house, process).begin()
        house.clock.goes_on(minutes=1)
    assert [beat.process for beat in beats(house.log)] == [8, 7]


def test_a_process_of_the_same_number_begins_anew(house: House) -> None:
    first = heart_of(house)
    first.ticked("3 emails sent")
    first.stop()
    house.clock.goes_on(days=1)
    heart_of(house).begin()

    (beat,) = beats(house.log)
    assert (beat.since, beat.did, beat.stopped_at) == (house.clock.now, None, None)


def test_a_beat_that_cannot_be_written_stops_nothing(house: House) -> None:
    with house.log.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE heartbeat")
    heart = heart_of(house)
    heart.ticked("3 emails sent")
    assert heart.beat.did == "3 emails sent"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_migration_makes_the_table_that_the_schema_describes(database: str) -> None:
    migration = files("interfaces.migrations.versions").joinpath(f"0003.{database}.sql")
    schema = files("notifications.schema").joinpath(f"heartbeat_{database}.sql")

    assert migration.read_bytes() == schema.read_bytes()


def test_both_databases_have_the_same_columns(sqlite_url: str, postgres_url: str) -> None:
    found = []
    for url in (sqlite_url, postgres_url):
        engine = open_engine(url)
        with engine.connect() as connection:
            create_heartbeat_table(connection)
        columns = inspect(engine).get_columns("heartbeat")
        found.append([(column["name"], column["nullable"]) for column in columns])
        engine.dispose()

    assert found[0] == found[1]


def test_the_applications_role_can_beat_and_take_no_worker_away(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    name = unique_name("app")
    postgres_server.create_role(name, "secret")
    owner = open_engine(postgres_url)
    with owner.connect() as connection:
        create_heartbeat_table(connection)
        grant_heartbeat(connection, name)
    owner.dispose()
    database = make_url(postgres_url).database
    assert database is not None
    url = postgres_server.role_url(database, name, "secret")
    with opened(url) as house:
        heart = heart_of(house)
        heart.begin()
        assert beats(house.log) == (heart.beat,)
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with (
        engine.connect() as connection,
        pytest.raises(DBAPIError, match="permission denied"),
    ):
        connection.exec_driver_sql("DELETE FROM heartbeat")
    engine.dispose()
