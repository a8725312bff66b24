"""Copies of the record that stand beside it, and may hold what was erased from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, make_url

from interfaces.bootstrap import sqlite_file
from interfaces.settings import Settings

_DATABASES: Final = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname"


def copies_left(settings: Settings, engine: Engine) -> tuple[str, ...]:
    """Return what was kept aside by restores, and the backups that lie here.

    Others may lie elsewhere: who made them knows.
    """
    live = sqlite_file(settings)
    kept = _files(live) if live is not None else _databases(engine)
    backups = {
        str(one)
        for folder in dict.fromkeys((Path(), settings.files.high_water.parent))
        for one in folder.glob("*.backup")
    }
    return (*kept, *sorted(backups))


def _files(live: Path) -> Iterator[str]:
    for path in sorted(live.parent.glob(f"{live.name}.before-*")):
        yield str(path)


def _databases(engine: Engine) -> Iterator[str]:
    name = str(make_url(str(engine.url)).database)[:30]
    like = name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(_DATABASES, (f"{like}\\_before\\_%",)).all()
    for (found,) in rows:
        yield f"the database {found}"
