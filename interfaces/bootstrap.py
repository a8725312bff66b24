"""Putting the house together: the one place that builds the engine, the log, the ledger, the clock.

Whatever runs Goldthread (the command line, the worker, a web server, the demonstration) opens a
partnership here and is handed everything else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, make_url
from sqlalchemy.exc import ArgumentError

from events.database import open_engine
from events.log import Clock, EventLog
from events.read_only import is_read_only
from events.reading import Head, NoLog
from interfaces.backup.refusing import RestoreCutOff
from interfaces.record_files import restore_journal
from interfaces.settings import Settings
from interfaces.settings_of_clocks import clocks_of
from interfaces.settings_reading import BadSettings
from projections.catalogue import FOLD
from projections.civil_days import civil_day, end_of_day
from projections.ledger import Ledger
from projections.store import View, ViewOfThen, ViewOfToday, stored_versions
from projections.tables import VERSIONS
from workflow.deciders import DECIDERS
from workflow.working_days import WorkingDays, england

SCHEMA_REVISION: Final = "0011"
"""The newest migration: what the tables beside the read models have to be at."""

_REVISION: Final = "SELECT version_num FROM alembic_version"


class OutdatedTables(RuntimeError):
    """The tables were made or filled by another release, or not filled since an erasure."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"{what} Nothing is lost: run 'goldthread rebuild', which brings the tables up to date"
            " from the record."
        )


class BrokenHead(RuntimeError):
    """The head row of the log was changed by something other than an append."""

    def __init__(self) -> None:
        super().__init__(
            "The end of the record does not fit what the record says of itself: somebody, or a"
            " broken disk, changed it. Nothing was done. Run 'goldthread verify', which names what"
            " is wrong, and restore the database from a copy that verifies."
        )


class RecordGone(RuntimeError):
    """There is no record where one was signed before."""

    def __init__(self, high_water: Path) -> None:
        self.high_water = high_water
        super().__init__(
            f"There is no record in this database, though {high_water} shows that there was one:"
            " somebody took it away, or url in [database] of the configuration names another"
            " database. Nothing was done. Run 'goldthread verify', which names what is missing, and"
            " restore the database from a backup if it is lost."
        )


@dataclass(frozen=True, slots=True)
class Partnership:
    """The record of one partnership, opened."""

    settings: Settings
    clock: Clock
    engine: Engine
    log: EventLog
    ledger: Ledger
    calendar: WorkingDays

    @property
    def today(self) -> dt.date:
        """Return the civil day it is in London."""
        return civil_day(self.clock())

    def view(self) -> View:
        """Return the read models as they stand."""
        return ViewOfToday(self.log)

    def view_at(self, position: int) -> View:
        """Return the read models as they stood when the log had so many records."""
        return ViewOfThen(self.log, position)

    def position_at_end_of(self, day: dt.date) -> int:
        """Return how many records the log had at the end of a civil day in London."""
        return self.log.position_at(end_of_day(day))

    def close(self) -> None:
        """Let go of every connection."""
        self.log.close()
        self.engine.dispose()


def system_clock() -> dt.datetime:
    """Return the instant it is, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def assembled(settings: Settings, clock: Clock = system_clock) -> Iterator[Partnership]:
    """Build everything over a database, whatever is in it yet. Raises `UnsafeDatabase`."""
    engine = open_engine(settings.database.url)
    log = EventLog(engine, clock)
    calendar = _calendar(settings.reminders.weekdays)
    ledger = Ledger(log, FOLD, DECIDERS, calendar, clocks=clocks_of(settings.clocks))
    partnership = Partnership(settings, clock, engine, log, ledger, calendar)
    try:
        yield partnership
    finally:
        partnership.close()


@contextmanager
def opened(settings: Settings, clock: Clock = system_clock) -> Iterator[Partnership]:
    """Open a partnership's record for daily work.

    Raises `NoLog` where none was begun, `OutdatedTables` where another release made or filled the
    tables, `BrokenHead`, `RecordGone`, `UnsafeDatabase`, `RestoreCutOff`.
    """
    if restore_journal(settings.files).exists():
        raise RestoreCutOff
    with _telling_what_is_gone(settings):
        require_database_file(settings)
    with assembled(settings, clock) as partnership:
        with _telling_what_is_gone(settings):
            require_current_tables(partnership)
        yield partnership


@contextmanager
def _telling_what_is_gone(settings: Settings) -> Iterator[None]:
    try:
        yield
    except NoLog as problem:
        if settings.files.high_water.exists():
            raise RecordGone(settings.files.high_water) from problem
        raise


def require_database_file(settings: Settings) -> None:
    """Check that an SQLite file is there, since opening it would make an empty one."""
    path = sqlite_file(settings)
    if path is not None and not path.exists():
        raise NoLog


def is_to_be_read(settings: Settings) -> bool:
    """Tell whether the record is a file that cannot be written to, such as a copy on a stick."""
    path = sqlite_file(settings)
    return path is not None and is_read_only(path)


def require_current_tables(partnership: Partnership) -> None:
    """Check that the tables are those of this release.

    Raises `NoLog`, `OutdatedTables`, or `BrokenHead` for a head row that no append left.
    """
    log = partnership.log
    if require_head(log).size == 0:
        raise NoLog
    revision = log.query(_REVISION)[0][0] if has_table(partnership, "alembic_version") else None
    if revision != SCHEMA_REVISION:
        raise OutdatedTables(
            f"The database is at revision {revision}, and this release needs {SCHEMA_REVISION}."
        )
    stored = stored_versions(log) if has_table(partnership, VERSIONS) else {}
    if stored != FOLD.versions:
        raise OutdatedTables(_differing(stored, FOLD.versions))


def require_head(log: EventLog) -> Head:
    """Return the head of a log. Raises `NoLog` or `BrokenHead`."""
    try:
        return log.head()
    except (ValueError, TypeError, AttributeError) as problem:
        raise BrokenHead from problem


def has_table(partnership: Partnership, table: str) -> bool:
    """Tell whether the database has a table."""
    return inspect(partnership.engine).has_table(table)


def sqlite_file(settings: Settings) -> Path | None:
    """Return the file of an SQLite database, or None for another kind of database.

    Raises `BadSettings` for what is no address of a database.
    """
    try:
        url = make_url(settings.database.url)
    except ArgumentError as problem:
        message = (
            f"[database] url: '{settings.database.url}' is not the address of a database. Write"
            " one such as sqlite:///data/goldthread.db."
        )
        raise BadSettings([message]) from problem
    is_file = url.get_backend_name() == "sqlite" and bool(url.database)
    return Path(str(url.database)) if is_file else None


@cache
def _calendar(contact_weekdays: frozenset[int]) -> WorkingDays:
    return england(contact_weekdays=contact_weekdays)


def _differing(stored: Mapping[str, int], needed: Mapping[str, int]) -> str:
    if not stored:
        return "The read models are not filled: an erasure is under way, or was stopped."
    names = sorted(name for name in {*stored, *needed} if stored.get(name) != needed.get(name))
    return f"The read models ({', '.join(names)}) were filled by another release of Goldthread."
