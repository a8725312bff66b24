from __future__ import annotations

import datetime as dt
from pathlib import Path

from interfaces.bootstrap import opened, sqlite_file, system_clock
from interfaces.settings import DatabaseSettings, Settings
from interfaces.settings_reading import read_settings
from tests.interfaces.running import CommandLine


def at(url: str) -> Settings:
    return Settings(database=DatabaseSettings(url=url))


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert system_clock().utcoffset() == dt.timedelta(0)


def test_the_file_of_an_sqlite_database_is_known_and_no_other() -> None:
    assert sqlite_file(at("sqlite:///data/a.db")) == Path("data/a.db")
    assert sqlite_file(at("sqlite:////var/a.db")) == Path("/var/a.db")
    assert sqlite_file(at("postgresql+psycopg://a@localhost/b")) is None


def test_today_is_the_day_in_london(cli: CommandLine) -> None:
    cli.clock.now = dt.datetime(2025, 6, 30, 23, 30, tzinfo=dt.UTC)
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        assert partnership.today == dt.date(2025, 7, 1)


def test_the_calendar_is_made_once_for_the_process(cli: CommandLine) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as one, opened(settings, cli.clock) as other:
        assert one.calendar is other.calendar
