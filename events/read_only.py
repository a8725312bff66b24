"""Opening an SQLite file that cannot be written to: a copy on a stick, an archive, another's file.

SQLite reads a database with a write-ahead log only where it may write beside it, or where it is
told that nobody changes the file (https://www.sqlite.org/wal.html#read_only_databases). It is told
so only where nothing of such a log stands there: whoever has the file open keeps one beside it, and
what it holds is part of the record.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import quote

_WAL: Final = 2
_WRITE_VERSION_AT: Final = 18
"""Where the file's header says how it is written (https://www.sqlite.org/fileformat.html)."""


def is_read_only(path: Path) -> bool:
    """Tell whether a database's file is there, and it or its folder cannot be written to."""
    if not path.exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def to_read(path: Path) -> tuple[str, dict[str, str]]:
    """Return the name and the query of the URI by which a file is opened for reading alone."""
    query = {"uri": "true", "mode": "ro"}
    if _logs_ahead(path) and not _holds_changes(path) and not _index_of(path).exists():
        query["immutable"] = "1"
    return f"file:{quote(str(path.absolute()))}", query


def unreadable_here(path: Path) -> bool:
    """Tell whether changes stand in a write-ahead log that can be read only by who may write."""
    return _logs_ahead(path) and _holds_changes(path) and not _index_of(path).exists()


def _holds_changes(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _index_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-shm")


def _logs_ahead(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(_WRITE_VERSION_AT)
        return file.read(1) == bytes([_WAL])
