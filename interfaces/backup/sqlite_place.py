"""Where a record stands on SQLite: copying its file while it is written to, and replacing it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from events.database import sqlite_driver
from interfaces.backup.refusing import CannotRestore
from interfaces.backup.whole_files import put_in_place

_BESIDE: Final = ("-wal", "-shm", "-journal")
_PATIENCE_MS: Final = 2_000


def copy_file(live: Path, copy: Path) -> None:
    """Copy a database as it stands at one moment, whoever writes to it meanwhile.

    By SQLite's online backup, in one step: it reads in one transaction, so that writers go on and
    nothing has to be begun again because of them.
    """
    discard(copy)
    driver = sqlite_driver()
    with closing(driver.connect(str(live))) as source, closing(driver.connect(str(copy))) as target:
        source.execute(f"PRAGMA busy_timeout = {60_000}")
        source.backup(target)
    copy.chmod(0o600)
    in_one_file(copy)


def in_one_file(path: Path) -> None:
    """Let a database that nobody else has open be one file, without a log of writes beside it."""
    with closing(sqlite_driver().connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def discard(path: Path) -> None:
    """Take away a database and what stands beside it."""
    for ending in ("", *_BESIDE):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def replace(live: Path, staged: Path, aside: Path) -> Path | None:
    """Put a staged database in the place of the live one. Returns where that is kept.

    Raises `CannotRestore` when another program has it open.
    """
    in_one_file(staged)
    _as_owned_before(live, staged)
    with _alone_with(live, aside):
        return put_in_place(staged, live, aside)


@contextmanager
def _alone_with(live: Path, aside: Path) -> Iterator[None]:
    """Hold a database that nobody else has open; one that is damaged beyond that, as it is."""
    if not live.exists():
        yield
        return
    driver: Any = sqlite_driver()
    with closing(driver.connect(str(live), isolation_level=None)) as connection:
        try:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            # Leaving the write-ahead log takes that nobody else has the file open.
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
        except driver.DatabaseError as problem:
            if "locked" in str(problem):
                raise CannotRestore(
                    f"Another program has {live} open. Stop the worker and whatever else uses the"
                    " record, and try again. Nothing was changed."
                ) from problem
            _set_aside_beside(live, aside)
        yield


def _set_aside_beside(live: Path, aside: Path) -> None:
    """Keep a damaged database from leaving its log of writes to the one that replaces it."""
    for ending in _BESIDE:
        beside = live.with_name(live.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))


def _as_owned_before(live: Path, staged: Path) -> None:
    """Give a file the owner and the rights of the one that it replaces, as far as one may."""
    if live.exists():
        before = live.stat()
        staged.chmod(before.st_mode & 0o777)
        with suppress(PermissionError):
            os.chown(staged, before.st_uid, before.st_gid)
