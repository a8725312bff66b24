"""Beginning a partnership's record: tables, signing key, the first entries of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson
from sqlalchemy import Engine, inspect

from events.directory import Access
from events.log import Clock
from events.reading import NoLog
from events.record import RECORD_STREAM, LogOpened
from events.refs import quoted
from events.sessions import Change
from events.signed_note import SigningKey
from events.signing import sign_head
from interfaces.application_role import grant_daily_work
from interfaces.bootstrap import Partnership, assembled, sqlite_file, system_clock
from interfaces.directory_entries import enter_directory
from interfaces.erasure_notes import begin_notes
from interfaces.record_files import erasures_file
from interfaces.settings import Settings
from projections.tables import (
    PUT_VERSIONS,
    VERSIONS,
    create_indexes,
    create_read_tables,
    create_versions_table,
    drop_read_tables,
    missing_tables,
)
from workflow.circumstances import SYSTEM
from workflow.permissions import FIRST_PERSON
from workflow.person_commands import GrantAccess, RegisterPerson


class AlreadyBegun(RuntimeError):
    """There is something already where a record would begin, and nothing is written over."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what} Nothing was changed. {mend}")


@dataclass(frozen=True, slots=True)
class Begun:
    """A record that has just begun.

    `verifier` is the line that a scrutineer keeps; `checkpoint` the first signed head.
    """

    first_person: str
    size: int
    key: Path
    verifier: str
    checkpoint: str


def begin(settings: Settings, clock: Clock = system_clock) -> Begun:
    """Begin a record. Raises `AlreadyBegun` where there is one, or the key of one."""
    _require_new_files(settings)
    _make_folders(settings)
    with assembled(settings, clock) as partnership:
        _require_no_record(partnership)
        make_tables(partnership.engine)
        grant_daily_work(partnership.engine, settings)
        key = SigningKey.generate(settings.partnership.origin)
        key.save(settings.files.key)
        _open_log(partnership)
        enter_directory(partnership.ledger, settings.directory, partnership.today)
        size = partnership.log.head().size
        begin_notes(erasures_file(settings.files))
        checkpoint = sign_head(partnership.log, key, settings.files.high_water)
    return Begun(quoted(FIRST_PERSON), size, settings.files.key, key.verifier.to_text(), checkpoint)


def make_tables(engine: Engine) -> None:
    """Make the tables that a database lacks, and bring those of log and outbox to this release."""
    # Alembic takes a second to load, which no other command should wait for.
    from interfaces.migrations.upgrading import upgrade  # noqa: PLC0415

    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            if not inspect(connection).has_table(VERSIONS):
                create_versions_table(connection)
            if missing_tables(connection):
                drop_read_tables(connection, "")
                create_read_tables(connection)
                create_indexes(connection, mark="first")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise


def _open_log(partnership: Partnership) -> None:
    ledger, settings = partnership.ledger, partnership.settings
    versions = orjson.dumps(ledger.fold.versions, option=orjson.OPT_SORT_KEYS).decode()
    partnership.log.store_apart([Change(PUT_VERSIONS, [(1, versions)])])
    if not partnership.log.query("SELECT id FROM log_head"):
        partnership.log.open_with(settings.partnership.origin)
    first = settings.directory.people[0]
    with ledger.transaction(actor=SYSTEM) as transaction:
        transaction.append(RECORD_STREAM, 0, [LogOpened(partnership=settings.partnership.name)])
        transaction.execute(RegisterPerson(name=first.name, email=first.email))
        transaction.execute(GrantAccess(person=FIRST_PERSON, access=Access.BUSINESS_MANAGER))


def _require_new_files(settings: Settings) -> None:
    for path, what in (
        (settings.files.key, "signing key"),
        (settings.files.high_water, "signed head of a record"),
    ):
        if path.exists():
            raise AlreadyBegun(
                f"There is a {what} at {path} already.",
                "Give the new record a folder of its own: other [files] in another config.toml.",
            )


def _require_no_record(partnership: Partnership) -> None:
    try:
        size = partnership.log.head().size
    except NoLog:
        return
    if size:
        raise AlreadyBegun(
            f"There is a record of {size} events in this database already.",
            "Use it, or name another database as url in [database] of the configuration.",
        )


def _make_folders(settings: Settings) -> None:
    database = sqlite_file(settings)
    for path in (settings.files.key, settings.files.high_water, database):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
