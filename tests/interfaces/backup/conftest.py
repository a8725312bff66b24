from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from interfaces.backup.postgresql_place import program
from interfaces.backup.refusing import NoTools
from tests.interfaces.backup.copies import Copies
from tests.interfaces.running import CommandLine


@pytest.fixture
def copies(plan_on_both: CommandLine) -> Iterator[Copies]:
    """Give a record with a small plan, its reminders sent, and signed so far.

    What is put aside of it is dropped after.
    """
    if not plan_on_both.url.startswith("sqlite"):
        try:
            program("pg_dump")
        except NoTools as none_found:
            pytest.skip(str(none_found))
    plan_on_both.done("remind")  # Nothing is due and untold, so a restore leaves no email in doubt.
    plan_on_both.done("checkpoint")
    yield Copies(plan_on_both)
    if not plan_on_both.url.startswith("sqlite"):
        _drop_asides(plan_on_both.url)


def _drop_asides(url: str) -> None:
    live = make_url(url)
    asked = "SELECT datname FROM pg_database WHERE datname LIKE %s"
    plain = live.set(drivername="postgresql", database="postgres")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as server:
        for (name,) in server.execute(
            asked, (f"{str(live.database)[:30]}%\\_before\\_%",)
        ).fetchall():
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
