"""Backing a record up while it is worked with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from events.checkpoint import Checkpoint
from events.database import open_engine
from events.log import EventLog
from events.merkle import Frontier
from events.readable import first_unreadable
from events.recorded import format_instant
from events.signed_note import NotAKey, SigningKey
from events.verification import Progress, Verdict, verify_log
from interfaces.backup.archive import write_archive
from interfaces.backup.manifest import Database, Manifest
from interfaces.backup.postgresql_place import PostgresPlace
from interfaces.backup.refusing import BadBackup, CannotRestore
from interfaces.backup.sqlite_place import copy_file, in_one_file
from interfaces.bootstrap import Partnership, sqlite_file
from interfaces.erasure_outcomes import note_what_is_missing
from interfaces.head_signing import checkpoint_signed, signed_last
from interfaces.held_reach import first_fault
from interfaces.record_files import erasures_file, tree_cache
from interfaces.settings import FileSettings
from interfaces.verified import fault_in_words


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made. `why_unsigned`: None where the manifest is signed.

    `signed_size`: of the head that was signed last, where the record is smaller than that.
    """

    path: Path
    manifest: Manifest
    why_unsigned: str | None
    signed_size: int | None


@dataclass(frozen=True, slots=True)
class _Copied:
    database: Database
    head: Checkpoint
    recorded_at: str


def take_backup(partnership: Partnership, out: Path | None, progress: Progress) -> Taken:
    """Back a record up into one file, by default in the working folder.

    The record is verified first, on SQLite the copy itself. Raises `BadBackup` for one that does
    not hold, `CannotRestore` where the file is there already, `NoTools`, `OSError`.
    """
    if out is not None:
        _require_new(out)
    note_what_is_missing(partnership.log, erasures_file(partnership.settings.files))
    folder = out.parent if out is not None else Path()
    with TemporaryDirectory(prefix=".goldthread-", dir=folder) as hidden:
        record = Path(hidden) / "record"
        copied = _copy(partnership, record, progress)
        path = out or folder / f"goldthread-{partnership.today}-{copied.head.size}.backup"
        _require_new(path)
        key, why = _key(partnership.settings.files)
        manifests: list[Manifest] = []

        def note_of(digest: str, length: int) -> str:
            manifests.append(_manifest(copied, partnership.clock(), digest, length))
            return manifests[0].to_note(key)

        write_archive(path, record, note_of)
    signed = signed_last(partnership.settings.files)
    behind = signed.size if signed is not None and signed.size > copied.head.size else None
    return Taken(path, manifests[0], why, behind)


def _copy(partnership: Partnership, record: Path, progress: Progress) -> _Copied:
    live = sqlite_file(partnership.settings)
    if live is None:
        return _dump(partnership, record, progress)
    copy_file(live, record)
    engine = open_engine(f"sqlite:///{record}")
    log = EventLog(engine, partnership.clock)
    try:
        verdict = verify_log(engine, progress=progress)
        head = _require_sound(partnership, log, verdict)
        recorded_at = log.head().recorded_at
    finally:
        log.close()
        engine.dispose()
    in_one_file(record)
    return _Copied("sqlite", head, recorded_at)


def _dump(partnership: Partnership, record: Path, progress: Progress) -> _Copied:
    verdict = verify_log(partnership.engine, progress=progress)
    _require_sound(partnership, partnership.log, verdict)
    place = PostgresPlace(partnership.settings.database.url)
    with place.dumping() as (row, snapshot):
        origin, size, frontier, recorded_at = row
        place.dump(snapshot, record)
    root = Frontier.from_bytes(size, bytes(frontier)).root()
    return _Copied("postgresql", Checkpoint(origin, size, root), recorded_at)


def _require_sound(partnership: Partnership, log: EventLog, verdict: Verdict) -> Checkpoint:
    fault = verdict.fault
    files = partnership.settings.files
    if verdict.root is not None:
        head = Checkpoint(verdict.origin, verdict.size, verdict.root)
        signed = signed_last(files)
        # One that lost its end is backed up: to go on from, as a new origin (see `restoring`).
        if signed is not None and signed.size <= head.size:
            kept = {checkpoint_signed(partnership, signed): "that was signed before"}
            fault = first_fault(log, head, tree_cache(files), kept)
        # What nobody could read again is better told today than on the day it is needed.
        fault = fault or first_unreadable(log, head.size)
        if fault is None:
            return head
    raise BadBackup(
        f"Nothing was backed up, since the record does not hold. {fault_in_words(fault)} Keep the"
        " earlier backups, and run 'goldthread verify'."
    )


def _manifest(copied: _Copied, now: dt.datetime, digest: str, length: int) -> Manifest:
    head = copied.head
    return Manifest(
        database=copied.database,
        origin=head.origin,
        size=head.size,
        root=head.root.hex(),
        recorded_at=copied.recorded_at,
        taken_at=format_instant(now),
        sha256=digest,
        length=length,
    )


def _key(files: FileSettings) -> tuple[SigningKey | None, str | None]:
    try:
        return SigningKey.load(files.key), None
    except (OSError, NotAKey) as problem:
        return None, f"the signing key cannot be used: {problem}"


def _require_new(path: Path) -> None:
    if path.exists():
        raise CannotRestore(
            f"{path} is there already, and no backup is written over. Name another."
        )
